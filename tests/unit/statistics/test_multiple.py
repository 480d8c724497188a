"""Corrections for many tests, against scipy and the definitions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from bot.domain.statistics.multiple import benjamini_hochberg, holm, holm_alphas

p_values = st.lists(st.floats(0, 1), min_size=1, max_size=12)


@settings(deadline=None)
@given(p_values)
def test_benjamini_hochberg_is_scipys(p: list[float]) -> None:
    assert benjamini_hochberg(p) == pytest.approx(list(stats.false_discovery_control(p)))


@settings(deadline=None)
@given(p_values)
def test_holm_rejects_what_stepping_down_rejects(p: list[float]) -> None:
    """Smallest first, each against alpha over those left; the first that fails ends it."""
    rejected = set()
    for step, place in enumerate(sorted(range(len(p)), key=lambda i: p[i])):
        if p[place] > 0.05 / (len(p) - step):
            break
        rejected.add(place)
    adjusted = holm(p)
    assert {i for i, value in enumerate(adjusted) if value <= 0.05 * (1 + 1e-12)} == rejected
    assert all(value >= own for value, own in zip(adjusted, p, strict=True))


@settings(deadline=None)
@given(p_values)
def test_an_interval_at_holms_alpha_agrees_with_holms_p(p: list[float]) -> None:
    for own, adjusted, alpha in zip(p, holm(p), holm_alphas(p), strict=True):
        if abs(adjusted - 0.05) > 1e-9:
            assert (own <= alpha) == (adjusted <= 0.05)


def test_an_example_worked_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm_alphas([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.05 / 3, 0.025, 0.025, 0.0125])
    assert holm([]) == []
    assert benjamini_hochberg([]) == []
