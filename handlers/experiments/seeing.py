"""Which experiments and sets somebody may see where, and drawing result cards again when they change."""

from functools import partial

from bot.domain.experiments.experiment import Experiment, State
from bot.domain.people import Role
from bot.domain.posts import Posted
from bot.errors import DeliveryError, NotFound
from bot.logs import LOGGER
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.insist import insist
from handlers.sets.seeing import visible_lines
from handlers.views import experiments as views
from handlers.views.kit import Message

EXPERIMENT = "experiment:"
READING = "Reading experiments"


def experiment_in(ask: Ask) -> str:
    """The experiment that a click, a form or a command names."""
    word = ask.value or str(ask.private.get("experiment") or "") or (ask.text.split() or [""])[0]
    return word.partition(":")[0].strip().upper()


async def visible_experiment(ask: Ask, desk: Desk, experiment_id: str) -> Experiment:
    """The experiment, if this person may see it at this place; else as if there were none.

    Raises:
        NotAllowed: guests and people from outside see none at all.
        NotFound: no such experiment, or none for them here.
    """
    await desk.require(ask.user, Role.VIEWER, READING)
    gone = NotFound(
        f"There is no experiment {experiment_id or 'of that name'}.",
        hint=f"/{desk.command} exp list shows them.",
    )
    try:
        experiment = await desk.services.experiments.get(experiment_id)
    except NotFound:
        raise gone from None
    if not await desk.may_see(experiment.channel, ask.user, ask.channel or "D"):
        raise gone
    return experiment


async def visible_experiments(ask: Ask, desk: Desk) -> list[Experiment]:
    """Newest first; planned ones only their owners' own."""
    await desk.require(ask.user, Role.VIEWER, READING)
    found = await desk.services.experiments.all()
    seen = await desk.visible((each.channel for each in found), ask.user, ask.channel or "D")
    return [each for each in found if each.channel in seen and each.state is not State.PLANNED]


async def visible_sets(ask: Ask, desk: Desk) -> list[tuple[str, int]]:
    """(name with version, cases) of the sets this person may see at this place."""
    found = await visible_lines(ask, desk)
    return [(f"{each.name}@{each.version}", each.cases) for each in found if each.cases]


async def card_of(desk: Desk, experiment: Experiment, role: Role, *, place: str = "private") -> Message:
    service = desk.services.experiments
    report = await service.report(experiment.id)
    needed = report.conclusion.overall.needed_cases
    cost = await service.more_cost(experiment.id, needed) if needed else None
    return views.result_card(experiment, report, role=role, place=place, more_cost=cost)


async def redraw(desk: Desk, experiment_id: str) -> None:
    """Every result card of an experiment shows it as it is now."""
    for posted in await desk.outbox.places(f"{EXPERIMENT}{experiment_id}"):
        try:
            await insist(partial(_draw, desk, experiment_id, posted))
        except DeliveryError as error:
            LOGGER.info("a card of %s was not drawn again: %s", experiment_id, error.message)


async def _draw(desk: Desk, experiment_id: str, posted: Posted) -> None:
    place = "private" if posted.post.channel.startswith("D") else "channel"
    experiment = await desk.services.experiments.get(experiment_id)
    card = await card_of(desk, experiment, Role.REVIEWER, place=place)
    await desk.slack.update(posted.post.channel, posted.ts, card)
