"""Metrics derived from others: mathjs's arithmetic, and sums as promptfoo adds them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.experiments.cells import Case, Cell, CellKey
from bot.domain.experiments.derived import derive, named_totals, with_derived
from bot.domain.experiments.expressions import parse
from bot.domain.experiments.result import conclude
from bot.domain.scoring import Assertion
from bot.errors import InputError


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("-2 ^ 2", -4), ("2 ^ 3 ^ 2", 512), ("2 ^ -1", 0.5),
        ("7 % 3", 1), ("7 mod -3", -2), ("10 / 4 / 5", 0.5), ("1e3 - .5", 999.5), ("2 - -1", 3),
        ("a > 1 ? a : b", 2),
        ("a == 2 and not (b == 2)", True), ("max(a, b) - min(1, 2, 0)", 2), ("sqrt(16) + abs(-1)", 5),
        ("round(2.5)", 3), ("round(-2.5)", -3), ("round(2.567, 1)", 2.6), ("log(8, 2)", 3), ("pow(2, 3)", 8),
        ("mean(1, 2, 6) + median(1, 2, 9) + sum(1, 2)", 8), ("pi", math.pi), ("1 / 0", math.inf),
    ],
)  # fmt: skip
def test_expressions_mean_what_they_mean_to_mathjs(expression: str, value: float) -> None:
    assert parse(expression)({"a": 2.0, "b": 1.0}) == pytest.approx(value)


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "1 +",
        "(1",
        "a b",
        "2a",
        "f(1)",
        "a[1]",
        "'x'",
        "a = 1",
        "1;2",
        "sqrt()",
        "(" * 80 + "1" + ")" * 80,
    ],
)
def test_what_is_no_such_arithmetic_is_refused(expression: str) -> None:
    with pytest.raises(InputError):
        parse(expression)({"a": 1.0, "b": 1.0})


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(1, 50))
def test_sums_and_products_agree_with_pythons(a: int, b: int, c: int) -> None:
    assert parse("a + b * (a - c) / c")({"a": a, "b": b, "c": c}) == pytest.approx(a + b * (a - c) / c)


def test_a_later_metric_sees_the_earlier_and_a_broken_one_is_0() -> None:
    expressions = {"p": "tp / (tp + fp)", "r": "tp / __count", "f1": "2 * p * r / (p + r)", "bad": "nope"}
    derived = derive(expressions, {"tp": 3.0, "fp": 1.0}, 6)
    assert derived == {"p": 0.75, "r": 0.5, "f1": pytest.approx(0.6), "bad": 0.0}


def test_named_metrics_are_added_up_with_their_weights() -> None:
    inner = (Assertion("contains", weight=3, metric="m"), Assertion("contains", metric="n"))
    case = Case(
        "c", assertions=(Assertion("assert-set", members=inner, weight=2), Assertion("equals", metric="m"))
    )
    part = {"type": "equals", "passed": True, "score": 1.0, "metric": "m"}
    members = [dict(part, type="contains"), dict(part, type="contains", metric="n")]
    whole = {"type": None, "passed": True, "score": 1.0, "metric": "", "parts": members}
    cell = Cell(CellKey("a", "c"), named_scores={"m": 0.5, "n": 1.0}, parts=(part, whole))
    totals = named_totals([(case, cell), (case, Cell(CellKey("a", "c", 1), error="no answer"))])
    assert (totals["m"].total, totals["m"].weight, totals["m"].count) == (0.5 * 7, 7, 2)
    assert (totals["n"].total, totals["n"].weight, totals["n"].count) == (2, 2, 1)
    assert totals["m"].mean == 0.5


def test_an_arm_shows_what_is_derived_of_its_means() -> None:
    """Two cells of three fail one metric: means 1 and 1/3, whatever the number of cells."""
    cases = [Case(f"c{n}") for n in range(3)]
    cells = [
        Cell(CellKey("a", case.id), "x", True, 1.0, {"acc": 1.0, "tone": float(case.id == "c0")})
        for case in cases
    ]
    found = conclude(cells, cases=cases, baseline="a")
    expressions = {"both": "acc + tone", "share": "acc / __count"}
    (arm,) = with_derived(found, expressions, cases, cells).arms
    assert arm.named["both"] == pytest.approx(4 / 3)
    assert arm.named["share"] == pytest.approx(1.0)
    assert with_derived(found, {}, cases, cells) is found
