"""Numbers behind a draft, against scipy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from bot.domain.drafting.quantities import cases_needed, lower_bound, wilson, zero_failures_rule


@given(st.integers(1, 3000), st.data())
def test_wilson_agrees_with_scipy(n: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, n))
    expected = binomtest(successes, n).proportion_ci(method="wilson")
    low, high = wilson(successes, n)
    assert low == pytest.approx(expected.low, abs=1e-6)
    assert high == pytest.approx(expected.high, abs=1e-6)


@given(st.integers(80, 99), st.sampled_from([3.0, 4.0, 5.0, 6.0, 8.0]))
def test_the_cases_needed_suffice_and_ten_fewer_do_not(threshold: int, margin: float) -> None:
    def short_by(n: int) -> float:
        return threshold - 100 * float(
            binomtest(round(n * threshold / 100), n).proportion_ci(method="wilson").low
        )

    n = cases_needed(threshold, margin)
    assert short_by(n) <= margin + 1e-6
    if n > 10:
        assert short_by(n - 10) > margin - 1e-6


def test_more_certainty_needs_more_cases() -> None:
    assert cases_needed(90, 3) > cases_needed(90, 5)


def test_the_lower_bound_of_the_worked_example() -> None:
    assert lower_bound(95, 200) == 91  # 190 of 200: 91.0 %


def test_no_failure_in_sixty_leaves_about_five_per_cent() -> None:
    assert zero_failures_rule(60) == pytest.approx(4.87, abs=0.01)
