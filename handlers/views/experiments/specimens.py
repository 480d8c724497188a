"""An invented experiment, to show every view with. Its numbers come from the same statistics as real ones."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.experiments.cells import Arm, Case, Cell, CellKey
from bot.domain.experiments.experiment import (
    BlindCase,
    DaySpent,
    Decision,
    Experiment,
    Order,
    Preview,
    Progress,
    State,
    VoteCount,
)
from bot.domain.experiments.plan import ModelSpec, Plan, PlannedArm, Template
from bot.domain.experiments.report import ExperimentReport
from bot.domain.experiments.result import conclude
from bot.domain.experiments.results import Interval, Running

AT = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)
MODEL = ModelSpec("openai:gpt-5-mini")
BASE, CANDIDATE = "reply@3", "reply@4"
ORDER = Order((BASE, CANDIDATE), ("gpt",), "refunds", repeats=1, cap=2.0, goal="fewer follow-ups")
EXPERIMENT = Experiment("EX-1", ORDER, State.DONE, "U0ADA", AT, dataset="refunds@2", spent=0.84)
CLOSED = Experiment(
    "EX-2", ORDER, State.CLOSED, "U0ADA", AT, dataset="refunds@2", spent=0.31,
    decision=Decision.SHIP, learned="Naming the day in the first line answers most follow-ups.",
    closed_by="U0BEN",
)  # fmt: skip
SPRINT = replace(EXPERIMENT, order=replace(ORDER, ends_on=date(2026, 11, 26)))
SPRINT_CLOSED = replace(CLOSED, order=SPRINT.order)
PREVIEW = Preview(
    ORDER, "refunds@2", (BASE, CANDIDATE), 40, 80, (0.42, 0.96), 75.0, 0.19,
    today=DaySpent(3.2, 20.0),
    notes=("4 cases have no expected answer; they are compared by the judge alone.",),
)  # fmt: skip
BROKEN = Preview(ORDER, "refunds@2", (BASE,), 0, 0, None, None, None, problems=("refunds@2 has no cases.",))
RUNNING = Progress(
    "EX-1", 46, 80, 0.48, errors=1, seconds_left=32.0,
    running=(Running(CANDIDATE, 22, 0.14, Interval(-0.09, 0.35), 2.4, None, 5, 2, 15),),
)  # fmt: skip
BALLOT = (
    BlindCase("EX-1", "c1", "Where is my refund & <why> so late?", CANDIDATE, BASE,
              "It reaches your account by Friday, 14 November.", "Refunds take a while."),
    BlindCase("EX-1", "c2", "Can I skip next week?", BASE, CANDIDATE,
              "Yes.", "Yes, until Wednesday at midnight."),
)  # fmt: skip
COUNTED = VoteCount(
    BASE, CANDIDATE, 5, 1, 2, 1, 4, agree=0.83, judged=6, by_case={"c1": (3, 1), "c2": (0, 2)}
)


def report(cases: int = 40, *, better: int = 9, worse: int = 2) -> ExperimentReport:
    """Both arms on some cases; the candidate gains ``better`` of them and loses ``worse``."""
    arms = tuple(
        PlannedArm(
            Arm(name, name, "openai:gpt-5-mini"), Template("{{ question }}"), ModelSpec("openai:gpt-5-mini")
        )
        for name in (BASE, CANDIDATE)
    )
    every = tuple(
        Case(f"c{n}", {"question": f"Question {n}: where is my refund?"}, slices={"about": _about(n, better)})
        for n in range(cases)
    )
    cells = tuple(
        _cell(arm.arm.id, case.id, _passes(arm.arm.id == CANDIDATE, n, better, worse))
        for n, case in enumerate(every)
        for arm in arms
    )
    return ExperimentReport(
        title=ORDER.title,
        name=EXPERIMENT.id,
        at=AT,
        plan=Plan(arms, every),
        cells=cells,
        conclusion=conclude(cells, cases=every, baseline=BASE, arms=(BASE, CANDIDATE)),
        cases="refunds@2",
        spent=0.84,
        cap=2.0,
        judge="judge agrees with people: kappa 0.62 on 50 labels",
    )


def _about(number: int, better: int) -> str:
    return "plant care" if better <= number < better + 12 else "parcels & <post>"


def _passes(candidate: bool, number: int, better: int, worse: int) -> bool:
    if number < better:
        return candidate
    if number < better + worse:
        return not candidate
    return number % 7 != 0


def _cell(arm: str, case: str, passed: bool) -> Cell:
    said = "It reaches your account by Friday." if passed else "Refunds take a while <@U1>."
    number = int(case[1:])
    return Cell(
        CellKey(arm, case),
        output=said,
        passed=passed,
        score=float(passed),
        reason="" if passed else "names no day",
        latency_ms=700.0 + 13 * (number % 9) + (60 if arm == CANDIDATE else 0),
        cost=0.0009 + 0.0001 * (number % 3) + (0.0003 if arm == CANDIDATE else 0),
    )
