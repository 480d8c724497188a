"""Weeks lie end to end in every zone, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.weeks import Week, newest_complete, weeks_until
from bot.errors import InputError

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "America/Sao_Paulo"]
FIRST, LAST = datetime(2011, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
moments = st.integers(0, int((LAST - FIRST).total_seconds())).map(lambda s: FIRST + timedelta(seconds=s))


@given(moments, st.sampled_from(ZONES))
def test_the_newest_complete_week_is_over_and_the_next_is_not(now: datetime, zone: str) -> None:
    week = newest_complete(now, zone)
    assert week.monday.isoweekday() == 1
    assert week.until <= now < week.before(-1).until


@given(moments, st.sampled_from(ZONES), st.integers(1, 60))
def test_weeks_lie_end_to_end(now: datetime, zone: str, count: int) -> None:
    weeks = weeks_until(newest_complete(now, zone), count)
    assert len(weeks) == count
    assert all(one.until == other.since for one, other in pairwise(weeks))


def test_clocks_that_go_back_make_an_hour_more() -> None:
    week = Week(date(2026, 10, 19), "Europe/Berlin")
    assert week.until - week.since == timedelta(days=7, hours=1)
    assert (week.name, week.since) == ("2026-W43", datetime(2026, 10, 18, 22, tzinfo=UTC))


def test_a_year_may_begin_in_the_old_one() -> None:
    assert Week(date(2024, 12, 30)).name == "2025-W01"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "Europe", "x" * 5000, "\0"])
def test_a_zone_that_nobody_knows_is_one_sentence(zone: str) -> None:
    with pytest.raises(InputError, match="no time zone"):
        newest_complete(datetime(2026, 1, 1, tzinfo=UTC), zone)
