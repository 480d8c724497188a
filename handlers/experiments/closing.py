"""Closing an experiment: what was decided, and what was learned."""

from collections.abc import Mapping

from bot.domain.experiments.experiment import Decision, State
from bot.domain.experiments.results import VerdictKind
from bot.domain.people import Role
from bot.errors import InputError
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.experiments.seeing import experiment_in, redraw, visible_experiment
from handlers.experiments.sprints import redraw_reminder
from handlers.views import experiments as views
from handlers.views.kit import View
from handlers.windows import open_window

CLOSING = "Closing an experiment"


async def open_close(ask: Ask, desk: Desk) -> None:
    async def form() -> View:
        await desk.require(ask.user, Role.CONTRIBUTOR, CLOSING)
        experiment = await visible_experiment(ask, desk, experiment_in(ask))
        found = await desk.services.experiments.report(experiment.id)
        ships = found.conclusion.overall.kind is VerdictKind.SHIP
        suggested = _chosen(ask) or (Decision.SHIP if ships else Decision.KEEP)
        return views.close_form(experiment, channel=ask.channel, suggested=suggested)

    await open_window(ask, desk, "Close the experiment", form)


def _chosen(ask: Ask) -> Decision | None:
    """What the button of a sprint's reminder stands for."""
    word = ask.action.removeprefix("exp_sprint_")
    return Decision(word) if word in set(Decision) else None


async def check_close(ask: Ask, desk: Desk) -> Mapping[str, str]:
    """Errors by block id."""
    if len(str(ask.values.get("learned") or "").strip()) < 10:
        return {"learned": "A sentence for those who were not there."}
    return {}


async def close(ask: Ask, desk: Desk) -> None:
    await desk.require(ask.user, Role.CONTRIBUTOR, CLOSING)
    experiment = await visible_experiment(ask, desk, experiment_in(ask))
    if experiment.state is State.RUNNING:
        raise InputError(f"{experiment.id} is still running.", hint="Stop it first, or wait for its end.")
    decision = Decision(str(ask.values.get("decision") or Decision.KEEP.value))
    learned = str(ask.values.get("learned") or "").strip()
    await desk.step("close", _close, desk, experiment.id, decision.value, learned, ask.user)
    await redraw(desk, experiment.id)
    await redraw_reminder(desk, experiment.id)
    await desk.answer(ask, views.closed_note(await desk.services.experiments.get(experiment.id)))


async def _close(desk: Desk, experiment_id: str, decision: str, learned: str, user: str) -> None:
    await desk.services.experiments.close(experiment_id, Decision(decision), learned, by=user)
