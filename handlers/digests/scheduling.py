"""`/plumb digest schedule`, `profile`, `pause`, `resume`, `list`: what a channel gets and when."""

from bot.domain.digests import DigestSchedule, Profile
from bot.domain.digests.schedule import wanted
from bot.domain.people import Role
from bot.domain.weeks import zone_named
from bot.errors import InputError
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.digests.composing import be_here
from handlers.digests.reading import READING
from handlers.views import digests as views
from handlers.views.digests.notes import Scheduled

SCHEDULING = "Scheduling digests"


async def schedule(ask: Ask, desk: Desk) -> None:
    """/plumb digest schedule mon 09:00 Europe/Berlin [exec|build] [reply]"""
    await _may_here(ask, desk)
    found = await desk.services.digest_schedules.schedule(ask.channel, wanted(ask.text.split()), ask.user)
    await desk.answer(ask, views.scheduled_note(_next(found, desk), command=desk.command))


async def profile(ask: Ask, desk: Desk) -> None:
    """/plumb digest profile exec|build"""
    await _may_here(ask, desk)
    word = ask.text.strip().lower()
    if word not in set(Profile):
        raise InputError(
            "A profile is exec (headline and one line a feature) or build (everything).",
            hint=f"/{desk.command} digest profile exec",
        )
    found = await desk.services.digest_schedules.profile(ask.channel, Profile(word), ask.user)
    await desk.answer(ask, views.scheduled_note(_next(found, desk), command=desk.command))


async def pause(ask: Ask, desk: Desk) -> None:
    """/plumb digest pause"""
    await _pause(ask, desk, paused=True)


async def resume(ask: Ask, desk: Desk) -> None:
    """/plumb digest resume"""
    await _pause(ask, desk, paused=False)


async def _pause(ask: Ask, desk: Desk, *, paused: bool) -> None:
    await _may_here(ask, desk)
    found = await desk.services.digest_schedules.pause(ask.channel, ask.user, paused=paused)
    await desk.answer(ask, views.scheduled_note(_next(found, desk), command=desk.command))


async def list_schedules(ask: Ask, desk: Desk) -> None:
    """/plumb digest list: private channels only to who may see them here."""
    await desk.require(ask.user, Role.VIEWER, READING)
    found = await desk.services.digest_schedules.all()
    seen = [_next(each, desk) for each in found if await _seen(each.channel, ask, desk)]
    await desk.answer(ask, views.schedule_list(seen, command=desk.command))


async def _seen(channel: str, ask: Ask, desk: Desk) -> bool:
    private = channel.startswith("D") or await desk.slack.is_private(channel)
    return not private or await desk.may_see(channel, ask.user, ask.channel or "D")


async def _may_here(ask: Ask, desk: Desk) -> None:
    """Raises NotAllowed; InputError where I am not in the channel."""
    await desk.require(ask.user, Role.REVIEWER, SCHEDULING)
    await be_here(desk, ask.channel)


def _next(found: DigestSchedule, desk: Desk) -> Scheduled:
    at = found.next(desk.clock.now()).astimezone(zone_named(found.zone))
    return Scheduled(found, f"{at:%a} {at.day} {at:%b} {at:%H:%M}")
