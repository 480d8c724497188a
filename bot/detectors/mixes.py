"""Drift of a mix of categories: did one of them grow, shrink or appear?

Every category has the step detector of a share; the mean of their sums keeps one false-alarm budget for the
whole mix, however many there are. A category that was never seen before had none of all earlier weeks.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from bot.domain.drift.series import Alarm, Mix, Observation, Series, Severity
from bot.domain.drift.steps import Draw, StepDetector, log_sum, pooled

LIMIT: Final = 50.0
"""Of the mean of all categories' sums; in simulated quiet weeks one false alarm in 165."""
NEWS: Final = 8
FLOOR: Final = 0.02
"""Less of the whole than this is nobody's business."""
_MOST: Final = 40
OTHERS: Final = "(others)"
"""What categories beyond the first forty are counted as; the more there are, the less an alarm tells."""
_STEPS: Final = (0.4, 0.8, 1.6)
_LARGE: Final = 0.1


class Mixes:
    """One series of mixes."""

    def __init__(self, _: Series) -> None:
        self._steps: dict[str, StepDetector] = {}
        self._seen: list[tuple[int, int]] = []  # week, n

    def see(self, week: Observation) -> Alarm | None:
        if not isinstance(week, Mix) or week.n <= 0:
            return None
        counts = self._told_apart(week.counts)
        for category in sorted(counts.keys() - self._steps.keys()):
            self._steps[category] = _never_seen(self._seen)
        self._seen.append((week.week, week.n))
        for category, steps in self._steps.items():
            steps.take(Draw(week.n, counts[category]))
        logs = {category: steps.evidence() for category, steps in self._steps.items()}
        evidence = log_sum(np.array(list(logs.values()))) - math.log(len(logs))
        if evidence <= math.log(LIMIT):
            return None
        moved = max(logs, key=lambda category: (logs[category], category))
        return self._changed(moved, self._steps[moved].likeliest_start(), evidence)

    def _told_apart(self, counts: Mapping[str, int]) -> Counter[str]:
        """The week's counts, what there is no room for under one name; the larger are let in first."""
        found: Counter[str] = Counter()
        room = _MOST - len(self._steps.keys() - {OTHERS})
        for category in sorted(counts, key=lambda name: (-counts[name], name)):
            if category not in self._steps:
                room -= 1
            known = category in self._steps or room >= 0
            found[category if known else OTHERS] += counts[category]
        return found

    def _changed(self, moved: str, first: int, evidence: float) -> Alarm | None:
        weeks = self._steps[moved].weeks
        before, after = pooled(weeks[:first]), pooled(weeks[first:])
        self._seen = self._seen[first:]
        for steps in self._steps.values():
            steps.restart(steps.weeks[first:])
        shift = abs(after.hits / after.n - before.hits / before.n)
        if shift < FLOOR or len(self._seen) > NEWS + 1:
            return None
        return Alarm(
            self._seen[-1][0],
            self._seen[0][0],
            Severity.LARGE if shift >= _LARGE else Severity.SMALL,
            f"{moved}: {after.hits / after.n:.1%} of {after.n:,} since week {self._seen[0][0]}, "
            f"{before.hits / before.n:.1%} of {before.n:,} before",
            math.exp(min(evidence, 700.0)),
        )


def _never_seen(weeks: Sequence[tuple[int, int]]) -> StepDetector:
    steps = StepDetector(_STEPS)
    for _, n in weeks:
        steps.take(Draw(n, 0))
    return steps
