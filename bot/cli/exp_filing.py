"""Finished runs of the command line in the store, and what `plumb exp list` and `show` print of them."""

import getpass
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

from bot.cli.output import print_json, print_table
from bot.cli.running import load_settings
from bot.errors import NotFound, PlumblineError

if TYPE_CHECKING:
    from bot.domain.experiments.experiment import Experiment
    from bot.domain.experiments.plan import Plan
    from bot.domain.experiments.report import ExperimentReport
    from bot.services.runs.values import Result
    from bot.store import Store

Done = TypeVar("Done")


def file_run(report: "ExperimentReport", results: "list[Result]", plan_hash: str) -> str:
    """Store a finished run: cells, and answers for the cache. Returns its id; raises StoreError."""
    from bot.domain.experiments.experiment import Order, State

    plan = report.plan
    order = Order(
        prompts=tuple(dict.fromkeys(planned.arm.prompt for planned in plan.arms)),
        models=tuple(dict.fromkeys(planned.arm.model for planned in plan.arms)),
        dataset=report.name,
        repeats=plan.repeats,
        cap=report.cap or 0.0,
        margin=report.conclusion.margin,
        seed=report.seed or 0,
    )
    answers = {result.answer_key: result.answer for result in results if result.answer is not None}

    async def work(store: "Store") -> str:
        async with store.write() as unit:
            made = await unit.experiments.create(
                order, getpass.getuser(), report.at, dataset=report.name, spec=_spec(report),
                plan_hash=plan_hash, state=State.DONE,
            )  # fmt: skip
            await unit.experiments.put_cells(made.id, [result.cell for result in results])
            await unit.experiments.finish(made.id, report.spent, report.at)
            await unit.responses.put_all(answers, report.at)
        return made.id

    return _with_store(work)


def get_ready() -> None:
    """What filing waits for: the database's machinery, and its tables. What fails here is said when it is
    filed."""
    from bot.store.database import ensure_schema

    with suppress(PlumblineError):
        ensure_schema(load_settings().database)


def print_list(format_: str) -> None:
    """`plumb exp list`."""

    async def work(store: "Store") -> "list[Experiment]":
        async with store.read() as unit:
            return await unit.experiments.all()

    found = _with_store(work)
    if format_ == "json" or not (format_ or sys.stdout.isatty()):
        print_json([_facts(each) for each in found])
        return
    rows = [
        (each.id, each.order.title, each.state.value, f"${each.spent:.2f}", f"{each.created_at:%Y-%m-%d}")
        for each in found
    ]
    print_table("Experiments", ("id", "what", "state", "#spent", "made"), rows)


def print_report(experiment: str, format_: str) -> None:
    """`plumb exp show`."""
    from bot.reports import render

    sys.stdout.write(render(_with_store(lambda store: stored_report(store, experiment)), format_))


async def stored_report(store: "Store", name: str) -> "ExperimentReport":
    """From its cells, its judge held against people's labels. Raises NotFound."""
    from bot.domain.experiments.judged import calibrated
    from bot.domain.experiments.preference import Preference
    from bot.domain.experiments.report import ExperimentReport
    from bot.domain.experiments.result import conclude

    async with store.read() as unit:
        found = await unit.experiments.get(name)
        cells = await unit.experiments.cells(name)
        spec = await unit.experiments.spec(name)
        labels = await unit.experiments.labels(name)
    if found is None or not cells:
        raise NotFound(f"There is no experiment {name} with results.", hint="See `plumb exp list`.")
    plan = _plan(spec, [cell.key.arm for cell in cells], [cell.key.case for cell in cells])
    places = {key: place for place, key in enumerate(plan.cells())}
    cells.sort(key=lambda cell: places.get(cell.key, len(places)))
    arms = [planned.arm.id for planned in plan.arms]
    concluded = conclude(
        cells, cases=plan.cases, baseline=arms[0], arms=arms, margin=found.order.margin, seed=found.order.seed
    )
    report = ExperimentReport(
        title=found.order.title,
        name=found.id,
        at=found.finished_at or found.created_at,
        plan=plan,
        cells=tuple(cells),
        conclusion=concluded,
        cases=found.dataset,
        seed=found.order.seed,
        spent=found.spent,
        cap=found.order.cap or None,
        stopped=found.why,
        pairwise=Preference(**spec["pairwise"]) if spec.get("pairwise") else None,
    )
    return calibrated(report, labels)


def _spec(report: "ExperimentReport") -> dict[str, Any]:
    """What a report needs besides the cells. Cases' values stay in their config, where they came from."""
    plan = report.plan
    return {
        "pairwise": asdict(report.pairwise) if report.pairwise else None,
        "arms": [asdict(planned.arm) for planned in plan.arms],
        "cases": [
            {"id": case.id, "slices": dict(case.slices), "cluster": case.cluster} for case in plan.cases
        ],
        "repeats": plan.repeats,
        "unsupported": list(plan.unsupported),
    }


def _plan(spec: Mapping[str, Any], arms: list[str], cases: list[str]) -> "Plan":
    """The frame of a run; arms and cases that the spec does not name are taken from the cells."""
    from bot.domain.experiments.cells import Arm, Case
    from bot.domain.experiments.plan import ModelSpec, Plan, PlannedArm, Template

    found = [Arm(**arm) for arm in spec.get("arms") or ()]
    found = found or [Arm(arm, arm, "") for arm in dict.fromkeys(arms)]
    named = [Case(**case) for case in spec.get("cases") or ()]
    named = named or [Case(case) for case in dict.fromkeys(cases)]
    return Plan(
        arms=tuple(PlannedArm(arm, Template(""), ModelSpec(arm.model)) for arm in found),
        cases=tuple(named),
        repeats=int(spec.get("repeats") or 1),
        unsupported=tuple(spec.get("unsupported") or ()),
    )


def _facts(each: "Experiment") -> dict[str, Any]:
    return {
        "id": each.id, "title": each.order.title, "state": each.state.value, "spent": each.spent,
        "dataset": each.dataset, "by": each.by, "created_at": each.created_at.isoformat(), "why": each.why,
    }  # fmt: skip


def _with_store(work: "Callable[[Store], Awaitable[Done]]") -> Done:
    """Run ``work`` with the store alone: no model, no worker is opened for it."""
    import asyncio

    from bot.store import open_store

    async def run() -> Done:
        settings = load_settings()
        store = open_store(settings.database, settings.team)
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(run())
