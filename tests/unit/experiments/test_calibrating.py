"""A report tells how its judge agrees with people; one that does not, or is not known to, ships nothing."""

import html
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.experiments.cells import Arm, Case, Cell, CellKey, Label
from bot.domain.experiments.judged import NO_GATE, calibrated, judged_cells
from bot.domain.experiments.plan import ModelSpec, Plan, PlannedArm, Template
from bot.domain.experiments.report import ExperimentReport
from bot.domain.experiments.result import conclude
from bot.domain.experiments.results import VerdictKind
from bot.domain.people import Role
from bot.reports import render
from handlers.views.experiments import result_card
from handlers.views.experiments.specimens import EXPERIMENT
from tests.unit.experiments.made import BASE, NEW

CASES = 40
FORMATS = ("table", "json", "junit", "markdown", "html")
RUBRIC: dict[str, Any] = {"type": "llm-rubric", "passed": True}


def judged_cell(arm: str, number: int, passed: bool, type_: str = "llm-rubric") -> Cell:
    parts = ({"type": type_, "passed": passed},)
    return Cell(CellKey(arm, f"c{number}"), "out", passed, float(passed), parts=parts)


def report(cells: Sequence[Cell]) -> ExperimentReport:
    arms = tuple(
        PlannedArm(Arm(name, name, "echo", f"sha of {name}"), Template(""), ModelSpec("echo"))
        for name in (BASE, NEW)
    )
    cases = tuple(Case(f"c{number}") for number in range(CASES))
    conclusion = conclude(cells, cases=cases, baseline=BASE, arms=[BASE, NEW])
    return ExperimentReport(
        "t", "EX-1", datetime(2026, 11, 21, tzinfo=UTC), Plan(arms, cases), tuple(cells), conclusion
    )


def cells(type_: str = "llm-rubric") -> list[Cell]:
    """The judge fails all of the old and passes all of the new."""
    return [judged_cell(arm, i, arm == NEW, type_) for arm in (BASE, NEW) for i in range(CASES)]


def labels(right: int, wrong: int, user: str = "U1") -> list[Label]:
    """People agree with the judge on so many cases of each arm, and not on so many others."""
    return [
        Label(CellKey(arm, f"c{i}"), user, (arm == NEW) is (i < right))
        for arm in (BASE, NEW)
        for i in range(right + wrong)
    ]


def test_without_a_judge_nothing_is_said() -> None:
    plain = report(cells("contains"))
    assert calibrated(plain, labels(20, 0)) is plain


def test_with_too_few_labels_a_judge_ships_nothing() -> None:
    told = calibrated(report(cells()), labels(6, 0))
    overall = told.conclusion.overall
    assert told.judge.startswith("Too few labels to judge the judge: 12 labels")
    assert (overall.kind, overall.withheld, overall.needed_cases) == (VerdictKind.NEED_MORE, True, None)
    assert overall.sentence.startswith(
        "Not enough: too few labels of people to trust the judge (12 labels; it takes 30, 5 of each); "
        "by its word alone reply@4 is 100 points better than reply@3"
    )
    assert told.notes == (NO_GATE,)


def test_a_judge_that_agrees_may_gate() -> None:
    """20 of 25 right on each arm: observed .8, by chance .5, kappa .6."""
    told = calibrated(report(cells()), labels(20, 5))
    assert told.judge.startswith("The judge agrees with people: kappa 0.60 on 50 labels")
    assert told.conclusion == report(cells()).conclusion
    assert told.conclusion.overall.kind is VerdictKind.SHIP


def test_a_judge_that_does_not_agree_ships_nothing_wherever_it_is_shown() -> None:
    """15 of 20 right on each arm: observed .75, by chance .5, kappa .5."""
    told = calibrated(report(cells()), labels(15, 5))
    why = "the judge agrees too little with people (kappa 0.50 on 40 labels)"
    assert told.judge.startswith("The judge agrees too little with people: kappa 0.50 on 40 labels")
    card = str(result_card(EXPERIMENT, told, role=Role.REVIEWER))
    assert "Promote" not in card
    for shown in (card, *(render(told, format_) for format_ in FORMATS)):
        assert why in html.unescape(" ".join(shown.split()))
        assert "SHIP" not in shown
        assert "Recommended" not in re.sub(
            "<script.*?</script>|<style.*?</style>", "", shown, flags=re.DOTALL
        )
    facts = json.loads(render(told, "json"))
    assert (facts["verdict"], facts["needed_cases"]) == ("need more cases", None)
    assert facts["verdicts"][0]["verdict"] == "need more cases"
    assert facts["cheapest_within_margin"] is None


def test_what_other_checks_prove_ships_whatever_the_judge_is_worth() -> None:
    """Half of the cases are checked by ``equals``: 20 wins of 20 are proof enough."""
    mixed = [
        judged_cell(arm, i, arm == NEW, "equals" if i % 2 else "g-eval")
        for arm in (BASE, NEW)
        for i in range(CASES)
    ]
    told = calibrated(report(mixed), labels(15, 5))
    assert told.conclusion.overall.kind is VerdictKind.SHIP
    assert told.notes == ()


def test_a_few_cases_that_something_else_checked_prove_nothing() -> None:
    mixed = [
        judged_cell(arm, i, arm == NEW, "g-eval" if i > 3 else "equals")
        for arm in (BASE, NEW)
        for i in range(CASES)
    ]
    assert calibrated(report(mixed), labels(15, 5)).conclusion.overall.withheld


def test_what_is_worse_stays_worse() -> None:
    swapped = [judged_cell(arm, i, arm == BASE) for arm in (BASE, NEW) for i in range(CASES)]
    assert calibrated(report(swapped), ()).conclusion.overall.kind is VerdictKind.WORSE


def test_of_several_people_the_majority_counts_and_a_tie_is_no_label() -> None:
    """Two for one against: as one label each. One for, one against: none."""
    agreed = [*labels(15, 5), *labels(15, 5, "U2"), *labels(0, 20, "U3")]
    assert " 40 labels" in calibrated(report(cells()), agreed).judge
    tied = [*labels(20, 0), *labels(0, 20, "U2")]
    assert ": 0 labels" in calibrated(report(cells()), tied).judge
    elsewhere = [replace(label, key=CellKey("gone", "c1")) for label in labels(20, 0)]
    assert ": 0 labels" in calibrated(report(cells()), elsewhere).judge


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([RUBRIC], True),
        ([RUBRIC, {"type": "not-g-eval", "passed": False}], False),
        ([RUBRIC, {"type": "contains", "passed": False}], True),
        ([{"type": None, "passed": True, "parts": [RUBRIC | {"passed": False}]}], False),
        ([{"type": "similar", "passed": True}], None),
        ([], None),
    ],
    ids=["one", "two judges", "beside a check", "within a set", "embeddings", "none"],
)
def test_the_judge_is_told_from_other_checks(parts: list[dict[str, Any]], expected: bool | None) -> None:
    cell = replace(judged_cell(BASE, 0, True), parts=tuple(parts))
    assert judged_cells([cell]).get(cell.key) is expected
