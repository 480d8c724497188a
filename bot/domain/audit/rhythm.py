"""Silences in a log that its own rhythm makes very unlikely."""

from collections.abc import Mapping
from datetime import date, timedelta
from math import log

import numpy as np
import numpy.typing as npt

from bot.domain.audit.model import Gap

FEWEST_DAYS = 14
FEWEST_TICKETS = 30
FALSE_ALARMS = 0.01
"""Expected number of silences reported per log where there is nothing but chance."""
WEEKS = 4
BUSY = 0.5
_MEDIAN_CHI2 = 0.4549

_Days = npt.NDArray[np.float64]


def silences(tickets: Mapping[date, int]) -> tuple[Gap, ...]:
    """Stretches of two or more usually busy days without a ticket, oldest first.

    A stretch is expected to bring as many tickets as the same weekdays did in the four weeks before or
    after it, whichever is less: quiet week-ends, slow seasons and thin beginnings are no gaps. Under a
    Poisson law of mean m, silence has probability exp(-m); real logs wobble more, so m is divided by the
    log's measured overdispersion. Reported where that probability, times the number of days, is under
    ``FALSE_ALARMS``. Empty for logs of under 14 days or 30 tickets: too few to judge.
    """
    if sum(tickets.values()) < FEWEST_TICKETS:
        return ()
    first, last = min(tickets), max(tickets)
    days = (last - first).days + 1
    if days < FEWEST_DAYS:
        return ()
    counts = np.zeros(days)
    for day, count in tickets.items():
        counts[(day - first).days] = count
    needed = log(days / FALSE_ALARMS) * _overdispersion(counts)
    gaps = []
    for start, end in _silent_stretches(counts):
        expected = _expected(counts, start, end)
        busy = np.flatnonzero(expected > BUSY)
        if len(busy) >= 2 and expected.sum() >= needed:
            begin, finish = start + int(busy[0]), start + int(busy[-1])
            gaps.append(
                Gap(start=first + timedelta(begin), end=first + timedelta(finish), days=finish - begin + 1)
            )
    return tuple(gaps)


def _silent_stretches(counts: _Days) -> list[tuple[int, int]]:
    """Half-open runs of zeros."""
    edges = np.diff(np.concatenate(([0], (counts == 0).astype(np.int8), [0])))
    return list(zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True))


def _expected(counts: _Days, start: int, end: int) -> _Days:
    """For each day of the run, the mean of its weekday in the weeks before the run or in those after it,
    whichever make less of the run; 0 without such a day before, as a log's first days set no rhythm."""
    before, after = np.zeros(end - start), np.zeros(end - start)
    for day in range(start, end):
        last = day - 7 * ((day - start) // 7 + 1)
        if last >= 0:
            before[day - start] = counts[max(last - 7 * (WEEKS - 1), last % 7) : last + 1 : 7].mean()
        following = counts[day + 7 * ((end - 1 - day) // 7 + 1) :: 7][:WEEKS]
        after[day - start] = following.mean() if len(following) else before[day - start]
    return min(before, after, key=np.sum)


def _overdispersion(counts: _Days) -> float:
    """Variance of a day over its mean, against its weekday's neighbours; 1 for Poisson, robust to gaps.

    The median of squared Pearson residuals over the median of chi-square with one degree of freedom.
    """
    padded = np.concatenate((np.full(7 * WEEKS, np.nan), counts, np.full(7 * WEEKS, np.nan)))
    shifts = [week * 7 for week in range(-WEEKS, WEEKS + 1) if week]
    around = np.array([padded[7 * WEEKS + shift : 7 * WEEKS + shift + len(counts)] for shift in shifts])
    present = ~np.isnan(around)
    mean = np.where(present, around, 0.0).sum(0) / np.maximum(present.sum(0), 1)
    usable = mean > BUSY
    if not usable.any():
        return 1.0
    residuals = (counts[usable] - mean[usable]) ** 2 / (mean[usable] * (1 + 1 / present.sum(0)[usable]))
    return max(1.0, float(np.median(residuals)) / _MEDIAN_CHI2)
