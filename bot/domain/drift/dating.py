"""Since when a number stands where it stands: the last change of its best segmentation, after an alarm."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

_SPAN: Final = 52
"""Weeks looked at."""
_PENALTY: Final = 3.0
"""Of a change, times log n times the noise's variance: a mean, a place, and weeks that hang together."""


def segments(values: Sequence[float]) -> list[int]:
    """First indices of the segments whose means explain the values best, squared errors and a penalty for
    each change added up: the exact optimum (Jackson et al. 2005), which is PELT's too (Killick et al. 2012).

    The noise is the median absolute difference between neighbours, which jumps hardly touch.
    """
    y = np.asarray(values, float)
    n = len(y)
    if n < 3:
        return [0]
    noise = float(np.median(np.abs(np.diff(y)))) / (0.6745 * math.sqrt(2))
    penalty = _PENALTY * math.log(n) * noise**2
    sums, squares = np.cumsum([0.0, *(y - y.mean())]), np.cumsum([0.0, *(y - y.mean()) ** 2])
    best, came = np.zeros(n + 1), np.zeros(n + 1, int)
    best[0] = -penalty
    for end in range(1, n + 1):
        start = np.arange(end)
        errors = squares[end] - squares[start] - (sums[end] - sums[start]) ** 2 / (end - start)
        totals = best[:end] + np.maximum(errors, 0.0) + penalty
        came[end] = int(np.argmin(totals))
        best[end] = totals[came[end]]
    found = [int(came[n])]
    while found[-1]:
        found.append(int(came[found[-1]]))
    return found[::-1]


def weeks_since(values: Sequence[float], otherwise: int) -> int:
    """How many of the last values stand at the present level; ``otherwise`` where no change is to be seen."""
    recent = list(values)[-_SPAN:]
    last = segments(recent)[-1]
    return len(recent) - last if last else otherwise
