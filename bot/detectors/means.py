"""Drift of a measured quantity such as cost or latency: has its mean moved, or its spread?

Means are read as logarithms where all are positive, so that a tenth more is the same step for a cheap and a
dear feature. The measurements' own spread is watched beside the mean: a latency's tail grows before its mean
does. Both share one limit. A shift below the floor is no news, however sure it is, nor is one that the rows
themselves do not show.
"""

import math
from typing import Final

from bot.domain.drift.dating import weeks_since
from bot.domain.drift.levels import Level
from bot.domain.drift.limits import Limit
from bot.domain.drift.series import Alarm, Mean, Observation, Series, Severity

LIMIT: Final = 2.5
"""Of the higher CUSUM of the two; in simulated quiet weeks one false alarm in 65."""
FLOOR: Final = 0.1
"""Of the mean, or of the measurements' standard deviation: whichever is smaller has to be passed."""
SURE: Final = 3.0
"""Standard errors that the rows themselves have to show: weeks of few rows differ by those few. A spread's is
taken as if rows were as skewed as an exponential's (kurtosis 9)."""
_BEFORE: Final = 8
_LARGE: Final = 0.3


class Means:
    """One series of means."""

    def __init__(self, series: Series) -> None:
        self._season = series.season
        self._limit = Limit(LIMIT)
        self._weeks: list[Mean] = []
        self._logs = True
        self._start()

    def see(self, week: Observation) -> Alarm | None:
        if not isinstance(week, Mean) or week.n <= 0 or not math.isfinite(week.mean):
            return None
        if self._logs and week.mean <= 0:
            self._logs = False
            self._start()
            for known in self._weeks:
                self._take(known)
        self._weeks.append(week)
        self._take(week)
        moved = self._mean if self._mean.height >= self._spread.height else self._spread
        height, since = moved.height, moved.since
        if not self._limit.passed(height):
            return None
        self._mean.restart(self._scaled(week))
        self._spread.restart(_log(week.sd))
        spread = moved is self._spread
        read = [_log(known.sd) if spread else self._scaled(known) for known in self._weeks]
        return self._alarm(weeks_since(read, since), height, spread=spread)

    def _start(self) -> None:
        self._mean, self._spread = Level(self._season), Level(self._season)

    def _take(self, week: Mean) -> None:
        self._mean.see(self._scaled(week))
        self._spread.see(_log(week.sd))

    def _scaled(self, week: Mean) -> float:
        return math.log(week.mean) if self._logs else week.mean

    def _alarm(self, since: int, height: float, *, spread: bool) -> Alarm | None:
        after, before = self._weeks[-since:], self._weeks[:-since][-_BEFORE:]
        now, was = _pooled(after), _pooled(before)
        shift = abs(now.sd - was.sd) if spread else abs(now.mean - was.mean)
        size = was.sd if spread else abs(was.mean)
        rows = (2 if spread else 1) * (now.sd**2 / now.n + was.sd**2 / was.n)
        if shift < max(FLOOR * min(size, was.sd), SURE * math.sqrt(rows)):
            return None
        what, new, old = ("spread", now.sd, was.sd) if spread else ("mean", now.mean, was.mean)
        return Alarm(
            week=after[-1].week,
            since=after[0].week,
            severity=Severity.LARGE if shift >= _LARGE * size else Severity.SMALL,
            reason=f"{what} {new:.4g} (n {now.n:,}) since week {after[0].week}, "
            f"{old:.4g} (n {was.n:,}) before",
            evidence=math.exp(height),
        )


def _pooled(weeks: list[Mean]) -> Mean:
    """Mean of all measurements, and their typical spread within a week."""
    n = sum(week.n for week in weeks)
    mean = math.fsum(week.n * week.mean for week in weeks) / n
    return Mean(weeks[-1].week, n, mean, math.sqrt(math.fsum(week.n * week.sd**2 for week in weeks) / n))


def _log(spread: float) -> float:
    return math.log(max(spread, 1e-9))
