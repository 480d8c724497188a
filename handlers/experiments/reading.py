"""Looking at experiments: the list, one card, where the arms differ, the whole report as a page."""

from dataclasses import replace

from bot.domain.experiments.experiment import State
from bot.domain.people import Role
from bot.errors import InputError, NotAllowed
from handlers.ask import Ask
from handlers.desk import RUN, Desk
from handlers.experiments.seeing import (
    EXPERIMENT,
    card_of,
    experiment_in,
    visible_experiment,
    visible_experiments,
)
from handlers.views import experiments as views
from handlers.views.kit import Message

CLOCKS_DIFFER = 5.0  # seconds between ours and Slack's


async def list_experiments(ask: Ask, desk: Desk) -> None:
    """/plumb exp list"""
    await desk.answer(ask, views.experiment_list(await visible_experiments(ask, desk)))


async def show(ask: Ask, desk: Desk) -> None:
    """/plumb exp show EX-3"""
    experiment = await visible_experiment(ask, desk, experiment_in(ask))
    if experiment.state is State.PLANNED:
        seen = await desk.services.experiments.preview(experiment.order)
        await desk.answer(ask, views.preview(seen, planned=experiment.id))
        return
    card = await card_of(desk, experiment, await desk.role(ask.user))
    if ask.in_direct_messages:
        await desk.post(ask, "card", ask.channel, card, about=f"{EXPERIMENT}{experiment.id}")
    else:
        await desk.answer(ask, card)


async def differ(ask: Ask, desk: Desk) -> None:
    """Where the arms disagree, in the card's thread; in a channel only for who clicked."""
    experiment = await visible_experiment(ask, desk, experiment_in(ask))
    told = views.disagreements(experiment, await desk.services.experiments.report(experiment.id))
    if ask.in_direct_messages and ask.message.get("ts"):
        thread = str(ask.message.get("thread_ts") or ask.message["ts"])
        await desk.post(ask, "differ", ask.channel, told, thread_ts=thread)
    else:
        await desk.answer(ask, told)


async def report(ask: Ask, desk: Desk) -> None:
    """The report as one HTML file, in direct messages."""
    experiment = await visible_experiment(ask, desk, experiment_in(ask))
    direct = str(await desk.step("direct", desk.slack.direct_channel, ask.user))
    begun = await desk.step("begun", _begun, desk)
    await desk.step("upload", _upload, desk, direct, experiment.id, begun)
    if not ask.in_direct_messages:
        await desk.answer(ask, views.report_elsewhere(experiment))


async def _begun(desk: Desk) -> tuple[str, float]:
    return RUN, desk.clock.now().timestamp()


async def _upload(desk: Desk, channel: str, experiment_id: str, begun: tuple[str, float]) -> str:
    """A second run looks first whether the one that died had sent the file."""
    run, at = begun
    name = f"{experiment_id}.html"
    if run != RUN and (sent := await desk.slack.find_file(channel, name, since=at - CLOCKS_DIFFER)):
        return sent
    experiment = await desk.services.experiments.get(experiment_id)
    page = await desk.services.experiments.page(experiment_id)
    note = views.report_note(experiment)
    return await desk.slack.upload(channel, name, page.encode(), title=name, comment=note.text)


async def card_for(ask: Ask, desk: Desk, about: str, channel: str) -> Message:
    """The card for everybody in a channel: numbers, no outputs."""
    experiment = await visible_experiment(replace(ask, channel=""), desk, about)
    if experiment.channel and experiment.channel != channel:
        raise NotAllowed(
            f"{experiment.id} ran on cases from a private channel, so it is shown only there.",
            hint="Share it there.",
        )
    if experiment.state is State.PLANNED:
        raise InputError(f"{experiment.id} has not run yet.", hint="Run it first.")
    return await card_of(desk, experiment, Role.REVIEWER, place="channel")
