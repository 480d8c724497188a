"""Scales, ticks and places of the charts."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.experiments.charts import Dot, Scale, apart, bar, linear, logarithmic, ticks, within
from bot.domain.experiments.results import Interval

numbers = st.floats(-1e6, 1e6, allow_nan=False)


def test_a_scale_maps_its_ends_and_its_middle() -> None:
    scale = Scale(-0.1, 0.3)
    assert [scale.at(value) for value in (-0.1, 0.0, 0.1, 0.3)] == [0, 25, 50, 100]
    assert (scale.at(-5), scale.at(5)) == (0, 100)


def test_a_logarithmic_scale_gives_equal_room_to_equal_ratios() -> None:
    scale = Scale(0.01, 100, log=True)
    assert [scale.at(value) for value in (0.01, 0.1, 1, 10, 100)] == [0, 25, 50, 75, 100]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 1, (0, 0.2, 0.4, 0.6, 0.8, 1)),
        (-0.06, 0.23, (0, 0.1, 0.2)),
        (-12, 12, (-10, -5, 0, 5, 10)),
        (0, 0.05, (0, 0.01, 0.02, 0.03, 0.04, 0.05)),
        (3, 3, (3,)),
    ],
)
def test_ticks_are_round(low: float, high: float, expected: tuple[float, ...]) -> None:
    assert ticks(low, high) == pytest.approx(expected)


@given(st.lists(numbers, min_size=1, max_size=8))
@example([0.0])
@example([0.5, 0.5, 0.5])
@example([1e-12, 1.0])
def test_a_linear_scale_holds_its_values_with_few_even_ticks(values: list[float]) -> None:
    scale = linear(values)
    assert scale.low < min(values) <= max(values) < scale.high
    assert 1 <= len(scale.ticks) <= 7
    assert all(
        scale.low <= tick <= scale.high or math.isclose(tick, scale.low, abs_tol=1e-9) for tick in scale.ticks
    )
    steps = [b - a for a, b in zip(scale.ticks, scale.ticks[1:], strict=False)]
    assert all(step == pytest.approx(steps[0], rel=1e-3, abs=1e-9) for step in steps)


def test_a_trifle_does_not_fill_the_drawing() -> None:
    scale = linear([0.801, 0.802], least=0.2)
    assert scale.high - scale.low >= 0.2


def test_nothing_known_still_gives_a_scale() -> None:
    assert linear([]).at(0.0) == 50
    assert linear([math.nan, math.inf]).at(0.0) == 50
    assert logarithmic([]).low < 1 < logarithmic([]).high


@given(st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=6))
def test_a_logarithmic_scale_holds_its_values(values: list[float]) -> None:
    scale = logarithmic(values)
    assert 0 < scale.low < min(values) <= max(values) < scale.high
    assert all(scale.low <= tick <= scale.high for tick in scale.ticks)
    assert all(0 <= scale.at(value) <= 100 for value in values)


def test_a_short_way_has_even_ticks() -> None:
    assert logarithmic([1.9, 2.3]).ticks == (1.75, 2.0, 2.25, 2.5, 2.75)
    assert logarithmic([0.1, 25.6]).ticks == (0.1, 1.0, 10.0)


def test_a_share_has_no_place_above_one() -> None:
    scale = within(linear([0.5, 0.99]), 0, 1)
    assert scale.high == 1
    assert max(scale.ticks) <= 1
    assert scale.at(1.0) == 100


def test_a_bar_stands_where_its_interval_does() -> None:
    drawn = bar(Scale(-1, 1), 0.5, Interval(0.0, 0.8))
    assert (drawn.left, drawn.middle, drawn.right, drawn.width) == (50, 75, 90, 40)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), max_size=12))
@example([(50.0, 50.0)] * 12)
def test_no_dot_covers_another(places: list[tuple[float, float]]) -> None:
    dots = apart([Dot(str(i), x, y, y, y) for i, (x, y) in enumerate(places)])
    for i, one in enumerate(dots):
        for other in dots[:i]:
            across = (one.x - other.x) * 4.2 + one.dx - other.dx
            assert math.hypot(across, (one.y - other.y) * 2.4) >= 23.9


def test_dots_that_are_apart_are_left_alone() -> None:
    dots = (Dot("a", 10, 10, 5, 15), Dot("b", 60, 40, 30, 50))
    assert apart(dots) == dots
