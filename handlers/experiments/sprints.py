"""The end of a sprint: its owner is reminded once, and decides there: keep, pivot or stop."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, time
from functools import partial
from typing import Any

from bot.domain.experiments.experiment import Experiment
from bot.domain.experiments.report import ExperimentReport
from bot.domain.experiments.telling import sentence
from bot.domain.posts import Post
from bot.errors import DeliveryRejected, PlumblineError
from bot.logs import LOGGER
from bot.ports import Job, JobFunction, JsonObject
from bot.scheduling import Daily, Schedule
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.desks import Desks
from handlers.insist import insist
from handlers.views import experiments as views

SPRINT = "sprint:"
JOB = "sprints"
AT = time(8, 0)  # UTC
Register = Callable[[str, JobFunction], None]
Teams = Callable[[], Awaitable[list[str]]]


def schedule_sprints(schedule: Schedule, register: Register, desks: Desks, teams: Teams) -> None:
    """Every morning, in every workspace, remind the owners of sprints that are over."""

    async def work(job: Job, payload: Mapping[str, Any]) -> None:
        day = date.fromisoformat(str(payload["day"]))
        for team in await teams():
            try:
                ask = Ask("event", f"{JOB}:{team}:{day}", team, "")
                await remind(await desks.at(ask, job), day)
            except PlumblineError as error:
                LOGGER.warning("sprints of %s were not looked at: %s", team or "the team", error)

    def payload(day: date) -> JsonObject:
        return {"day": day.isoformat()}

    register(JOB, work)
    schedule.daily(Daily(JOB, AT, payload))


async def remind(desk: Desk, day: date) -> None:
    """One message for each sprint, ever: the outbox knows it by the sprint and its last day."""
    for experiment in await desk.services.experiments.sprints_over(day):
        try:
            await _remind(desk, experiment)
        except PlumblineError as error:
            LOGGER.warning("%s: its owner was not reminded: %s", experiment.id, error)


async def _remind(desk: Desk, experiment: Experiment) -> None:
    about = f"{SPRINT}{experiment.id}"
    if await desk.outbox.places(about):
        return
    told = views.sprint_over(experiment, await _found(desk, experiment))
    place = _place(experiment)
    key = f"{about}:{experiment.order.ends_on}"
    if place:
        try:
            await desk.outbox.publish(Post(key, place, told.text, told.blocks, about=about))
        except DeliveryRejected as refused:
            LOGGER.info("%s is not reminded in %s: %s", experiment.id, place, refused.message)
        else:
            return
    direct = await desk.slack.direct_channel(experiment.by)
    if await desk.may_see(experiment.channel, experiment.by, direct):
        await desk.outbox.publish(Post(f"{key}:direct", direct, told.text, told.blocks, about=about))


def _place(experiment: Experiment) -> str:
    """The channel it was ordered from, unless its cases come from another, private one."""
    ordered_in = experiment.order.ordered_in
    return ordered_in if experiment.channel in {"", ordered_in} else ""


async def _found(desk: Desk, experiment: Experiment) -> str:
    try:
        report: ExperimentReport = await desk.services.experiments.report(experiment.id)
    except PlumblineError as error:  # it was begun, and nothing came of it
        return error.message
    return report.conclusion.overall.sentence if report.conclusion.comparisons else sentence(report)


async def redraw_reminder(desk: Desk, experiment_id: str) -> None:
    """Once it is closed the reminder asks no more."""
    experiment = await desk.services.experiments.get(experiment_id)
    for posted in await desk.outbox.places(f"{SPRINT}{experiment_id}"):
        told = views.sprint_closed(experiment)
        try:
            await insist(partial(desk.slack.update, posted.post.channel, posted.ts, told))
        except PlumblineError as error:
            LOGGER.info("the reminder of %s was not edited: %s", experiment_id, error.message)
