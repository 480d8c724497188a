"""Agreement with people: Cohen's own numbers, corrected rates by hand, limits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.statistics.agreement import (
    Agreement,
    corrected_interval,
    kappa,
    kappa_interval,
    rogan_gladen,
)


def test_kappa_by_hand() -> None:
    """20 and 15 agree, 5 and 10 do not: seen .7, by chance .5, so .4 (the textbooks' example)."""
    assert kappa(Agreement(20, 5, 10, 15)) == pytest.approx(0.4)


def test_kappa_interval_is_close_to_fleiss() -> None:
    """Fleiss, Cohen and Everitt's large-sample error for 200, 50, 100, 150 is .0407: .320 to .480."""
    agreement = Agreement(200, 50, 100, 150)
    p, n = [[0.4, 0.1], [0.2, 0.3]], 500
    rows, columns = [0.5, 0.5], [0.6, 0.4]
    seen, chance = 0.7, 0.5
    k = 0.4
    own = sum(p[i][i] * (1 - (rows[i] + columns[i]) * (1 - k)) ** 2 for i in (0, 1))
    other = (1 - k) ** 2 * sum(
        p[i][j] * (columns[i] + rows[j]) ** 2 for i in (0, 1) for j in (0, 1) if i != j
    )
    error = ((own + other - (k - chance * (1 - k)) ** 2) / (n * (1 - chance) ** 2)) ** 0.5
    found = kappa_interval(agreement)
    assert seen - chance == pytest.approx(k * (1 - chance))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((k - 1.96 * error, k + 1.96 * error), abs=0.01)


def test_kappa_where_there_is_nothing_to_agree_on() -> None:
    assert kappa(Agreement(0, 0, 0, 0)) is None
    assert kappa(Agreement(9, 0, 0, 0)) is None
    assert kappa_interval(Agreement(9, 0, 0, 0)) is None
    assert kappa(Agreement(9, 0, 9, 0)) == 0
    assert kappa(Agreement(5, 0, 0, 5)) == 1


@settings(deadline=None)
@given(st.floats(0, 1), st.floats(0.55, 1), st.floats(0.55, 1))
def test_rogan_gladen_undoes_the_judges_mistakes(true: float, sensitivity: float, specificity: float) -> None:
    judged = true * sensitivity + (1 - true) * (1 - specificity)
    assert rogan_gladen(judged, sensitivity, specificity) == pytest.approx(true, abs=1e-9)


def test_a_coin_corrects_nothing() -> None:
    assert rogan_gladen(0.5, 0.5, 0.5) is None
    assert corrected_interval(50, 100, Agreement(10, 10, 10, 10)) is None
    assert corrected_interval(0, 0, Agreement(10, 0, 0, 10)) is None


@settings(deadline=None)
@given(st.integers(0, 200), st.integers(5, 60), st.integers(0, 5), st.integers(0, 5), st.integers(5, 60))
def test_corrected_intervals_stay_within_shares(x: int, a: int, b: int, c: int, d: int) -> None:
    found = corrected_interval(x, 200, Agreement(a, b, c, d))
    assert found is None or 0 <= found.low <= found.high <= 1
