"""Dates of changes: the best segmentation against all there are, and jumps where they were put."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drift.dating import segments, weeks_since


def cost(values: list[float], starts: list[int]) -> float:
    """Squared errors about each segment's mean, and the penalty of every change."""
    gaps = sorted(abs(b - a) for a, b in itertools.pairwise(values))
    middle = (gaps[(len(gaps) - 1) // 2] + gaps[len(gaps) // 2]) / 2
    noise = middle / (0.6745 * math.sqrt(2))
    errors = 0.0
    for start, end in itertools.pairwise([*starts, len(values)]):
        part = values[start:end]
        errors += sum((value - sum(part) / len(part)) ** 2 for value in part)
    return errors + (len(starts) - 1) * 3.0 * math.log(len(values)) * noise**2


@given(st.lists(st.floats(-100, 100), min_size=3, max_size=8))
def test_no_other_segmentation_is_better(values: list[float]) -> None:
    places = range(1, len(values))
    every = [[0, *inner] for k in range(len(values)) for inner in itertools.combinations(places, k)]
    least = min(cost(values, starts) for starts in every)
    assert cost(values, segments(values)) == pytest.approx(least, abs=1e-6, rel=1e-9)


def test_jumps_are_dated() -> None:
    noise = np.random.default_rng(2).standard_normal(40)
    noise[15:] += 8
    noise[33:] -= 5
    assert segments(list(noise)) == [0, 15, 33]
    assert weeks_since(list(noise), otherwise=1) == 7


def test_without_a_change_the_alarm_s_own_date_stands() -> None:
    noise = np.random.default_rng(3).standard_normal(30)
    assert segments(list(noise)) == [0]
    assert weeks_since(list(noise), otherwise=4) == 4
    assert weeks_since([1.0, 2.0], otherwise=1) == 1
