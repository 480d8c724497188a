"""Digests on time: every process looks, one job comes of it, and the outbox posts once."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.domain.digests import DigestSchedule, Due
from bot.domain.digests.schedule import post_key
from bot.domain.digests.selection import Selection
from bot.domain.posts import Post
from bot.domain.weeks import zone_named
from bot.errors import DeliveryError, PlumblineError
from bot.logs import LOGGER
from bot.ports import Job, JobFunction, Jobs
from bot.scheduling import Often, Schedule
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.desks import Desks
from handlers.digests.composing import be_here, told
from handlers.views import digests as views

JOB = "digest"
EVERY = timedelta(minutes=2)
RETRIES = 8  # minutes in which Slack or the database may be away, on top of the outbox's own
Register = Callable[[str, JobFunction, bool], None]
Teams = Callable[[], Awaitable[list[str]]]


def schedule_digests(schedule: Schedule, register: Register, desks: Desks, jobs: Jobs, teams: Teams) -> None:
    """In every workspace, each channel's newest digest once its time has come."""

    async def look(now: datetime) -> None:
        for team in await teams():
            try:
                desk = await desks.at(Ask("event", f"{JOB}:{team}", team, ""))
                await enqueue_due(desk, jobs, team, now)
            except PlumblineError as error:
                LOGGER.warning("digests of %s were not looked at: %s", team or "the team", error)

    async def work(job: Job, payload: Mapping[str, Any]) -> None:
        team = str(payload["team"])
        await post(await desks.at(Ask("event", job.key, team, ""), job), payload)

    register(JOB, work, True)  # a few at a time: on Mondays at nine many are due
    schedule.often(Often(JOB, EVERY, look))


async def enqueue_due(desk: Desk, jobs: Jobs, team: str, now: datetime) -> None:
    """Under the key of the post: what every other process stores too, and what is out already, is one job."""
    for schedule, due in await desk.services.digest_schedules.due(now):
        selection = Selection(due.week, schedule.profile, schedule.features)
        payload = {
            "team": team,
            "channel": schedule.channel,
            "selection": str(selection),
            "late": _late(schedule, due, now),
        }
        await jobs.enqueue(JOB, _key(desk, schedule.channel, selection), payload)


async def post(desk: Desk, payload: Mapping[str, Any]) -> None:
    """Compose and post one. Who paused the channel since then gets nothing; who scheduled it hears of a
    channel that does not take it."""
    channel, selection = str(payload["channel"]), Selection.parse(str(payload["selection"]))
    by = str(await desk.step("whose", _whose, desk, channel))
    if by == PAUSED:
        return
    key, late = _key(desk, channel, selection), str(payload["late"])
    try:
        await desk.step("post", _publish, desk, selection, channel, late, key, retries=RETRIES)
    except PlumblineError as error:
        LOGGER.warning("the digest of %s was not posted in %s: %s", selection.week.name, channel, error)
        note = views.not_posted(channel, selection.week.name, error.message, error.hint)
        await _tell(desk, by, Post(f"{key}:failed", "", note.text, note.blocks))


async def _publish(desk: Desk, selection: Selection, channel: str, late: str, key: str) -> str:
    await be_here(desk, channel)
    message = await told(desk, selection, channel, late=late)
    return await desk.outbox.publish(Post(key, channel, message.text, message.blocks))


PAUSED = "-"


async def _whose(desk: Desk, channel: str) -> str:
    """Who scheduled it; PAUSED where there is no schedule any more."""
    schedule = await desk.services.digest_schedules.find(channel)
    return PAUSED if schedule is None or schedule.paused else schedule.by


async def _tell(desk: Desk, user: str, post: Post) -> None:
    try:
        direct = str(await desk.step("direct", desk.slack.direct_channel, user))
        await desk.step("tell", desk.outbox.publish, Post(post.key, direct, post.text, post.blocks))
    except DeliveryError as error:
        LOGGER.info("%s was not told of a digest: %s", user, error.message)


def _key(desk: Desk, channel: str, selection: Selection) -> str:
    return post_key(desk.services.store.team, channel, selection.week, selection.profile)


def _late(schedule: DigestSchedule, due: Due, now: datetime) -> str:
    """When it was due by its own clocks, where that is long ago; "" on time."""
    if not due.late(now):
        return ""
    at = due.at.astimezone(zone_named(schedule.zone))
    return f"{at:%a} {at.day} {at:%b} at {at:%H:%M}"
