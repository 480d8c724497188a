"""Levels and limits: few weeks are careful, jumps show at once, seasons are no news, wild series pay."""

import numpy as np
import pytest

from bot.domain.drift.levels import Level
from bot.domain.drift.limits import Limit


def heights(values: "np.typing.ArrayLike", season: int = 0) -> list[float]:
    level = Level(season)
    found = []
    for value in np.asarray(values, float):
        level.see(float(value))
        found.append(level.height)
    return found


def noise(n: int, seed: int = 3) -> "np.typing.NDArray[np.float64]":
    return np.random.default_rng(seed).standard_normal(n)


def test_a_jump_shows_within_two_weeks_and_is_dated() -> None:
    level = Level()
    for value in [*noise(20, seed=4), *(noise(2, seed=5) + 5)]:
        level.see(value)
    assert level.height > 2.5
    assert level.since == 2


@pytest.mark.parametrize(
    ("shift", "weeks", "least", "most"), [(4.0, 2, 0.9, 1.0), (2.0, 6, 0.7, 1.0), (0.0, 8, 0.0, 0.2)]
)
def test_shifts_are_found_and_noise_is_not(shift: float, weeks: int, least: float, most: float) -> None:
    """Of 60 series, by the size in sigmas of what happened after 30 weeks."""
    found = 0
    for seed in range(60):
        values = noise(30 + weeks, seed)
        values[30:] += shift
        found += max(heights(values)[30:]) > 2.5
    assert least <= found / 60 <= most


def test_few_weeks_are_careful() -> None:
    """The same error of three spreads is worth less after five weeks than after fifty."""
    short = [*np.resize([-1.0, 1.0], 5), 3.0]
    long = [*np.resize([-1.0, 1.0], 50), 3.0]
    assert heights(short)[-1] < heights(long)[-1]


def test_a_season_is_no_news_once_it_is_known() -> None:
    """A December peak, three years in a row: by the third it is expected."""
    year = np.zeros(12)
    year[11] = 8.0
    values = np.tile(year, 4) + 0.5 * noise(48)
    assert heights(values, season=12)[-1] < 2.5 < heights(values)[-1]


def test_a_restart_stands_on_this_week() -> None:
    level = Level()
    for value in [*noise(20), 9.0]:
        level.see(value)
    level.restart(9.0)
    assert level.height == 0
    for value in 9.0 + 0.5 * noise(5):
        level.see(value)
    assert level.height < 2.5


def test_a_constant_that_moves_is_an_alarm_and_none_is_not() -> None:
    assert max(heights([5.0] * 30)) == 0
    assert heights([5.0] * 30 + [6.0])[-1] > 2.5


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e12])
def test_the_unit_does_not_matter(scale: float) -> None:
    values = noise(30)
    assert heights(values * scale) == pytest.approx(heights(values), rel=1e-6, abs=1e-6)


def test_a_wild_series_pays_with_its_limit() -> None:
    """Heights that would be above the floor in 45 of 100 weeks alarm in some 3."""
    limit = Limit(2.5)
    rng = np.random.default_rng(5)
    alarms = sum(limit.passed(float(height)) for height in 2.4 + rng.exponential(0.5, 5000))
    assert 0.02 < alarms / 5000 < 0.05


def test_a_wild_year_does_not_deafen() -> None:
    limit = Limit(2.5)
    for _ in range(50):
        limit.passed(99.0)
    assert limit.passed(4.6)


def test_a_quiet_series_keeps_the_floor() -> None:
    limit = Limit(2.5)
    assert not any(limit.passed(2.4) for _ in range(200))
    assert limit.passed(2.6)
