"""Differences on the same cases: intervals, mid-p, sign flips, against independent formulas."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from bot.domain.statistics.paired import difference, mid_p_mcnemar, paired_p, paired_t, sign_flips


def gaps(wins: int, losses: int, ties: int) -> np.ndarray:
    return np.repeat([1.0, -1.0, 0.0], [wins, losses, ties])


counts = st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 60)).filter(lambda x: sum(x) > 0)


@settings(deadline=None)
@given(counts)
@example((0, 0, 1))
@example((1, 0, 0))
@example((0, 0, 40))
@example((40, 0, 0))
def test_pass_or_fail_is_bonett_and_price_with_t(split: tuple[int, int, int]) -> None:
    """Bonett and Price 2012: shares of (wins + 1) and (losses + 1) in n + 2, here with t of n + 1 degrees."""
    wins, losses, ties = split
    n = wins + losses + ties
    p, q = (wins + 1) / (n + 2), (losses + 1) / (n + 2)
    half = stats.t.ppf(0.975, n + 1) * math.sqrt((p + q - (p - q) ** 2) / (n + 2))
    found = difference(gaps(*split))
    assert found is not None
    assert found.mean == pytest.approx((wins - losses) / n)
    expected = max(-1, p - q - half), min(1, p - q + half)
    assert (found.interval.low, found.interval.high) == pytest.approx(expected)


@settings(deadline=None)
@given(counts)
def test_swapping_the_arms_mirrors_the_interval(split: tuple[int, int, int]) -> None:
    wins, losses, ties = split
    one, other = difference(gaps(wins, losses, ties)), difference(gaps(losses, wins, ties))
    assert one is not None
    assert other is not None
    assert one.interval.low == pytest.approx(-other.interval.high)


def test_all_ties_prove_little() -> None:
    """With t there would be no width at all, and forty ties would "prove" that there is no difference."""
    found = difference(np.zeros(40))
    assert found is not None
    assert found.interval.high == pytest.approx(-found.interval.low)
    assert 0.05 < found.interval.high < 0.1


def test_the_same_gain_in_all_cases_is_not_certain_to_the_last_digit() -> None:
    found = difference(np.full(12, 0.1))
    assert found is not None
    assert 0 < found.interval.low < 0.08
    assert found.mean == pytest.approx(0.1)


def test_nothing_and_one_graded_score_say_nothing() -> None:
    assert difference(np.array([])) is None
    assert difference(np.array([0.3])) is None


def test_graded_scores_get_students_interval() -> None:
    values = np.random.default_rng(1).normal(0.1, 0.2, 30)
    theirs = stats.ttest_1samp(values, 0).confidence_interval(0.9)
    found = difference(values, 0.9)
    assert found is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((theirs.low, theirs.high))


def test_rare_graded_differences_are_not_taken_for_a_narrow_interval() -> None:
    values = np.concatenate([np.zeros(18), [0.3, 0.4]])
    theirs = stats.ttest_1samp(values, 0).confidence_interval()
    found = difference(values)
    assert found is not None
    assert found.interval.high - found.interval.low > theirs.high - theirs.low


@pytest.mark.parametrize(("wins", "losses"), [(0, 0), (6, 0), (0, 5), (9, 3), (12, 12), (40, 21), (300, 260)])
def test_mid_p_is_the_exact_test_less_half_the_seen(wins: int, losses: int) -> None:
    total, fewer = wins + losses, min(wins, losses)
    expected = 1.0
    if total:
        expected = min(1.0, 2 * stats.binom.cdf(fewer, total, 0.5) - stats.binom.pmf(fewer, total, 0.5))
    assert mid_p_mcnemar(wins, losses) == pytest.approx(expected)


def test_mid_p_of_many_cases_runs_on_smoothly() -> None:
    exact = 2 * stats.binom.cdf(480, 1_001, 0.5) - stats.binom.pmf(480, 1_001, 0.5)
    assert mid_p_mcnemar(480, 521) == pytest.approx(exact, rel=2e-3)


@settings(deadline=None)
@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=8), st.data())
def test_few_sign_flips_are_all_tried(sizes: list[float], data: st.DataObject) -> None:
    values = [size * data.draw(st.sampled_from([-1, 1])) for size in sizes]
    seen = abs(math.fsum(values))
    flips = [
        abs(math.fsum(s * abs(v) for s, v in zip(signs, values, strict=True)))
        for signs in itertools.product((1, -1), repeat=len(values))
    ]
    expected = sum(x >= seen - 1e-9 for x in flips) / len(flips)
    assert sign_flips(np.array(values)) == pytest.approx(expected)


def test_drawn_sign_flips_agree_with_scipys_and_with_themselves() -> None:
    values = np.random.default_rng(5).normal(0.2, 0.3, 40)
    theirs = stats.permutation_test(
        (values, np.zeros(40)), lambda x, y, axis: np.mean(x - y, axis=axis), permutation_type="samples",
        vectorized=True, rng=np.random.default_rng(6), n_resamples=9_999,
    )  # fmt: skip
    ours = sign_flips(values, seed=1)
    assert ours == pytest.approx(float(theirs.pvalue), abs=0.015)
    assert ours == sign_flips(values, seed=1)
    assert ours == pytest.approx(paired_t(values), abs=0.02)


def test_paired_t_is_scipys() -> None:
    rng = np.random.default_rng(2)
    one, other = rng.random(50), rng.random(50)
    assert paired_t(one - other) == pytest.approx(float(stats.ttest_rel(one, other).pvalue))


def test_p_at_its_limits() -> None:
    assert paired_p(np.array([0.4])) is None
    assert paired_p(np.zeros(5)) == 1
    assert paired_p(np.full(300, 0.1)) == 0
    assert paired_p(np.full(5, 0.1)) == pytest.approx(2 / 2**5)
