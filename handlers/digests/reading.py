"""`/plumb digest preview` and `now`, and "Why this number" under a digest."""

from datetime import datetime

from bot.domain.digests.schedule import Profile, post_key, split_profile
from bot.domain.digests.selection import Selection
from bot.domain.people import Role
from bot.domain.posts import Post
from bot.domain.weeks import newest_complete
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.digests.composing import be_here, composed, told
from handlers.views import digests as views
from handlers.views.kit import Message
from handlers.views.shares import shared_by

READING, POSTING = "Reading digests", "Posting a digest"


async def preview(ask: Ask, desk: Desk) -> None:
    """/plumb digest preview [reply] [exec|build]"""
    await desk.require(ask.user, Role.VIEWER, READING)
    selection = await _selected(ask, desk)
    shareable = await desk.role(ask.user) >= Role.CONTRIBUTOR
    await desk.answer(ask, await told(desk, selection, ask.channel, private=True, shareable=shareable))


async def post_now(ask: Ask, desk: Desk) -> None:
    """/plumb digest now [reply] [exec|build]: here, once for each week and profile."""
    await desk.require(ask.user, Role.CONTRIBUTOR, POSTING)
    await be_here(desk, ask.channel)
    selection = await _selected(ask, desk)
    schedule = await desk.services.digest_schedules.find(ask.channel)
    named = selection.features if not schedule or selection.features != schedule.features else ()
    key = post_key(desk.services.store.team, ask.channel, selection.week, selection.profile, sorted(named))
    there = await desk.step("there", _is_there, desk, key)
    message = shared_by(await told(desk, selection, ask.channel), ask.user)
    await desk.step("post", desk.outbox.publish, Post(key, ask.channel, message.text, message.blocks))
    note = views.already_note if there else views.posted_note
    await desk.answer(ask, note(ask.channel, selection.week.name))


async def _is_there(desk: Desk, key: str) -> bool:
    async with desk.services.store.read() as unit:
        posted = await unit.posts.get(key)
    return posted is not None and bool(posted.ts)


async def why(ask: Ask, desk: Desk) -> None:
    """The figures of the digest under which it was clicked, with how each is counted."""
    await desk.require(ask.user, Role.VIEWER, READING)
    found = await composed(desk, Selection.parse(ask.value), ask.channel)
    await desk.answer(ask, views.why(found))


async def digest_for(ask: Ask, desk: Desk, about: str, channel: str) -> Message:
    """A preview again, for everybody in a channel."""
    return await told(desk, Selection.parse(about), channel)


async def _selected(ask: Ask, desk: Desk) -> Selection:
    """What the words say; else what is scheduled here; else everything, by UTC."""
    profile, features = split_profile(ask.text.split())
    for name in features:
        await desk.services.features.get(name)
    schedule = await desk.services.digest_schedules.find(ask.channel)
    zone = schedule.zone if schedule else "UTC"
    profile = profile or (schedule.profile if schedule else Profile.BUILD)
    # In a step: when it runs again the week may be another one.
    now = await desk.step("moment", _moment, desk)
    week = newest_complete(datetime.fromisoformat(now), zone)
    return Selection(week, profile, features or (schedule.features if schedule else ()))


async def _moment(desk: Desk) -> str:
    return desk.clock.now().isoformat()
