"""Ratios of costs and times: values by hand, intervals against the linearised normal ones."""

import math

import numpy as np
import pytest

from bot.domain.statistics.bootstrap import ratio_of_totals, ratio_of_typical


def test_half_the_price_is_half_however_the_cases_vary() -> None:
    base = np.random.default_rng(1).lognormal(0, 1, 30)
    found = ratio_of_totals(base / 2, base)
    assert found is not None
    assert (found.value, found.interval.low, found.interval.high, found.n) == pytest.approx(
        (0.5, 0.5, 0.5, 30)
    )


def test_the_bootstrap_agrees_with_the_linearised_interval() -> None:
    rng = np.random.default_rng(2)
    base = rng.lognormal(0, 0.4, 400)
    new = 0.8 * base * rng.lognormal(0, 0.3, 400)
    found = ratio_of_totals(new, base)
    assert found is not None
    influence = new / new.mean() - base / base.mean()
    error = 1.96 * influence.std() / 20
    assert math.log(found.interval.high) == pytest.approx(math.log(found.value) + error, abs=0.006)
    assert math.log(found.interval.low) == pytest.approx(math.log(found.value) - error, abs=0.006)


def test_many_units_and_few_meet() -> None:
    """From 1,000 units on the interval is linearised; it goes on where the bootstrap left off."""
    rng = np.random.default_rng(3)
    base, new = rng.lognormal(6, 0.5, 1_000), rng.lognormal(6.1, 0.5, 1_000)
    for make in (ratio_of_totals, ratio_of_typical):
        below, above = make(new[:999], base[:999]), make(new, base)
        assert below is not None
        assert above is not None
        assert below.interval.low == pytest.approx(above.interval.low, rel=0.006)
        assert below.interval.high == pytest.approx(above.interval.high, rel=0.006)


def test_typical_is_the_geometric_mean_and_leaves_out_what_took_no_time() -> None:
    found = ratio_of_typical(np.array([2.0, 8.0, 0.0]), np.array([1.0, 1.0, 5.0]))
    assert found is not None
    assert (found.value, found.n) == pytest.approx((4, 2))


def test_where_there_is_no_ratio() -> None:
    one, free = np.array([1.0]), np.zeros(3)
    assert ratio_of_totals(one, one) is None
    assert ratio_of_totals(np.ones(3), free) is None
    assert ratio_of_typical(free, np.ones(3)) is None
    nothing = ratio_of_totals(free, np.ones(3))
    assert nothing is not None
    assert nothing.interval.high == 0


def test_the_same_seed_gives_the_same_interval() -> None:
    rng = np.random.default_rng(4)
    one, other = rng.random(20) + 0.1, rng.random(20) + 0.1
    assert ratio_of_totals(one, other, seed=7) == ratio_of_totals(one, other, seed=7)
