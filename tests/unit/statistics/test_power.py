"""Sizes: what is known, and what a count of simulated experiments confirms."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.statistics.power import detectable_mean, detectable_share, settled, smallest


def test_detectable_share_solves_connors_formula() -> None:
    """Connor 1987: n = (1.96 sqrt(f) + 0.8416 sqrt(f - d^2))^2 / d^2."""
    found = detectable_share(200, 0.2)
    assert found is not None
    n = (1.959964 * 0.2**0.5 + 0.841621 * (0.2 - found**2) ** 0.5) ** 2 / found**2
    assert n == pytest.approx(200, rel=1e-6)


@settings(deadline=None)
@given(st.integers(1, 3_000), st.floats(0.02, 1))
def test_more_cases_show_less(n: int, share: float) -> None:
    few, many = detectable_share(n, share), detectable_share(2 * n, share)
    assert few is None or (many is not None and many <= few)


def test_too_few_cases_show_nothing() -> None:
    assert detectable_share(0) is None
    assert detectable_share(3) is None
    assert detectable_mean(1, 0.3) is None


def test_power_of_the_t_test() -> None:
    found = detectable_mean(100, 0.5)
    assert found == pytest.approx(2.801585 * 0.5 / 10, rel=1e-5)


@pytest.mark.parametrize("cheaper", [False, True])
@pytest.mark.parametrize(("n", "true"), [(100, 0.08), (400, 0.0), (400, 0.04), (900, -0.02), (60, -0.2)])
def test_settled_is_what_simulated_means_do(n: int, true: float, cheaper: bool) -> None:
    margin, spread = 0.05, 0.45
    error = spread / n**0.5
    means = np.random.default_rng(1).normal(true, error, 200_000)
    low, high = means - 1.959964 * error, means + 1.959964 * error
    done = (low > 0) | (high < 0) | ((low > -margin) & (high < margin))
    if cheaper:
        done |= low > -margin
    found = settled(n, true, spread, margin=margin, alpha=0.05, cheaper=cheaper)
    assert found == pytest.approx(done.mean(), abs=0.005)


def test_smallest_finds_the_edge_or_gives_up() -> None:
    assert smallest(lambda n: n >= 137, 40) == 137
    assert smallest(lambda n: True, 40) == 40
    assert smallest(lambda n: False, 1) is None
