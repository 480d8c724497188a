"""Student's t without scipy, against scipy's."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from bot.domain.statistics.distributions import normal_cdf, normal_quantile, t_tails, two_sided_t, two_sided_z


@settings(deadline=None)
@given(st.floats(-60, 60), st.integers(1, 5_000))
@example(0.0, 1)
@example(1e-9, 7)
@example(1e8, 1)
@example(2.0, 1_000_000)
def test_tails_are_scipys(statistic: float, freedom: int) -> None:
    assert t_tails(statistic, freedom) == pytest.approx(
        2 * stats.t.sf(abs(statistic), freedom), rel=1e-9, abs=1e-300
    )


@settings(deadline=None)
@given(st.sampled_from([0.5, 0.8, 0.95, 0.99, 0.995, 0.9999]), st.integers(1, 5_000))
@example(0.9999, 1)
@example(0.95, 100_000)
def test_quantiles_are_scipys(level: float, freedom: int) -> None:
    assert two_sided_t(level, freedom) == pytest.approx(stats.t.ppf(0.5 + level / 2, freedom), rel=1e-9)


def test_the_normal() -> None:
    assert two_sided_z(0.95) == pytest.approx(1.959963984540054)
    assert normal_cdf(normal_quantile(0.3)) == pytest.approx(0.3)
