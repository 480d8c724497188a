"""Intervals of one share or mean, against scipy, textbooks and their own limits."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from bot.domain.statistics.intervals import jeffreys, newcombe, share_of_units, t_interval, wilson


@settings(deadline=None)
@given(n=st.integers(1, 400), data=st.data())
def test_wilson_is_scipys(n: int, data: st.DataObject) -> None:
    x = data.draw(st.integers(0, n))
    level = data.draw(st.sampled_from([0.8, 0.95, 0.983]))
    theirs = stats.binomtest(x, n).proportion_ci(level, method="wilson")
    ours = wilson(x, n, level)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)
    assert 0 <= ours.low <= x / n <= ours.high <= 1


def test_wilson_at_its_limits() -> None:
    nothing, none, all_ = wilson(0, 0), wilson(0, 10), wilson(10, 10)
    assert (nothing.low, nothing.high) == (0, 1)
    assert none.low == 0
    assert none.high == pytest.approx(1.959964**2 / (10 + 1.959964**2))
    assert (all_.low, all_.high) == pytest.approx((1 - none.high, 1))


@pytest.mark.parametrize(("x", "n"), [(0, 5), (5, 5), (3, 10), (81, 263)])
def test_jeffreys_is_the_beta_posterior(x: int, n: int) -> None:
    theirs = stats.beta(x + 0.5, n - x + 0.5).interval(0.95)
    ours = jeffreys(x, n)
    assert ours.low == (0 if x == 0 else pytest.approx(theirs[0]))
    assert ours.high == (1 if x == n else pytest.approx(theirs[1]))


def test_newcombe_as_he_published() -> None:
    """Newcombe 1998, table II, method 10: 56/70 - 48/80 is .0524 to .3339; 10/10 - 0/10 is .6075 to 1."""
    first = newcombe(56, 70, 48, 80)
    assert (first.low, first.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    sure = newcombe(10, 10, 0, 10)
    assert (sure.low, sure.high) == pytest.approx((0.6075, 1.0), abs=5e-5)
    assert newcombe(0, 0, 3, 5).low == -1


@settings(deadline=None)
@given(st.lists(st.floats(-5, 5), min_size=2, max_size=40).filter(lambda xs: np.std(xs) > 1e-6))
def test_t_is_scipys(values: list[float]) -> None:
    ours = t_interval(np.array(values))
    theirs = stats.ttest_1samp(values, 0).confidence_interval()
    assert ours is not None
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), rel=1e-6, abs=1e-9)


def test_one_value_has_no_t_interval() -> None:
    assert t_interval(np.array([0.5])) is None


@settings(deadline=None)
@given(st.lists(st.sampled_from([0.0, 1.0]), min_size=2, max_size=60))
@example([1.0] * 5)
@example([0.0] * 5)
def test_units_that_pass_or_fail_come_close_to_wilson(values: list[float]) -> None:
    """The effective number of plain passes and fails is n - 1, that of units that never vary is n."""
    ours, n = share_of_units(np.array(values)), len(values)
    effective = n if len(set(values)) == 1 else n - 1
    theirs = wilson(sum(values) / n * effective, effective)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high))


def test_steady_repeats_narrow_the_interval_and_clusters_widen_it() -> None:
    steady = share_of_units(np.array([0.6, 0.8, 0.7, 0.7, 0.6, 0.8]))
    torn = share_of_units(np.array([0.0, 1.0, 1.0, 1.0, 0.2, 1.0]))
    assert steady.high - steady.low < torn.high - torn.low
    assert math.isclose(share_of_units(np.array([])).high, 1)
