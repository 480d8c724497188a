"""Whether a theme grows: weekly counts, and an interval on the change that rows of one week do not fool."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median

import numpy as np
import numpy.typing as npt
from scipy import stats

from bot.domain.themes import Trend

STRETCH = 3
"""Weeks compared with as many before them; fewer where the log is shorter."""
_LEVEL = 0.95
_FALSE_RISES = 0.05
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Weeks:
    """``mondays`` of the complete weeks of a log, oldest first, without gaps."""

    mondays: tuple[date, ...] = ()

    def counts(self, dates: Sequence[datetime | None]) -> npt.NDArray[np.int64]:
        """Tickets in each week, (weeks,)."""
        found = Counter(_monday(day(moment)) for moment in dates if moment is not None)
        return np.array([found[monday] for monday in self.mondays], np.int64)


def complete_weeks(dates: Sequence[datetime | None], now: datetime | None = None) -> Weeks:
    """The weeks (Monday to Sunday, UTC) that the log covers whole.

    An export begins and ends on any day. Its first and last week are counted only if they reach as early and
    as late into the week as the other weeks usually do, the last also only if it is over at ``now``.
    """
    days = sorted({day(moment) for moment in dates if moment is not None})
    if not days:
        return Weeks()
    first, last = _monday(days[0]), _monday(days[-1])
    mondays = [first + _WEEK * i for i in range((last - first).days // 7 + 1)]
    inner = [d for d in days if mondays[0] < _monday(d) < mondays[-1]]
    begins, ends = _usual(inner)
    if days[-1].weekday() < ends or (now is not None and day(now) < last + _WEEK):
        mondays = mondays[:-1]
    if days[0].weekday() > begins:
        mondays = mondays[1:]
    return Weeks(tuple(mondays))


def trends(weekly: npt.NDArray[np.int64], others: npt.NDArray[np.int64] | None = None) -> list[Trend]:
    """One trend per row of ``weekly`` (themes, weeks); ``others`` are tickets of no theme, (weeks,).

    The newest stretch of h weeks (three, or half of a shorter log) against the h before. Given both together,
    the newest count is binomial (Przyborowski and Wilenski 1940); its share has a Jeffreys interval, which
    times both together is the interval of the change in tickets. Real weeks wobble more than Poisson ones, so
    counts are divided by the dispersion first (quasi-Poisson: Pearson's chi-square of the theme-by-week
    table over its degrees of freedom, never below 1). A theme rises when its interval lies above zero AND its
    share outgrows the whole log's, at a false discovery rate of 5 % over all themes (Benjamini-Hochberg).
    """
    themes, weeks = weekly.shape
    h = min(STRETCH, weeks // 2)
    if not themes or not h:
        return [Trend(weekly=tuple(map(int, row))) for row in weekly]
    table = weekly if others is None else np.vstack([weekly, others])
    dispersion = _dispersion(table)
    recent, before = weekly[:, -h:].sum(axis=1), weekly[:, -2 * h : -h].sum(axis=1)
    both = recent + before
    share = stats.beta(recent / dispersion + 0.5, before / dispersion + 0.5)
    tail = (1 - _LEVEL) / 2
    low, high = (both * (2 * share.ppf(q) - 1) for q in (tail, 1 - tail))
    whole = table[:, -2 * h :].sum(axis=0)
    expected = max(0.5, whole[h:].sum() / max(whole.sum(), 1))
    rising = _discoveries(share.cdf(expected)) & (low > 0)
    return [
        Trend(
            weekly=tuple(map(int, weekly[i])),
            change=int(recent[i] - before[i]),
            low=int(np.floor(low[i])),
            high=int(np.ceil(high[i])),
            rising=bool(rising[i] and np.floor(low[i]) > 0),
        )
        for i in range(themes)
    ]


def day(moment: datetime) -> date:
    """The day in UTC; moments without a zone are taken as they are."""
    return (moment.astimezone(UTC) if moment.tzinfo else moment).date()


def _monday(when: date) -> date:
    return when - timedelta(days=when.weekday())


def _usual(days: Sequence[date]) -> tuple[float, float]:
    """On which weekday weeks usually have their first and last ticket; strict where there is no telling."""
    weeks: dict[date, list[int]] = {}
    for one in days:
        weeks.setdefault(_monday(one), []).append(one.weekday())
    if not weeks:
        return 0, 6
    return median(min(found) for found in weeks.values()), median(max(found) for found in weeks.values())


def _dispersion(table: npt.NDArray[np.int64]) -> float:
    """Pearson's chi-square over degrees of freedom, from rows and weeks that are not nearly empty."""
    table = table[table.sum(axis=1) >= table.shape[1]]
    table = table[:, table.sum(axis=0) > 0]
    if min(table.shape, default=0) < 2:
        return 1.0
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    freedom = (table.shape[0] - 1) * (table.shape[1] - 1)
    return max(1.0, float(((table - expected) ** 2 / expected).sum() / freedom))


def _discoveries(p: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Benjamini and Hochberg (1995)."""
    adjusted = stats.false_discovery_control(p)
    return np.asarray(adjusted <= _FALSE_RISES / 2)
