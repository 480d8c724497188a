"""Gaps are found where the rhythm breaks, and not where it is quiet by habit."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.audit.rhythm import silences

MONDAY = date(2026, 1, 5)


def log(
    days: int, weekday: float, weekend: float, *, silent: range = range(0), seed: int = 0
) -> Counter[date]:
    rng = np.random.default_rng(seed)
    counts: Counter[date] = Counter()
    for day in range(days):
        rate = weekend if day % 7 >= 5 else weekday
        if day not in silent and (count := int(rng.poisson(rate))):
            counts[MONDAY + timedelta(days=day)] = count
    return counts


def test_a_silent_week_is_found_to_the_day() -> None:
    gaps = silences(log(120, 20, 0, silent=range(56, 61)))
    assert [(gap.start, gap.end, gap.days) for gap in gaps] == [(date(2026, 3, 2), date(2026, 3, 6), 5)]


def test_two_gaps_come_oldest_first() -> None:
    counts = log(200, 10, 10, silent=range(40, 50))
    for day in range(150, 170):
        counts.pop(MONDAY + timedelta(days=day), None)
    assert [gap.days for gap in silences(counts)] == [10, 20]


def test_long_gaps_do_not_hide_themselves() -> None:
    gaps = silences(log(300, 8, 8, silent=range(60, 200)))
    assert [gap.days for gap in gaps] == [140]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("weekday", "weekend"), [(20, 0), (20, 1), (3, 0.2), (0.5, 0.5), (0.1, 0.1)])
def test_quiet_weekends_and_sparse_logs_are_no_gaps(weekday: float, weekend: float, seed: int) -> None:
    assert silences(log(180, weekday, weekend, seed=seed)) == ()


def test_one_public_holiday_is_no_gap() -> None:
    assert silences(log(120, 20, 0, silent=range(57, 58))) == ()


def test_a_thin_beginning_is_no_gap() -> None:
    counts = Counter({MONDAY: 1, MONDAY + timedelta(days=9): 1})
    counts.update({MONDAY + timedelta(days=day): day - 20 for day in range(30, 120)})
    assert silences(counts) == ()


def test_a_stray_ticket_long_before_the_log_is_no_gap() -> None:
    assert silences(Counter({MONDAY - timedelta(days=90): 1}) + log(120, 20, 0)) == ()


def test_too_few_to_judge() -> None:
    assert silences({}) == ()
    assert silences({MONDAY: 15, MONDAY + timedelta(days=100): 14}) == ()
    assert silences({MONDAY: 500, MONDAY + timedelta(days=12): 500}) == ()


@given(st.dictionaries(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(1, 500), max_size=30))
def test_gaps_lie_in_silence(counts: dict[date, int]) -> None:
    for gap in silences(counts):
        assert (gap.end - gap.start).days + 1 == gap.days
        assert not any(gap.start <= day <= gap.end for day in counts)
