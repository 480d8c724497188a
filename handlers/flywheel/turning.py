"""What turns the flywheel every day: corrections gathered, experiments suggested, releases judged."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, time
from typing import Any

from bot.domain.posts import Post
from bot.errors import PlumblineError
from bot.logs import LOGGER
from bot.ports import Job, JobFunction, JsonObject
from bot.scheduling import Daily, Schedule
from bot.services.flywheel.watching import Seen
from bot.store.releases import Suggestion
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.desks import Desks
from handlers.views import flywheel as views

JOB = "flywheel"
AT = time(8, 30)  # UTC
SUGGESTION = "suggestion:"
RELEASE = "release:"
Register = Callable[[str, JobFunction], None]
Teams = Callable[[], Awaitable[list[str]]]


def schedule_flywheel(schedule: Schedule, register: Register, desks: Desks, teams: Teams) -> None:
    """Every morning, in every workspace."""

    async def work(job: Job, payload: Mapping[str, Any]) -> None:
        for team in await teams():
            try:
                ask = Ask("event", f"{JOB}:{team}:{payload['day']}", team, "")
                await turn(await desks.at(ask, job))
            except PlumblineError as error:
                LOGGER.warning("the flywheel of %s was not turned: %s", team or "the team", error)

    def payload(day: date) -> JsonObject:
        return {"day": day.isoformat()}

    register(JOB, work)
    schedule.daily(Daily(JOB, AT, payload))


async def turn(desk: Desk) -> None:
    """Safe to do again at any time: what was told is known by its key, and nothing is told twice."""
    await desk.services.flywheel.collector.collect_all()
    await suggest(desk)
    await watch(desk)


async def collect(desk: Desk, output: str, user: str) -> None:
    """What somebody said an output should have been waits in its feature's set from now on."""
    await desk.services.flywheel.collector.collect(output, user)


async def suggest(desk: Desk) -> None:
    """One message for each version of a set, ever, to whoever decides on its prompt."""
    for each in await desk.services.flywheel.suggestions.due():
        try:
            await _suggest(desk, each)
        except PlumblineError as error:
            LOGGER.info("an experiment on %s was not suggested: %s", each.reference, error.message)


async def _suggest(desk: Desk, found: Suggestion) -> None:
    told = views.suggestion(found.reference, found.cases, found.reason, found.prompt, found.draft)
    line = next(each for each in await desk.services.datasets.all() if each.name == found.dataset)
    about = f"{SUGGESTION}{found.reference}"
    await _tell(desk, found.person, line.channel, Post(about, "", told.text, told.blocks, about=about))


async def watch(desk: Desk) -> None:
    """How releases do: told at the end of their watch, and before where one is clearly worse."""
    for each in await desk.services.flywheel.watch.look():
        try:
            await _watched(desk, each)
        except PlumblineError as error:
            LOGGER.info("%s was not told of: %s", each.release.id, error.message)
        if each.occasion == "end":
            await desk.services.flywheel.watch.settle(each.release.id)


async def _watched(desk: Desk, seen: Seen) -> None:
    told = views.watched(seen.release, early=seen.occasion == "worse")
    about = f"{RELEASE}{seen.release.id}"
    await _tell(
        desk, seen.person, "", Post(f"{about}:{seen.occasion}", "", told.text, told.blocks, about=about)
    )


async def _tell(desk: Desk, person: str, origin: str, post: Post) -> None:
    """By direct message, if they may see what came from there."""
    direct = await desk.slack.direct_channel(person)
    if await desk.may_see(origin, person, direct):
        await desk.outbox.publish(Post(post.key, direct, post.text, post.blocks, about=post.about))
