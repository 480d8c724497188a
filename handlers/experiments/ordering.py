"""Ordering an experiment by words: its cost is shown before anything is spent."""

from typing import Any

from bot.domain.experiments.experiment import DEFAULT_CAP, Order
from bot.domain.people import Role
from bot.errors import InputError
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.experiments.orders import (
    EXAMPLE,
    SPRINT,
    ExperimentWanted,
    check_sprint,
    parse_quick,
    parse_run,
)
from handlers.experiments.running import carry_out
from handlers.experiments.seeing import experiment_in, visible_experiment, visible_sets
from handlers.feature import long_running
from handlers.views import experiments as views
from handlers.words import nearest

ORDERING = "Running an experiment"


@long_running
async def run(ask: Ask, desk: Desk) -> None:
    """/plumb exp run reply@3 reply@4 on gpt set refunds max $2: with a cap it starts, without one it asks."""
    await _ordered(ask, desk, parse_run(ask.text))


@long_running
async def quick(ask: Ask, desk: Desk) -> None:
    """/plumb exp quick reply@3 reply@4: twenty cases, once."""
    await _ordered(ask, desk, parse_quick(ask.text))


@long_running
async def sprint(ask: Ask, desk: Desk) -> None:
    """/plumb exp sprint reply@3 reply@4 reply@5 set refunds until 2026-12-04 max $2"""
    wanted = parse_run(ask.text)
    if wanted.ends_on is None:
        raise InputError(
            "A sprint needs a day on which it ends.", hint=f"For example: /{desk.command} {SPRINT}"
        )
    await _ordered(ask, desk, wanted)


async def _ordered(ask: Ask, desk: Desk, wanted: ExperimentWanted) -> None:
    planned = await desk.step("plan", _plan, ask, desk, wanted)
    if wanted.cap is not None and not planned["problems"]:
        await carry_out(ask, desk, planned["id"])
        return
    experiment = await desk.services.experiments.get(planned["id"])
    seen = await desk.services.experiments.preview(experiment.order)
    await desk.answer(ask, views.preview(seen, planned=experiment.id))


async def _plan(ask: Ask, desk: Desk, wanted: ExperimentWanted) -> dict[str, Any]:
    """A step: a second run finds what the first one planned, by the ask's key."""
    await desk.require(ask.user, Role.CONTRIBUTOR, ORDERING)
    order = await _order(ask, desk, wanted)
    seen = await desk.services.experiments.preview(order)
    experiment = await desk.services.experiments.plan(order, by=ask.user, key=ask.key)
    return {"id": experiment.id, "problems": list(seen.problems)}


async def _order(ask: Ask, desk: Desk, wanted: ExperimentWanted) -> Order:
    """What was left out is filled in where there is only one choice, and asked for where there are more."""
    service = desk.services.experiments
    sets = [name for name, _ in await visible_sets(ask, desk)]
    models = wanted.models or tuple(service.models[:1])
    for model in models:
        known(model, service.models, "model")
    dataset = wanted.dataset or (sets[0] if len(sets) == 1 else "")
    if not dataset:
        hint = f"There are {', '.join(sets[:8])}." if sets else f"/{desk.command} set import makes one."
        raise InputError("On which set of cases? Say for example: set refunds", hint=hint)
    known(dataset.partition("@")[0], [name.partition("@")[0] for name in sets], "set of cases")
    if not wanted.prompts:
        raise InputError("Which prompts shall be compared?", hint=f"For example: /{desk.command} {EXAMPLE}")
    order = Order(
        prompts=wanted.prompts,
        models=models,
        dataset=dataset,
        repeats=wanted.repeats,
        cases=wanted.cases,
        cap=DEFAULT_CAP if wanted.cap is None else wanted.cap,
        base=wanted.base,
        ends_on=wanted.ends_on,
        goal=wanted.goal,
        ordered_in="" if ask.in_direct_messages else ask.channel,
    )
    if wanted.ends_on is not None:
        check_sprint(order, desk.clock.now().date())
    return order


def known(word: str, names: list[str] | tuple[str, ...], kind: str) -> None:
    if word in names:
        return
    guess = nearest(word, names)
    there = f"There are {', '.join(names[:8])}." if names else "There is none yet."
    raise InputError(f"There is no {kind} “{word}”.", hint=f"Did you mean {guess}?" if guess else there)


@long_running
async def start(ask: Ask, desk: Desk) -> None:
    """The button under the preview."""
    await desk.require(ask.user, Role.CONTRIBUTOR, ORDERING)
    experiment = await visible_experiment(ask, desk, experiment_in(ask))
    await carry_out(ask, desk, experiment.id)


async def forget(ask: Ask, desk: Desk) -> None:
    experiment = await visible_experiment(ask, desk, experiment_in(ask))
    await desk.services.experiments.forget(experiment.id, by=ask.user)
    await desk.answer(ask, views.forgotten_note(experiment))
