"""Experiments of one team: planned with their cost, run, concluded, voted on, closed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.datasets import DatasetLine
from bot.domain.experiments.cells import Cell
from bot.domain.experiments.experiment import Decision, Experiment, Order, Preview, Progress, State
from bot.domain.experiments.judged import calibrated
from bot.domain.experiments.progress import running
from bot.domain.experiments.report import ExperimentReport
from bot.domain.experiments.result import conclude
from bot.domain.experiments.results import VerdictKind
from bot.domain.prompts import ExperimentVerdict
from bot.domain.redaction import redact
from bot.errors import InputError, NotFound
from bot.ports import Clock
from bot.services.datasets import DatasetService
from bot.services.experiments.planning import Planned, Planner
from bot.services.experiments.setup import Setup
from bot.services.experiments.setup import redact as redact_call
from bot.services.prompts import PromptService
from bot.services.runs import Caps, Control, Ended, Look, RunOutcome, open_providers, run
from bot.services.runs import Progress as RunProgress
from bot.services.runs.ledger import DayLedger
from bot.services.runs.stored import StoredSink
from bot.store import Store

OnProgress = Callable[[Progress], Awaitable[None]]
LISTEN_S = 1.0  # how often a run looks whether somebody stopped it
EXTENDED = "Cases were added after a first look, so the ranges are the wider ones that hold at every look."
FINISHED = frozenset({State.DONE, State.STOPPED, State.FAILED, State.CLOSED})


class ExperimentService:
    """Who may see what came from a private channel is the caller's to check (``Experiment.channel``)."""

    def __init__(
        self, store: Store, clock: Clock, prompts: PromptService, datasets: DatasetService, setup: Setup
    ) -> None:
        self._store = store
        self._clock = clock
        self._prompts = prompts
        self._datasets = datasets
        self._setup = setup
        self._planner = Planner(prompts, datasets, setup)

    @property
    def models(self) -> list[str]:
        """Short names, the default first."""
        return list(self._setup.models.by_name)

    async def prompts(self) -> list[str]:
        """References of the team's own versions: of each prompt the newest first."""
        found = []
        for summary in await self._prompts.list_prompts():
            if summary.newest.origin == "saved":
                versions = await self._prompts.versions(summary.newest.name)
                found += [str(version.reference) for version in reversed(versions)]
        return found

    async def sets(self) -> list[DatasetLine]:
        """Sets that have cases."""
        return [line for line in await self._datasets.all() if line.cases]

    async def preview(self, order: Order) -> Preview:
        """What it would cost and could show; nothing is stored or spent. Raises NotFound, InputError."""
        seen = await self._planner.preview(order)
        return replace(seen, today=await self._ledger().today())

    async def plan(self, order: Order, *, by: str, key: str = "") -> Experiment:
        """Store it, not started. ``key`` names the ask: a second call gets what the first one made.

        Raises:
            NotFound, InputError: something it names is not there.
        """
        planned = await self._planner.plan(order)
        asked = f"asked:{key}" if key else ""
        pinned = replace(order, dataset=planned.dataset.reference)
        async with self._store.write() as unit:
            if asked and (known := await unit.experiments.with_plan(asked)):
                return known
            return await unit.experiments.create(
                pinned, by, self._clock.now(), channel=planned.dataset.channel,
                dataset=planned.dataset.reference, plan_hash=asked,
            )  # fmt: skip

    async def get(self, experiment_id: str) -> Experiment:
        """Raises NotFound."""
        async with self._store.read() as unit:
            found = await unit.experiments.get(experiment_id)
        if found is None:
            raise NotFound(f"There is no experiment {experiment_id[:20]}.", hint="Its id looks like EX-31.")
        return found

    async def all(self) -> list[Experiment]:
        """Newest first."""
        async with self._store.read() as unit:
            return list(reversed(await unit.experiments.all()))

    async def sprints_over(self, day: date) -> list[Experiment]:
        """Sprints that were run, end by this day, and are not closed."""
        return [
            each
            for each in await self.all()
            if each.order.ends_on is not None
            and each.order.ends_on <= day
            and each.state not in {State.PLANNED, State.CLOSED}
        ]

    async def forget(self, experiment_id: str, *, by: str) -> None:
        """Give up one that was not started. Raises InputError once it was."""
        found = await self.get(experiment_id)
        if found.state is not State.PLANNED:
            raise InputError(f"{found.id} has been started.", hint="Stop or close it instead.")
        await self._save(replace(found, state=State.CLOSED, decision=Decision.STOP, closed_by=by))

    async def begin(self, experiment_id: str) -> Experiment:
        """It runs from now on; ``carry_out`` does it. Raises InputError: closed, or it cannot run."""
        found = await self.get(experiment_id)
        if found.state is State.CLOSED:
            raise InputError(f"{found.id} is closed.", hint="Run a new one.")
        planned = await self._planned(found)
        if planned.problems:
            raise InputError(planned.problems[0], hint="Change it and run it again.")
        begun = replace(found, state=State.RUNNING, why="", finished_at=None)
        await self._save(begun)
        return begun

    async def carry_out(self, experiment_id: str, *, on_progress: OnProgress | None = None) -> Experiment:
        """Run what is missing of one that was begun, to the end or to a limit. Called again after a crash it
        goes on; nothing is sent twice, and what was stopped meanwhile stays so.

        Raises:
            InputError, NotFound, SettingsError: it cannot run as it is; then it stands as failed.
        """
        found = await self.get(experiment_id)
        if found.state is not State.RUNNING:
            return found
        try:
            outcome = await self._run(found, await self._planned(found), on_progress)
        except Exception as error:
            await self._save(replace(found, state=State.FAILED, why=getattr(error, "message", "")))
            raise
        return await self._ended(found, outcome)

    async def stop(self, experiment_id: str, *, by: str) -> None:
        """The kill switch: whichever process runs it sends nothing more within a second or so."""
        found = await self.get(experiment_id)
        if found.state is State.RUNNING:
            await self._save(replace(found, state=State.STOPPED, why=f"Stopped by {by}."))

    async def add(self, experiment_id: str, cases: int, *, by: str, key: str = "") -> int:
        """Take in more cases of its set, or of the set's newest version; returns how many. They are run by
        ``carry_out``, and the cap grows with them. With the same ``key`` twice they are added once."""
        found = await self.get(experiment_id)
        async with self._store.read() as unit:
            added = dict((await unit.experiments.spec(found.id)).get("added") or {})
        if key and key in added:
            return int(added[key])
        name = found.order.dataset.partition("@")[0]
        newest = await self._datasets.resolve(name, judge=self._setup.judge)
        before = len((await self._planned(found)).plan.cases)
        total = min(before + cases, len(newest.cases))
        if total > before:
            cap = found.order.cap * total / before
            order = replace(found.order, cases=total, dataset=newest.reference, cap=cap, extended=True)
            spec = {"added": {**added, key: total - before}}
            async with self._store.write() as unit:
                await unit.experiments.save(replace(found, order=order, dataset=newest.reference))
                await unit.experiments.set_spec(found.id, spec, "")
        return total - before

    async def report(self, experiment_id: str) -> ExperimentReport:
        """All that it shows so far. Raises InputError where nothing was run."""
        found = await self.get(experiment_id)
        planned, cells = await self._planned(found), await self.cells(found.id)
        async with self._store.read() as unit:
            labels = await unit.experiments.labels(found.id)
        report = await asyncio.to_thread(_report, found, planned, cells)
        return await asyncio.to_thread(calibrated, report, labels)

    async def page(self, experiment_id: str) -> str:
        """The report as one HTML file."""
        from bot.reports import render

        report = await self.report(experiment_id)
        return await asyncio.to_thread(render, report, "html")

    async def more_cost(self, experiment_id: str, cases: int) -> float | None:
        """What so many more cases would cost, by what those so far did; None before the first."""
        found, cells = await self.get(experiment_id), await self.cells(experiment_id)
        run = {cell.key.case for cell in cells if not cell.error}
        return found.spent / len(run) * cases if run else None

    async def close(self, experiment_id: str, decision: Decision, learned: str, *, by: str) -> Experiment:
        """Decided, with what was learned. Raises InputError while it runs, or where it is closed already."""
        found = await self.get(experiment_id)
        if found.state is State.RUNNING:
            raise InputError(f"{found.id} is still running.", hint="Stop it first, or wait for its end.")
        if found.state is State.CLOSED:
            if (found.decision, found.closed_by) == (decision, by):
                return found
            raise InputError(f"{found.id} is closed already.", hint="Run a new one.")
        note = (await asyncio.to_thread(redact, learned.strip()[:1_000])).text
        closed = replace(found, state=State.CLOSED, decision=decision, learned=note, closed_by=by)
        await self._save(closed)
        return closed

    async def verdict(self, experiment: str) -> ExperimentVerdict | None:
        """How it ended, for promotions; None while it goes on, or where there is none of that id."""
        try:
            found = await self.get(experiment)
            if found.state not in FINISHED or not await self.cells(found.id):
                return None
            report = await self.report(found.id)
        except NotFound:
            return None
        return _spoken(found, report, found.finished_at or self._clock.now())

    async def inputs(self, experiment_id: str) -> dict[str, str]:
        """What each of its cases asks, by case id."""
        planned = await self._planned(await self.get(experiment_id))
        return {case.id: _input(dict(case.vars)) for case in planned.plan.cases}

    def _ledger(self, name: str = "") -> DayLedger:
        return DayLedger(self._store, self._clock, self._setup.daily_cap, name)

    async def _planned(self, found: Experiment) -> Planned:
        """Its plan as it is run: cases that ran before are in it whatever else was added to the set."""
        cells = await self.cells(found.id)
        return await self._planner.plan(found.order, run_before={cell.key.case for cell in cells})

    async def cells(self, experiment_id: str) -> list[Cell]:
        async with self._store.read() as unit:
            return list(await unit.experiments.cells(experiment_id))

    async def _save(self, experiment: Experiment) -> None:
        async with self._store.write() as unit:
            await unit.experiments.save(experiment)

    async def _run(self, found: Experiment, planned: Planned, on_progress: OnProgress | None) -> RunOutcome:
        providers = open_providers(planned.plan, self._setup.access)
        control = Control()
        listener = asyncio.create_task(self._listen(found.id, control))
        minutes = found.order.minutes

        async def told(at: RunProgress) -> None:
            if on_progress is not None:
                await on_progress(_progress(found, at))

        try:
            return await run(
                planned.plan,
                providers=providers,
                tools=self._setup.tools,
                sink=StoredSink(self._store, found.id, self._clock, redact_call),
                caps=Caps(found.order.cap, minutes * 60 if minutes else None),
                control=control,
                on_progress=told,
                look=_looking(planned, found.order),
                redact=redact_call,
                seed=found.order.seed,
                ledger=self._ledger(found.id),
            )
        finally:
            listener.cancel()
            await asyncio.gather(listener, return_exceptions=True)
            await providers.close()

    async def _listen(self, experiment_id: str, control: Control) -> None:
        """Another process may take the order to stop: it stands in the database."""
        while not control.stopped.is_set():
            await asyncio.sleep(LISTEN_S)
            found = await self.get(experiment_id)
            if found.state is State.STOPPED:
                control.stop(found.why)

    async def _ended(self, found: Experiment, outcome: RunOutcome) -> Experiment:
        state = {Ended.COMPLETE: State.DONE, Ended.DECIDED: State.DONE, Ended.PROVIDER: State.FAILED}
        now = self._clock.now()
        ended = replace(
            found,
            state=state.get(outcome.ended, State.STOPPED),
            why=outcome.why,
            spent=outcome.spent,
            finished_at=now,
        )
        await self._save(ended)
        return ended


def _looking(planned: Planned, order: Order) -> Callable[[Sequence[Cell]], Look]:
    baseline, *candidates = (arm.arm.id for arm in planned.plan.arms)
    margin = order.margin

    def look(cells: Sequence[Cell]) -> Look:
        cases = planned.plan.cases
        return Look(running(cells, cases=cases, baseline=baseline, candidates=candidates, margin=margin))

    return look


def _progress(found: Experiment, at: RunProgress) -> Progress:
    left = at.seconds / at.done * (at.total - at.done) if at.done and at.seconds > 1 else None
    seen = tuple(at.estimate or ())
    return Progress(found.id, at.done, at.total, at.spent, at.errors, at.cached, left, seen)


def _report(found: Experiment, planned: Planned, cells: Sequence[Cell]) -> ExperimentReport:
    plan = planned.plan
    arms = [arm.arm.id for arm in plan.arms]
    known = [cell for cell in cells if cell.key.arm in arms]
    if not known:
        raise InputError(f"{found.id} has no results yet.", hint="Let it run first.")
    conclusion = conclude(
        known,
        cases=plan.cases,
        baseline=arms[0],
        margin=found.order.margin,
        arms=arms,
        stopped_early=found.order.extended,
    )
    return ExperimentReport(
        title=found.order.title,
        name=found.id,
        at=found.finished_at or found.created_at,
        plan=plan,
        cells=tuple(known),
        conclusion=conclusion,
        cases=found.dataset,
        seed=found.order.seed,
        spent=found.spent,
        cap=found.order.cap,
        stopped=found.why,
        notes=(EXTENDED,) if found.order.extended else (),
    )


def _spoken(found: Experiment, report: ExperimentReport, at: datetime) -> ExperimentVerdict:
    overall = report.conclusion.overall
    arms = {arm.arm.id: arm.arm for arm in report.plan.arms}
    named = [overall.candidate] if overall.candidate in arms else []
    against = {each.candidate: each for each in report.conclusion.comparisons}
    compared = against.get(overall.candidate)
    cheaper = bool(compared and compared.cost and compared.cost.interval.high < 1)
    return ExperimentVerdict(
        found.id,
        overall.kind if named else VerdictKind.NEED_MORE,
        at,
        {arms[arm].prompt: arms[arm].fingerprint for arm in named},
        cheaper,
    )


def _input(values: dict[str, object]) -> str:
    if len(values) == 1:
        return str(next(iter(values.values())))
    return "\n".join(f"{name}: {value}" for name, value in values.items())
