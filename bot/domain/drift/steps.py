"""Has a share stepped to a new level? The Shiryaev-Roberts sum of likelihood ratios, over weeks that wobble.

Weeks wobble by more than the draw of ratings, so a week's successes are beta-binomial: its own rate lies
about the level with a standard deviation on the logit scale, of which ``_SPREADS`` are weighed. A change is a
step of the level, up or down, in any week. Its likelihood ratios against no change are added over all first
weeks (Shiryaev and Roberts; as an e-detector Shin, Ramdas and Rinaldo 2022) for every level and spread, and
averaged by how likely these are without a change. So neither is estimated, few weeks or few ratings make it
careful by themselves, and the sum less the number of weeks is a martingale: alarms above A are false less
often than once in A weeks. So is a mean of such sums, which is how a mix keeps one budget. A week costs the
same however long the series is.
"""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, gammaln

Floats = NDArray[np.float64]

_GRID: Final = 0.08
_LEVELS: Floats = np.arange(-90.0, 91.0) * _GRID  # logits: 0.07 % to 99.93 %
_SPREADS: Floats = np.array([0.03, 0.08, 0.13, 0.2, 0.3, 0.5], np.float64)
_USUAL_SPREAD: Final = 0.12
REFERENCE: Final = 3
"""Weeks before the first in which a change may have come."""


class Draw(NamedTuple):
    """One week: ``hits`` of ``n``."""

    n: int
    hits: int


class StepDetector:
    """The weeks since the last restart, and the evidence in them that the level moved."""

    def __init__(self, steps: Sequence[float]) -> None:
        """``steps`` are sizes in logits, each looked for up and down. 0.4 and 0.8 are 92 % to 88.5 % and to
        83.8 %; what moves further is seen all the sooner."""
        sizes = np.round(np.array([*steps, *(-step for step in steps)]) / _GRID).astype(np.int64)
        self._targets = np.clip(np.arange(len(_LEVELS)) + sizes[:, None], 0, len(_LEVELS) - 1)
        self.restart(())

    def restart(self, reference: Sequence[Draw]) -> None:
        """Begin anew with these weeks as what is normal; no change among them is looked for."""
        self.weeks = list(reference)
        self._fit = sum((_log_likelihood(week) for week in reference), start=_PRIOR)
        self._ratios = np.full((len(self._targets), *_PRIOR.shape), -np.inf)

    def take(self, week: Draw) -> None:
        likelihood = _log_likelihood(week)
        if len(self.weeks) >= REFERENCE:
            self._ratios = np.logaddexp(0.0, self._ratios) + self._moved(likelihood) - likelihood
        self._fit = self._fit + likelihood
        self.weeks.append(week)

    def evidence(self) -> float:
        """Natural logarithm of the sum; minus infinity while the reference is too short."""
        weight = self._fit - log_sum(self._fit) - math.log(len(self._targets))
        return log_sum(self._ratios + weight)

    def likeliest_start(self) -> int:
        """Index of the week whose step explains all weeks best, levels, spreads and steps averaged out."""
        sums = np.cumsum([_log_likelihood(week) for week in self.weeks], axis=0)
        joint = [
            log_sum(_PRIOR + sums[first - 1] + self._moved(sums[-1] - sums[first - 1]))
            for first in range(REFERENCE, len(self.weeks))
        ]
        return REFERENCE + int(np.argmax(joint))

    def _moved(self, likelihood: Floats) -> Floats:
        """Shape (steps, spreads, levels): it had every level moved; at the scale's ends it stays."""
        return np.moveaxis(likelihood[:, self._targets], 1, 0)


def pooled(weeks: Sequence[Draw]) -> Draw:
    return Draw(sum(week.n for week in weeks), sum(week.hits for week in weeks))


def logit(draw: Draw) -> float:
    """With half a hit and half a miss added, so that it is finite."""
    return math.log((draw.hits + 0.5) / (draw.n - draw.hits + 0.5))


def log_sum(logs: Floats) -> float:
    """Logarithm of the sum of exponentials; scipy's takes four times as long on arrays of this size."""
    most = float(logs.max())
    return most if most == -math.inf else most + math.log(float(np.exp(logs - most).sum()))


def _prior() -> Floats:
    """Log weights, shape (spreads, levels): half-normal in the spread, even over the levels."""
    spreads = np.exp(-0.5 * (_SPREADS / _USUAL_SPREAD) ** 2) * np.gradient(_SPREADS)
    weights: Floats = np.log(spreads / spreads.sum())[:, None] - math.log(len(_LEVELS))
    return np.broadcast_to(weights, (len(_SPREADS), len(_LEVELS))).copy()


def _log_likelihood(week: Draw) -> Floats:
    """Beta-binomial, shape (spreads, levels), without the binomial coefficient. A logit's standard deviation
    of s is a correlation of s² p (1 - p) between the ratings of a week (delta method)."""
    hits, misses = week.hits, week.n - week.hits
    found: Floats = gammaln(_A + hits) + gammaln(_B + misses) - gammaln(_A + _B + week.n) - _NO_RATINGS
    return found


_P: Floats = expit(_LEVELS)
_RHO: Floats = _SPREADS[:, None] ** 2 * _P * (1 - _P)
_A: Floats = _P * (1 / _RHO - 1)
_B: Floats = (1 - _P) * (1 / _RHO - 1)
_NO_RATINGS: Floats = gammaln(_A) + gammaln(_B) - gammaln(_A + _B)
_PRIOR = _prior()
