"""Ordering an experiment: by words or by a form, its cost shown before anything is spent."""

from collections.abc import Mapping
from typing import Any

from bot.domain.experiments.experiment import DEFAULT_CAP, Experiment, Order, Preview
from bot.domain.people import Role
from bot.errors import InputError, PlumblineError
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.experiments.orders import EXAMPLE, ExperimentWanted, parse_quick, parse_run
from handlers.experiments.running import carry_out
from handlers.experiments.seeing import experiment_in, visible_experiment, visible_sets
from handlers.feature import long_running
from handlers.views import experiments as views
from handlers.views.kit import View
from handlers.windows import open_window
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
        _known(model, service.models, "model")
    dataset = wanted.dataset or (sets[0] if len(sets) == 1 else "")
    if not dataset:
        hint = f"There are {', '.join(sets[:8])}." if sets else f"/{desk.command} set import makes one."
        raise InputError("On which set of cases? Say for example: set refunds", hint=hint)
    _known(dataset.partition("@")[0], [name.partition("@")[0] for name in sets], "set of cases")
    if not wanted.prompts:
        raise InputError("Which prompts shall be compared?", hint=f"For example: /{desk.command} {EXAMPLE}")
    return Order(
        prompts=wanted.prompts,
        models=models,
        dataset=dataset,
        repeats=wanted.repeats,
        cases=wanted.cases,
        cap=DEFAULT_CAP if wanted.cap is None else wanted.cap,
        base=wanted.base,
        ends_on=wanted.ends_on,
        goal=wanted.goal,
    )


def _known(word: str, names: list[str] | tuple[str, ...], kind: str) -> None:
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


async def open_form(ask: Ask, desk: Desk) -> None:
    """The form, empty or with what a planned experiment says."""

    async def form() -> View:
        await desk.require(ask.user, Role.CONTRIBUTOR, ORDERING)
        planned = experiment_in(ask)
        order = (await visible_experiment(ask, desk, planned)).order if planned.startswith("EX-") else None
        return await _form(ask, desk, order, channel=ask.channel)

    await open_window(ask, desk, "New experiment", form)


async def recompute(ask: Ask, desk: Desk) -> None:
    """Something in the form was changed: the cost below follows."""
    try:
        order = _order_of_form(ask)
    except InputError:  # not complete yet
        return
    channel = str(ask.private.get("channel") or "")
    await desk.slack.update_view(ask.view_id, await _form(ask, desk, order, channel=channel))


async def _form(ask: Ask, desk: Desk, order: Order | None, *, channel: str) -> View:
    service = desk.services.experiments
    sets = await visible_sets(ask, desk)
    prompts = await service.prompts()
    if not sets or not prompts:
        missing = "set of cases" if not sets else "saved prompt"
        way = "set import" if not sets else "prompt save"
        raise InputError(f"There is no {missing} yet.", hint=f"Make one first: /{desk.command} {way}")
    seen = await _seen(desk, order)
    return views.run_form(prompts, service.models, sets, channel=channel, chosen=seen)


async def _seen(desk: Desk, order: Order | None) -> Preview | None:
    if order is None:
        return None
    try:
        return await desk.services.experiments.preview(order)
    except PlumblineError as error:
        return Preview(order, order.dataset, (), 0, 0, None, None, None, problems=(error.message,))


def _order_of_form(ask: Ask) -> Order:
    values = ask.values
    prompts = tuple(str(each) for each in values.get("prompts") or ())
    models = tuple(str(each) for each in values.get("models") or ())
    dataset = str(values.get("dataset") or "")
    if not (prompts and models and dataset):
        raise InputError("Prompts, a model and a set of cases are needed.")
    cases = str(values.get("cases") or "all")
    return Order(
        prompts=prompts,
        models=models,
        dataset=dataset,
        repeats=int(values.get("repeats") or 1),
        cases=int(cases) if cases.isdigit() else None,
        cap=_cap(str(values.get("cap") or "")),
    )


def _cap(text: str) -> float:
    try:
        cap = float(text.strip().lstrip("$") or DEFAULT_CAP)
    except ValueError:
        cap = -1.0
    if not 0 <= cap <= 500:
        raise InputError("Write an amount between 0 and 500, such as 2.00.")
    return cap


async def check_form(ask: Ask, desk: Desk) -> Mapping[str, str]:
    """Errors by block id."""
    errors = {
        name: "Choose at least one." for name in ("prompts", "models", "dataset") if not ask.values.get(name)
    }
    try:
        _cap(str(ask.values.get("cap") or ""))
    except InputError as error:
        errors["cap"] = error.message
    return errors


@long_running
async def run_form(ask: Ask, desk: Desk) -> None:
    """Submitted: its cost stood in the form, so it starts."""
    planned = await desk.step("plan", _plan_form, ask, desk)
    if planned["problems"]:
        raise InputError(planned["problems"][0], hint="Change the experiment and run it again.")
    await carry_out(ask, desk, planned["id"])


async def _plan_form(ask: Ask, desk: Desk) -> dict[str, Any]:
    await desk.require(ask.user, Role.CONTRIBUTOR, ORDERING)
    order = _order_of_form(ask)
    sets = [name for name, _ in await visible_sets(ask, desk)]
    _known(order.dataset.partition("@")[0], [name.partition("@")[0] for name in sets], "set of cases")
    seen = await desk.services.experiments.preview(order)
    experiment: Experiment = await desk.services.experiments.plan(order, by=ask.user, key=ask.key)
    return {"id": experiment.id, "problems": list(seen.problems)}
