"""Causes of a fall: each kind is told from the others, splits add up, and labelled cases come out right."""

import csv
import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drift.causes import Cause, CauseKind, Cell, explain, split
from bot.services.drift.cases import explain_cases
from tests.paths import SHARED_DATA, needs_shared_data

SEGMENTS = {"edu": 0.3, "mid": 0.3, "smb": 0.4}
MODELS = {"m1": 0.5, "m2": 0.5}


def cells(
    n: int = 4000,
    fall: float = 0.0,
    where: dict[str, str] | None = None,
    shares: dict[str, float] | None = None,
    seed: int = 1,
) -> list[Cell]:
    """Two periods of drawn rows; in the second, logits fall by ``fall`` where every given dimension agrees,
    and the segments have other ``shares``. The segment edu is weak throughout."""
    rng = np.random.default_rng(seed)
    made = []
    for after, (segment, model) in itertools.product((False, True), itertools.product(SEGMENTS, MODELS)):
        values = {"segment": segment, "model": model}
        rows = int(n * ((shares if after and shares else SEGMENTS)[segment]) * MODELS[model])
        hit = all(values[dim] == value for dim, value in (where or {}).items())
        logit = (0.5 if segment == "edu" else 2.0) - (fall if after and hit else 0.0)
        made.append(Cell(after, values, rows, int(rng.binomial(rows, 1 / (1 + math.exp(-logit))))))
    return made


def answer(cause: Cause) -> tuple[str, str, str]:
    return cause.kind, cause.dim, cause.value


@pytest.mark.parametrize("n", [1500, 20_000])
def test_each_kind_is_told_from_the_others(n: int) -> None:
    grown = {"edu": 0.55, "mid": 0.2, "smb": 0.25}
    assert answer(explain(cells(n))) == ("none", "", "")
    assert answer(explain(cells(n, fall=0.7))) == ("global_drop", "", "")
    assert answer(explain(cells(n, fall=1.2, where={"model": "m2"}))) == ("rate_drop", "model", "m2")
    assert answer(explain(cells(n, shares=grown))) == ("mix_growth", "segment", "edu")


def test_a_segment_that_grew_and_is_not_worse_explains_nothing() -> None:
    grown = {"edu": 0.15, "mid": 0.15, "smb": 0.7}
    assert explain(cells(fall=1.5, where={"model": "m1"}, shares=grown)).dim == "model"
    assert explain(cells(shares=grown)).kind is CauseKind.NONE


def test_a_new_weak_value_is_a_mix_that_changed() -> None:
    """A prompt that was not there before answers a third, at 60 % where the others have 90 %."""
    rows = [Cell(False, {"prompt": "v1"}, 900, 810), Cell(False, {"prompt": "v2"}, 900, 812)]
    rows += [Cell(True, {"prompt": "v1"}, 600, 541), Cell(True, {"prompt": "v2"}, 600, 539)]
    assert answer(explain([*rows, Cell(True, {"prompt": "v3"}, 600, 360)])) == ("mix_growth", "prompt", "v3")


def test_few_rows_are_not_sure() -> None:
    assert explain(cells(n=60, fall=0.5, where={"model": "m2"})).probability < 0.9


def test_a_segment_without_failures_stays_finite() -> None:
    perfect = [Cell(after, {"s": s}, 40, 40) for after in (False, True) for s in "ab"]
    assert explain(perfect).kind is CauseKind.NONE


def test_one_period_alone_explains_nothing() -> None:
    with pytest.raises(ValueError, match="periods"):
        explain([Cell(False, {"s": "a"}, 10, 5)])


def test_split_by_hand() -> None:
    """a: 60 of 100 at .9 to 20 of 100 at .9; b: 40 at .5 to 80 at .4. The rate goes .74 to .50: b's fall of
    .1 at a mean share of .6 is -.06; the rest, -.18, is that b grew by .4 where rates lie .45 lower."""
    rows = [
        Cell(False, {"d": "a"}, 60, 54),
        Cell(False, {"d": "b"}, 40, 20),
        Cell(True, {"d": "a"}, 20, 18),
        Cell(True, {"d": "b"}, 80, 32),
    ]
    found = split(rows, "d")
    assert found.rate == pytest.approx(-0.06)
    assert found.mix == pytest.approx(-0.18)


counts = st.integers(1, 50).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))


@given(st.lists(st.tuples(st.booleans(), st.sampled_from("abc"), counts), min_size=1))
def test_splits_add_up_to_the_change(drawn: list[tuple[bool, str, tuple[int, int]]]) -> None:
    rows = [Cell(after, {"d": d}, n, s) for after, d, (n, s) in drawn]
    rows += [Cell(False, {"d": "a"}, 5, 3), Cell(True, {"d": "b"}, 7, 2)]
    rates = [
        sum(row.successes for row in rows if row.after is after) / sum(r.n for r in rows if r.after is after)
        for after in (False, True)
    ]
    found = split(rows, "d")
    assert found.mix + found.rate == pytest.approx(rates[1] - rates[0], abs=1e-12)


@needs_shared_data
def test_labelled_cases_come_out_right() -> None:
    folder = SHARED_DATA / "drift"
    with (folder / "attribution_labels.csv").open(encoding="utf-8") as file:
        labels = {row["case_id"]: (row["cause"], row["dim"], row["value"]) for row in csv.DictReader(file)}
    right = [
        answer(found.cause) == labels[found.case] for found in explain_cases(folder / "attribution_cases.csv")
    ]
    assert len(right) == len(labels)
    assert sum(right) / len(right) >= 0.92
