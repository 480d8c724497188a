"""Trends: complete weeks only, intervals that hold what they promise, and few false rises."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clustering.trend import complete_weeks, trends
from tests.unit.themes.blobs import MONDAY


def daily(days: int, start: datetime = MONDAY) -> list[datetime | None]:
    return [start + timedelta(days=i) for i in range(days)]


def test_a_log_of_whole_weeks_keeps_them_all() -> None:
    weeks = complete_weeks(daily(28))

    assert len(weeks.mondays) == 4
    assert weeks.counts(daily(28)).tolist() == [7, 7, 7, 7]


@pytest.mark.parametrize(
    ("first", "days", "kept"),
    [
        (0, 31, 4),  # ends on a Wednesday
        (3, 25, 3),  # begins on a Thursday
        (3, 29, 3),  # both
        (0, 5, 0),  # a part of one week
        (0, 7, 1),
    ],
)
def test_begun_weeks_at_both_ends_are_dropped(first: int, days: int, kept: int) -> None:
    dates = daily(days, MONDAY + timedelta(days=first))

    assert len(complete_weeks(dates).mondays) == kept


def test_a_desk_closed_at_weekends_loses_no_week() -> None:
    dates = [moment for moment in daily(28) if moment is not None and moment.weekday() < 5]

    assert len(complete_weeks(dates).mondays) == 4


def test_a_week_that_is_not_over_is_dropped_and_quiet_weeks_within_count_as_none() -> None:
    dates = [*daily(7), *daily(7, MONDAY + timedelta(days=21))]

    assert len(complete_weeks(dates, now=MONDAY + timedelta(days=27)).mondays) == 3
    assert complete_weeks(dates).counts(dates).tolist() == [7, 0, 0, 7]


def test_without_dates_there_is_no_trend() -> None:
    assert complete_weeks([None, None]).mondays == ()
    assert trends(np.zeros((2, 0), np.int64))[0].weekly == ()


def test_moments_are_read_in_utc() -> None:
    late_sunday_in_new_york = datetime.fromisoformat("2026-08-09T21:30:00-04:00")
    dates: list[datetime | None] = [*daily(14), late_sunday_in_new_york]

    assert complete_weeks(dates).counts([late_sunday_in_new_york]).tolist() == [0, 1]
    assert complete_weeks([datetime(2026, 8, 9, 23, 59)]).mondays == ()  # noqa: DTZ001 naive logs exist


def test_the_stretches_and_their_change() -> None:
    steady, grown = [20] * 8, [20, 20, 20, 20, 20, 45, 50, 55]

    (still, risen) = trends(np.array([steady, grown]), others=np.array([200] * 8))

    assert (still.change, still.rising) == (0, False)
    assert risen.change == (45 + 50 + 55) - 3 * 20
    assert risen.low is not None
    assert risen.high is not None
    assert 0 < risen.low < risen.change < risen.high
    assert risen.rising
    assert risen.weekly == tuple(grown)


def test_a_theme_that_grows_only_as_fast_as_the_whole_log_does_not_rise() -> None:
    growth = np.array([10, 10, 10, 30, 30, 30])

    found = trends(np.stack([growth, growth]), others=growth * 20)

    assert all(trend.change == 60 for trend in found)
    assert not any(trend.rising for trend in found)


def test_few_tickets_prove_nothing() -> None:
    (trend,) = trends(np.array([[0, 0, 0, 1, 1, 1]]), others=np.array([50] * 6))

    assert trend.change == 3
    assert not trend.rising
    assert trend.low is not None
    assert trend.low <= 0


@pytest.mark.parametrize("wobble", [0.0, 0.4])
def test_the_interval_covers_the_true_change_and_noise_seldom_rises(wobble: float) -> None:
    """Simulated: 30 themes without any trend, Poisson weeks or weeks that wobble together twice as much."""
    rng = np.random.default_rng(1)
    covered = risen = themes = 0
    for _ in range(40):
        mean = (
            rng.uniform(3, 40, size=(30, 1)) * rng.gamma(1 / wobble**2, wobble**2, (30, 8))
            if wobble
            else (np.broadcast_to(rng.uniform(3, 40, size=(30, 1)), (30, 8)))
        )
        found = trends(rng.poisson(mean))
        covered += sum(trend.low <= 0 <= trend.high for trend in found)  # type: ignore[operator]
        risen += sum(trend.rising for trend in found)
        themes += len(found)

    assert covered / themes > 0.93
    assert risen / 40 < 0.25


@given(st.lists(st.lists(st.integers(0, 60), min_size=7, max_size=7), min_size=1, max_size=8))
def test_what_rises_lies_above_zero_and_the_interval_is_in_order(weekly: list[list[int]]) -> None:
    for trend in trends(np.array(weekly)):
        assert trend.low is not None
        assert trend.high is not None
        assert trend.change is not None
        assert trend.low <= trend.change <= trend.high
        assert not trend.rising or trend.low > 0


def test_dates_in_utc_fixture() -> None:
    assert MONDAY.weekday() == 0
    assert MONDAY.tzinfo is UTC
