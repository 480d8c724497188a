"""How the assertions of a case add up: weights, thresholds, sets, metrics, and what is awaited."""

import asyncio
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.scoring import Assertion, Output, Score
from bot.errors import InputError
from bot.scorers import SCORERS, grading
from bot.scorers.scorer import AssertionInvalid, Scorer
from bot.scorers.tools import Tools

HIT, MISS = Assertion("contains", "a"), Assertion("contains", "z")


def hit(weight: float = 1, metric: str = "") -> Assertion:
    return Assertion("contains", "a", weight=weight, metric=metric)


def miss(weight: float = 1, metric: str = "") -> Assertion:
    return Assertion("contains", "z", weight=weight, metric=metric)


def graded(*assertions: Assertion, threshold: float | None = None, **fields: object) -> Score:
    return grading.grade_now(assertions, Output("abc", **fields), threshold)  # type: ignore[arg-type]  # of Output


def test_no_assertions_pass() -> None:
    assert graded() == Score(True, 1.0, "No assertions")


def test_the_score_is_the_weighted_mean_and_all_must_pass() -> None:
    score = graded(hit(3), miss(1))
    assert (score.passed, score.value) == (False, 0.75)
    assert [part.score.passed for part in score.parts] == [True, False]


@pytest.mark.parametrize(("threshold", "passed"), [(0.75, True), (0.76, False), (0, True)])
def test_a_threshold_decides_alone(threshold: float, passed: bool) -> None:
    assert graded(hit(3), miss(1), threshold=threshold).passed is passed


def test_weight_zero_always_passes_and_counts_nothing() -> None:
    score = graded(hit(), miss(0, "m"))
    assert (score.passed, score.value, score.named) == (True, 1.0, {"m": 0.0})
    assert graded(miss(0)).value == 0.0


def test_a_metric_is_the_weighted_mean_of_its_assertions() -> None:
    score = graded(hit(3, "{{ kind }}"), miss(1, "tone"), hit(1, "length"), vars={"kind": "tone"})
    assert score.named == {"tone": 0.75, "length": 1.0}


def test_a_metric_that_is_no_template_keeps_its_name() -> None:
    assert graded(hit(metric="{{ broken")).named == {"{{ broken": 1.0}


def test_a_set_counts_as_one_with_its_own_threshold() -> None:
    half = Assertion("assert-set", threshold=0.5, weight=2, metric="set", members=(hit(metric="in"), miss()))
    score = graded(hit(), half)
    assert score.passed
    assert score.value == pytest.approx((1 + 2 * 0.5) / 3)
    assert score.named == {"set": 0.5, "in": 1.0}
    assert score.parts[1].type is None
    assert len(score.parts[1].score.parts) == 2


def test_a_set_without_threshold_needs_all_of_its_members() -> None:
    assert not graded(hit(), Assertion("assert-set", members=(hit(), miss()))).passed


def test_a_set_within_a_set_is_an_error() -> None:
    inner = Assertion("assert-set", members=(hit(),))
    with pytest.raises(AssertionInvalid, match="Unknown assertion type"):
        graded(Assertion("assert-set", members=(inner,)))


@given(
    st.lists(st.tuples(st.booleans(), st.floats(0.125, 8)), min_size=1, max_size=6),
    st.one_of(st.none(), st.floats(0, 1)),
)
def test_it_adds_up_like_the_formula(checks: list[tuple[bool, float]], threshold: float | None) -> None:
    score = graded(*(hit(weight) if met else miss(weight) for met, weight in checks), threshold=threshold)
    expected = math.fsum(weight for met, weight in checks if met) / math.fsum(weight for _, weight in checks)
    assert score.value == pytest.approx(expected)
    if threshold is None:
        assert score.passed is all(met for met, _ in checks)
    elif abs(expected - threshold) > 1e-9:
        assert score.passed is (expected >= threshold)


async def _slow_echo(assertion: Assertion, output: Output, _: Tools) -> Score:
    await asyncio.sleep(0)
    if assertion.value == "fail":
        raise InputError("The judge cannot be asked.")
    return Score(True, 0.5, judged=0.25)


@pytest.fixture
def _judge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grading, "SCORERS", {**SCORERS, "judge": Scorer(("judge",), awaited=_slow_echo)})


@pytest.mark.usefixtures("_judge")
async def test_what_must_be_awaited_keeps_its_place_and_its_cost() -> None:
    members = (Assertion("judge"), hit())
    score = await grading.grade(
        [hit(), Assertion("judge"), Assertion("assert-set", members=members)], Output("a")
    )
    assert [part.type for part in score.parts] == ["contains", "judge", None]
    assert score.value == pytest.approx((1 + 0.5 + 0.75) / 3)
    assert score.judged == 0.5


@pytest.mark.usefixtures("_judge")
async def test_an_error_of_one_that_is_awaited_comes_out_as_it_is() -> None:
    with pytest.raises(InputError, match="cannot be asked"):
        await grading.grade([Assertion("judge"), Assertion("judge", "fail")], Output("a"))


async def test_without_waiting_both_ways_agree() -> None:
    assertions = [hit(2, "m"), miss(), Assertion("assert-set", members=(hit(), miss()))]
    assert await grading.grade(assertions, Output("abc"), 0.5) == graded(*assertions, threshold=0.5)
