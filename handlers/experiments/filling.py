"""The form that orders an experiment or a sprint: its cost follows every change, and it starts when sent."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.experiments.experiment import DEFAULT_CAP, Experiment, Order, Preview
from bot.domain.people import Role
from bot.errors import InputError, PlumblineError
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.experiments.ordering import ORDERING, known
from handlers.experiments.orders import wrong_arms, wrong_end
from handlers.experiments.running import carry_out
from handlers.experiments.seeing import experiment_in, visible_experiment, visible_sets
from handlers.feature import long_running
from handlers.views import experiments as views
from handlers.views.kit import View
from handlers.windows import open_window


async def open_form(ask: Ask, desk: Desk) -> None:
    """The form: empty, with the set whose card it was opened from, or with what was planned."""

    async def form() -> View:
        await desk.require(ask.user, Role.CONTRIBUTOR, ORDERING)
        planned = experiment_in(ask)
        if planned.startswith("EX-"):
            order = (await visible_experiment(ask, desk, planned)).order
            return await _form(ask, desk, order, sprint=order.ends_on is not None)
        return await _form(ask, desk, None, dataset=ask.value)

    await open_window(ask, desk, "New experiment", form)


async def open_filled(ask: Ask, desk: Desk, order: Order) -> None:
    """The same with what is suggested."""

    async def form() -> View:
        await desk.require(ask.user, Role.CONTRIBUTOR, ORDERING)
        return await _form(ask, desk, order)

    await open_window(ask, desk, "New experiment", form)


async def open_sprint(ask: Ask, desk: Desk) -> None:
    """The same with an end and a goal."""

    async def form() -> View:
        await desk.require(ask.user, Role.CONTRIBUTOR, ORDERING)
        return await _form(ask, desk, None, sprint=True)

    await open_window(ask, desk, "New sprint", form)


async def recompute(ask: Ask, desk: Desk) -> None:
    """Something in the form was changed: the cost below follows."""
    try:
        order = _order_of_form(ask)
    except InputError:  # not complete yet
        return
    sprint = bool(ask.private.get("sprint"))
    await desk.slack.update_view(ask.view_id, await _form(ask, desk, order, sprint=sprint))


async def _form(
    ask: Ask, desk: Desk, order: Order | None, *, dataset: str = "", sprint: bool = False
) -> View:
    service = desk.services.experiments
    sets = await visible_sets(ask, desk)
    prompts = await service.prompts()
    if not sets or not prompts:
        missing = "set of cases" if not sets else "saved prompt"
        way = "set import" if not sets else "prompt save"
        raise InputError(f"There is no {missing} yet.", hint=f"Make one first: /{desk.command} {way}")
    channel = str(ask.private.get("channel") or "") or ask.channel
    return views.run_form(
        prompts, service.models, sets, channel=channel, chosen=await _seen(desk, order), dataset=dataset,
        sprint=sprint,
    )  # fmt: skip


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
    ends_on = str(values.get("ends_on") or "")
    return Order(
        prompts=prompts,
        models=models,
        dataset=dataset,
        repeats=int(values.get("repeats") or 1),
        cases=int(cases) if cases.isdigit() else None,
        cap=_cap(str(values.get("cap") or "")),
        ends_on=date.fromisoformat(ends_on) if ends_on else None,
        goal=str(values.get("goal") or ""),
        ordered_in="" if ask.in_direct_messages else ask.channel,
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
    if ask.private.get("sprint") and not errors:
        order = _order_of_form(ask)
        wrong = {"prompts": wrong_arms(order), "ends_on": wrong_end(order, desk.clock.now().date())}
        errors = {name: said for name, said in wrong.items() if said}
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
    known(order.dataset.partition("@")[0], [name.partition("@")[0] for name in sets], "set of cases")
    seen = await desk.services.experiments.preview(order)
    experiment: Experiment = await desk.services.experiments.plan(order, by=ask.user, key=ask.key)
    return {"id": experiment.id, "problems": list(seen.problems)}
