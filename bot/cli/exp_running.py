"""What `plumb exp run` does: plan, run, conclude, print, file. Imports only what the first call needs."""

import asyncio
import gc
import random
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.exp_judging import Judges
from bot.cli.exp_money import LazyLedger
from bot.cli.exp_pairwise import check_pairwise, compare_outputs
from bot.domain.experiments.plan import Plan
from bot.environment import RunSettings, read_run_settings
from bot.errors import InputError, StoreError
from bot.llm.text import TextAccess
from bot.promptfoo import load_plan
from bot.promptfoo.judged import with_judge
from bot.services.runs import (
    Caps,
    Control,
    Ended,
    Look,
    Looking,
    Progress,
    Providers,
    RunOutcome,
    estimate,
    open_providers,
    run,
)
from bot.services.runs.answers import EmbeddedAnswers
from bot.services.runs.identity import plan_hash
from bot.services.runs.journal import JournalSink, no_answers

if TYPE_CHECKING:
    from bot.domain.experiments.cells import Cell
    from bot.domain.experiments.experiment import DaySpent
    from bot.domain.experiments.preference import Preference
    from bot.domain.experiments.report import ExperimentReport
    from bot.domain.experiments.results import Conclusion
    from bot.scorers.tools import Tools

TIMEOUT_S = 300.0  # for one call, as in promptfoo
READY_AFTER_S = 2.0


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of the command, see there. ``drawn``: the first cases are drawn by the seed."""

    config: Path
    base: str
    concurrency: int | None
    repeat: int | None
    max_cost: float | None
    max_time: float | None
    cache: bool
    filter: str
    first: int | None
    drawn: bool
    arm: str
    seed: int
    early_stop: bool
    margin: float
    gate: str
    resume: bool
    redact: bool
    judge: str
    pairwise: str
    allow_python: bool
    format: str
    output: Path | None
    yes: bool


def carry_out(asked: Asked) -> int:
    """Returns the exit code. Raises InputError and SettingsError before anything is sent."""
    _check(asked)
    settings = read_run_settings()
    with _no_collecting():
        plan = _chosen(load_plan(asked.config), asked)
    plan = with_judge(plan, judge=asked.judge, usual=settings.judge)
    if asked.pairwise:
        check_pairwise(plan, asked.judge or settings.judge)
    caps = Caps(settings.spend_cap_usd if asked.max_cost is None else asked.max_cost, asked.max_time)
    journal = _journal(settings, plan, asked)
    try:
        outcome, preferred = asyncio.run(_run(plan, asked, settings, caps, journal))
    except BaseException:
        journal.close()
        raise
    report = _report(plan, asked, outcome, caps)
    if preferred is not None:
        report = replace(report, pairwise=preferred[0], notes=(*report.notes, preferred[1]))
    _print(report, asked)
    if outcome.ended in (Ended.COMPLETE, Ended.DECIDED):
        _file(report, journal, plan_hash(plan))
    journal.close()
    return exit_code(asked.gate, outcome, report.conclusion)


def _check(asked: Asked) -> None:
    if not asked.config.is_file():
        raise InputError(
            f"There is no file {asked.config}.", hint="Name a promptfoo config.", code="not_found"
        )
    if asked.judge and not all(asked.judge.partition(":")):
        raise InputError(f"--judge {asked.judge} is no model.", hint="Write provider:model.")
    if asked.gate not in ("tests", "verdict") and _rate(asked.gate) is None:
        raise InputError(
            f"--gate {asked.gate} is no gate.", hint="Choose tests, verdict, or a pass rate such as 0.88."
        )


def _rate(gate: str) -> float | None:
    try:
        rate = float(gate)
    except ValueError:
        return None
    return rate if 0 <= rate <= 1 else None


def _chosen(plan: Plan, asked: Asked) -> Plan:
    """The plan as the options change it; the baseline stands first."""
    cases = [case for case in plan.cases if asked.filter in case.id or asked.filter in case.description]
    if asked.drawn:
        random.Random(asked.seed).shuffle(cases)  # noqa: S311  nothing to guess: it must be repeatable
    cases = cases[: asked.first]
    arms = [planned for planned in plan.arms if asked.arm in planned.arm.id]
    if not cases or not arms:
        raise InputError("No case or no arm is left to run.", hint="Check --filter and --arm.")
    base = [planned for planned in arms if asked.base and asked.base in planned.arm.id]
    if asked.base and len(base) != 1:
        names = ", ".join(planned.arm.id for planned in arms)
        raise InputError(f"--base {asked.base} names {len(base)} arms, not one.", hint=f"Arms: {names}.")
    arms = base + [planned for planned in arms if planned not in base]
    return replace(
        plan,
        arms=tuple(arms),
        cases=tuple(cases),
        repeats=asked.repeat or plan.repeats,
        concurrency=asked.concurrency or plan.concurrency,
        cache=plan.cache and asked.cache,
    )


def _journal(settings: RunSettings, plan: Plan, asked: Asked) -> JournalSink:
    path = settings.data_dir / "runs" / f"{plan_hash(plan)[:32]}.jsonl"
    if not asked.resume:
        path.unlink(missing_ok=True)
    database = settings.embedded_database
    return JournalSink(path, _redact, EmbeddedAnswers(database) if database else no_answers)


def _redact(text: str) -> str:
    from bot.domain.redaction import redact_structured  # not waited for by the first call

    return redact_structured(text)


def _tools(asked: Asked, judges: Judges) -> "Tools":
    from bot.scorers.tools import Tools  # likewise

    folder = asked.config.resolve().parent
    return Tools(
        judges.ask, judges.embed, base_dir=folder, allow_python=asked.allow_python, price=judges.price
    )


async def _run(
    plan: Plan, asked: Asked, settings: RunSettings, caps: Caps, journal: JournalSink
) -> "tuple[RunOutcome, tuple[Preference, str] | None]":
    access = TextAccess(
        settings.api_keys,
        settings.base_urls,
        settings.allowed_base_urls,
        plan.timeout_s or TIMEOUT_S,
        loopback=True,
        folder=str(asked.config.resolve().parent),
    )
    providers = open_providers(plan, access)
    ledger = LazyLedger(asked.config.name)
    if sys.stderr.isatty() and any(each.price_at for each in providers.by_arm.values()):
        today = await ledger.today()
        _say_estimate(plan, providers, caps, today, ask=sys.stdin.isatty() and not asked.yes)
    control = Control()
    _stop_on_signals(control)
    judges = Judges(asked.judge, settings.judge, caps.max_cost or 0.0)
    ready = asyncio.create_task(_get_ready())
    try:
        outcome = await run(
            plan,
            providers=providers,
            tools=lambda: _tools(asked, judges),
            sink=journal,
            caps=caps,
            control=control,
            on_progress=_tell if sys.stderr.isatty() else None,
            look=_look(plan, asked) if asked.early_stop else None,
            redact=_redact if asked.redact else None,
            seed=asked.seed,
            ledger=ledger,
        )
        if not asked.pairwise or outcome.ended not in (Ended.COMPLETE, Ended.DECIDED):
            return outcome, None
        found = await compare_outputs(plan, outcome, asked.pairwise, _tools(asked, judges), caps, ledger)
        return replace(outcome, spent=found.spent), found.preferred
    finally:
        ready.cancel()
        await providers.close()
        await judges.close()
        await ledger.close()


async def _get_ready() -> None:
    """While a longer run waits for its calls, load what comes after the last one: numpy, the database."""
    await asyncio.sleep(READY_AFTER_S)
    sys.setswitchinterval(0.0005)  # answers that come in meanwhile go first
    await asyncio.to_thread(_load_what_comes_after)


def _load_what_comes_after() -> None:
    for name in ("bot.domain.experiments.judged", "bot.domain.experiments.derived", "bot.reports.json"):
        import_module(name)
    from bot.cli.exp_filing import get_ready

    get_ready()


@contextmanager
def _no_collecting() -> Iterator[None]:
    """A config's cases are all kept: looking for garbage among them takes a quarter of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _say_estimate(plan: Plan, providers: Providers, caps: Caps, today: "DaySpent", *, ask: bool) -> None:
    """What it will cost and can show, before a paid call. Raises InputError where the answer is no."""
    from bot.domain.experiments.telling import day

    found = estimate(plan, providers)
    cost = "price not known" if found.cost_low is None else f"${found.cost_low:.2f} to ${found.cost_high:.2f}"
    shows = f"; {found.sentence}" if found.sentence else ""
    sys.stderr.write(f"{found.calls:,} calls, {cost}, cap ${caps.max_cost:.2f}{shows}; {day(today)}.\n")
    if ask and not typer.confirm("Run it?", default=True, err=True):
        raise InputError("Nothing was run.", hint="Add --yes to be asked no more.")


def _stop_on_signals(control: Control) -> None:
    """The first Ctrl-C waits for what is out, the second does not."""

    def stop() -> None:
        control.stop("stopped by hand", now=control.stopped.is_set())

    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop)


def _tell(progress: Progress) -> None:
    """One line that is drawn over and over."""
    parts = [f"{progress.done:,} of {progress.total:,}"]
    parts += [f"{progress.errors:,} failed"] * bool(progress.errors)
    parts += [f"{progress.cached:,} from the cache"] * bool(progress.cached)
    parts += [f"${progress.spent:.4f}"] * bool(progress.spent)
    parts += [f"{progress.seconds:.0f} s"]
    end = "\n" if progress.done == progress.total else ""
    sys.stderr.write(f"\r\x1b[2K{' · '.join(parts)}{end}")
    sys.stderr.flush()


def _look(plan: Plan, asked: Asked) -> Looking:
    baseline, *candidates = (planned.arm.id for planned in plan.arms)

    def look(cells: "Sequence[Cell]") -> Look:
        from bot.domain.experiments.progress import running  # numpy is not waited for by the first call

        found = running(
            cells, cases=plan.cases, baseline=baseline, candidates=candidates, margin=asked.margin
        )
        decided = found and all(each.decided for each in found)
        return Look(found, "Every comparison is decided." if decided else "")

    return look


def _report(plan: Plan, asked: Asked, outcome: RunOutcome, caps: Caps) -> "ExperimentReport":
    from datetime import UTC, datetime

    from bot.domain.experiments.derived import with_derived
    from bot.domain.experiments.judged import calibrated
    from bot.domain.experiments.report import ExperimentReport
    from bot.domain.experiments.result import conclude

    conclusion = conclude(
        outcome.cells,
        cases=plan.cases,
        baseline=plan.arms[0].arm.id,
        margin=asked.margin,
        arms=[planned.arm.id for planned in plan.arms],
        stopped_early=outcome.ended is Ended.DECIDED,
        seed=asked.seed,
    )
    conclusion = with_derived(conclusion, plan.derived, plan.cases, outcome.cells)
    report = ExperimentReport(
        title=plan.description or asked.config.name,
        name=asked.config.name,
        at=datetime.now(UTC),
        plan=plan,
        cells=outcome.cells,
        conclusion=conclusion,
        seed=asked.seed,
        spent=outcome.spent,
        cap=caps.max_cost,
        seconds=outcome.seconds,
        stopped=outcome.why,
    )
    return calibrated(report, ())  # a run that is just over has no labels yet


def _print(report: "ExperimentReport", asked: Asked) -> None:
    from bot.reports import render

    text = render(report, asked.format)
    if asked.output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    try:
        asked.output.write_text(text, encoding="utf-8")
    except OSError:
        raise InputError(f"{asked.output} cannot be written.", hint="Check the folder.") from None


def _file(report: "ExperimentReport", journal: JournalSink, known_as: str) -> None:
    """The run goes into the store, and its journal. What is printed already is not taken back for that."""
    from bot.cli.exp_filing import file_run

    try:
        name = file_run(report, journal.results(), known_as)
    except StoreError as error:
        sys.stderr.write(f"The run is not in the store: {error.message} {error.hint}\n")
        return
    journal.close(forget=True)
    if sys.stderr.isatty():
        sys.stderr.write(f"Kept as {name}; see `plumb exp show {name}`.\n")


def exit_code(gate: str, outcome: RunOutcome, conclusion: "Conclusion") -> int:
    """0 passed, 1 the gate failed, 2 not decided or not finished, 4 calls failed, 5 the money is spent."""
    if outcome.ended in (Ended.BUDGET, Ended.PROVIDER):
        return 5 if outcome.ended is Ended.BUDGET else 4
    if any(cell.error for cell in outcome.cells):
        return 4
    if outcome.ended in (Ended.STOPPED, Ended.TIME):
        return 2
    rate = _rate(gate)
    if rate is not None:
        return _reached(rate, conclusion)
    if gate == "verdict":
        return {"ship": 0, "no difference": 0, "worse": 1}.get(str(conclusion.overall.kind), 2)
    return int(any(cell.passed is False for cell in outcome.cells))


def _reached(rate: float, conclusion: "Conclusion") -> int:
    """Proven for every arm, disproven for one, or neither."""
    found = [(arm.interval.low, arm.interval.high) if arm.interval else (0.0, 1.0) for arm in conclusion.arms]
    if all(low >= rate for low, _ in found):
        return 0
    return 1 if any(high < rate for _, high in found) else 2
