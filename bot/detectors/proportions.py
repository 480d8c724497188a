"""Drift of a share of ratings: is the level of these weeks still the level of the weeks before?

Weeks wobble by more than the draw of ratings, so a week's successes are beta-binomial: its own rate lies
about the level with a standard deviation on the logit scale, of which ``_SPREADS`` are weighed. A change is a
step of the level by one of ``_STEPS``, up or down, in any week. Their likelihood ratios against no change are
added over all first weeks of the change (Shiryaev and Roberts; as an e-detector Shin, Ramdas and Rinaldo
2022) for every level and spread, and averaged by how likely these are without a change: so neither is
estimated, few weeks or few ratings make the detector careful by themselves, and the sum less the number of
weeks is a martingale, which bounds the false alarms: fewer than one in LIMIT weeks. A week costs the same
however long the series is.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, gammaln, logsumexp

from bot.domain.drift.series import Alarm, Observation, Series, Severity, Share

Floats = NDArray[np.float64]

LIMIT: Final = 75.0
"""Alarm above this sum, which is the false-alarm budget of one series: seen in quiet weeks are 1 in 300."""
NEWS: Final = 8
"""Weeks. What proves itself only after more than these becomes the new reference without an alarm: the change
is no news by then, and reports over longer spans show it."""
_REFERENCE: Final = 3
"""Weeks before the first in which a change may have come."""
_STEP: Final = 0.04
_LEVELS: Floats = np.arange(-180.0, 181.0) * _STEP  # logits: 0.07 % to 99.93 %
_SPREADS: Floats = np.array([0.03, 0.08, 0.13, 0.2, 0.3, 0.5], np.float64)
_USUAL_SPREAD: Final = 0.12
_STEPS: Final = (-20, -10, 10, 20)  # logits of 0.4 and 0.8: 92 % to 88.5 % or 83.8 %
_LARGE: Final = 0.7  # logits


class Proportions:
    """One series of shares."""

    def __init__(self, series: Series) -> None:
        self._series = series
        self._start([])

    def see(self, week: Observation) -> Alarm | None:
        if not isinstance(week, Share) or week.n <= 0:
            return None
        self._take(week)
        evidence = self._evidence()
        if evidence <= math.log(LIMIT):
            return None
        first = self._likeliest_start()
        before, after = self._weeks[:first], self._weeks[first:]
        self._start(after)
        if len(after) > NEWS + 1:
            return None
        return _alarm(before, after, evidence)

    def _start(self, reference: list[Share]) -> None:
        """Begin anew, with these weeks as what is normal; no change among them is looked for."""
        self._weeks: list[Share] = []
        self._fit = _PRIOR.copy()
        for week in reference:
            self._weeks.append(week)
            self._fit += _log_likelihood(week)
        self._ratios = np.full((len(_STEPS), *_PRIOR.shape), -np.inf)

    def _take(self, week: Share) -> None:
        likelihood = _log_likelihood(week)
        if len(self._weeks) >= _REFERENCE:
            self._ratios = np.logaddexp(0.0, self._ratios) + _moved(likelihood) - likelihood
        self._fit += likelihood
        self._weeks.append(week)

    def _evidence(self) -> float:
        """Logarithm of the Shiryaev-Roberts sum."""
        weight = self._fit - logsumexp(self._fit) - math.log(len(_STEPS))
        return float(logsumexp(self._ratios + weight))

    def _likeliest_start(self) -> int:
        """Index of the week whose step explains all weeks best, levels, spreads and steps averaged out."""
        sums = np.cumsum([_log_likelihood(week) for week in self._weeks], axis=0)
        joint = [
            logsumexp(_PRIOR + sums[first - 1] + _moved(sums[-1] - sums[first - 1]))
            for first in range(_REFERENCE, len(self._weeks))
        ]
        return _REFERENCE + int(np.argmax(joint))


def _prior() -> Floats:
    """Log weights, shape (spreads, levels): half-normal in the spread, even over the levels."""
    spreads = np.exp(-0.5 * (_SPREADS / _USUAL_SPREAD) ** 2) * np.gradient(_SPREADS)
    weights: Floats = np.log(spreads / spreads.sum())[:, None] - math.log(len(_LEVELS))
    return np.broadcast_to(weights, (len(_SPREADS), len(_LEVELS))).copy()


def _log_likelihood(week: Share) -> Floats:
    """Beta-binomial, shape (spreads, levels), without the binomial coefficient. A logit's standard deviation
    of TAU is a correlation of TAU² p (1 - p) between ratings of one week (delta method)."""
    s, f = week.successes, week.n - week.successes
    found: Floats = (
        (gammaln(_A + s) - gammaln(_A))
        + (gammaln(_B + f) - gammaln(_B))
        - (gammaln(_A + _B + week.n) - gammaln(_A + _B))
    )
    return found


def _moved(likelihood: Floats) -> Floats:
    """The likelihood had every level moved by each step; at the ends of the scale it stays."""
    return np.moveaxis(likelihood[:, _TARGETS], 1, 0)


def _alarm(before: list[Share], after: list[Share], evidence: float) -> Alarm:
    was, now = _pooled(before), _pooled(after)
    step = abs(_logit(now) - _logit(was))
    reason = (
        f"{now.successes / now.n:.1%} of {now.n:,} since week {after[0].week}, "
        f"{was.successes / was.n:.1%} of {was.n:,} before"
    )
    return Alarm(
        after[-1].week,
        after[0].week,
        Severity.LARGE if step >= _LARGE else Severity.SMALL,
        reason,
        math.exp(min(evidence, 700.0)),
    )


def _pooled(weeks: list[Share]) -> Share:
    return Share(weeks[-1].week, sum(week.n for week in weeks), sum(week.successes for week in weeks))


def _logit(share: Share) -> float:
    return math.log((share.successes + 0.5) / (share.n - share.successes + 0.5))


_P: Floats = expit(_LEVELS)
_RHO: Floats = _SPREADS[:, None] ** 2 * _P * (1 - _P)
_A: Floats = _P * (1 / _RHO - 1)
_B: Floats = (1 - _P) * (1 / _RHO - 1)
_PRIOR = _prior()
_TARGETS = np.clip(np.arange(len(_LEVELS)) + np.array(_STEPS)[:, None], 0, len(_LEVELS) - 1)
