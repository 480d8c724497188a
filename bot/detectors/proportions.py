"""Drift of a share of ratings: is the level of these weeks still the level of the weeks before?"""

import math
from collections.abc import Sequence
from typing import Final

from bot.domain.drift.series import Alarm, Observation, Series, Severity, Share
from bot.domain.drift.steps import Draw, StepDetector, logit, pooled

LIMIT: Final = 75.0
"""Alarm above this sum of likelihood ratios. The bound is one false alarm in as many weeks; in simulated
quiet weeks of 10 to 2,000 ratings that wobble by 0 to 0.2 logits it was one in 190."""
NEWS: Final = 8
"""Weeks. What proves itself only after more than these becomes the new reference without an alarm: the change
is no news by then, and reports over longer spans show it."""
_STEPS: Final = (0.4, 0.8)
_LARGE: Final = 0.7  # logits: 92 % to 85 %


class Proportions:
    """One series of shares."""

    def __init__(self, _: Series) -> None:
        self._steps = StepDetector(_STEPS)
        self._weeks: list[int] = []

    def see(self, week: Observation) -> Alarm | None:
        if not isinstance(week, Share) or week.n <= 0:
            return None
        self._steps.take(Draw(week.n, week.successes))
        self._weeks.append(week.week)
        evidence = self._steps.evidence()
        if evidence <= math.log(LIMIT):
            return None
        first = self._steps.likeliest_start()
        before, after = self._steps.weeks[:first], self._steps.weeks[first:]
        self._weeks = self._weeks[first:]
        self._steps.restart(after)
        return _alarm(self._weeks, before, after, evidence) if len(after) <= NEWS + 1 else None


def _alarm(weeks: Sequence[int], before: Sequence[Draw], after: Sequence[Draw], evidence: float) -> Alarm:
    was, now = pooled(before), pooled(after)
    reason = (
        f"{now.hits / now.n:.1%} of {now.n:,} since week {weeks[0]}, "
        f"{was.hits / was.n:.1%} of {was.n:,} before"
    )
    large = abs(logit(now) - logit(was)) >= _LARGE
    return Alarm(
        weeks[-1],
        weeks[0],
        Severity.LARGE if large else Severity.SMALL,
        reason,
        math.exp(min(evidence, 700.0)),
    )
