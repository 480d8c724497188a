"""Drift of one number a week, such as a volume: has it left its level, its trend or its season?"""

import math
from typing import Final

from bot.domain.drift.dating import weeks_since
from bot.domain.drift.levels import Level
from bot.domain.drift.limits import Limit
from bot.domain.drift.series import Alarm, Observation, Series, Severity, Total

LIMIT: Final = 2.5
"""Of the CUSUM; in simulated quiet weeks one false alarm in 55: a volume is cheap to look at."""
_BEFORE: Final = 8
"""Weeks before the change that the reason compares with."""
_LARGE: Final = 0.3


class Totals:
    """One series of totals, on their own scale: what weeks vary by is forgotten fast enough for growth."""

    def __init__(self, series: Series) -> None:
        self._level = Level(series.season)
        self._limit = Limit(LIMIT)
        self._weeks: list[Total] = []

    def see(self, week: Observation) -> Alarm | None:
        if not isinstance(week, Total) or not math.isfinite(week.value):
            return None
        self._weeks.append(week)
        self._level.see(week.value)
        height, since = self._level.height, self._level.since
        if not self._limit.passed(height):
            return None
        self._level.restart(week.value)
        since = weeks_since([known.value for known in self._weeks], since)
        return _alarm(self._weeks, since, height)


def _alarm(weeks: list[Total], since: int, height: float) -> Alarm:
    after, before = weeks[-since:], weeks[:-since][-_BEFORE:]
    now, was = _mean(after), _mean(before)
    change = (now - was) / abs(was) if was else math.inf
    return Alarm(
        week=after[-1].week,
        since=after[0].week,
        severity=Severity.LARGE if abs(change) >= _LARGE else Severity.SMALL,
        reason=f"{now:,.4g} a week since week {after[0].week} (weeks: {len(after)}), "
        f"{was:,.4g} in the {len(before)} before",
        evidence=math.exp(height),
    )


def _mean(weeks: list[Total]) -> float:
    return math.fsum(week.value for week in weeks) / len(weeks)
