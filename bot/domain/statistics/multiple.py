"""Many tests at once: Holm for candidates, Benjamini and Hochberg for slices."""

from collections.abc import Sequence

import numpy as np


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjusted p, in the order given: rejecting those at most alpha errs at all with at most alpha (1979)."""
    p = np.asarray(p_values, dtype=float)
    order = np.argsort(p, kind="stable")
    steps = p[order] * np.arange(len(p), 0, -1)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(steps))
    return [float(value) for value in adjusted]


def holm_alphas(p_values: Sequence[float], alpha: float = 0.05) -> list[float]:
    """The alpha that each of Holm's steps tests at, so that an interval may be shown that agrees with it.

    The first step that rejects nothing ends it: all that are left share alpha evenly, so their intervals hold
    together (Bonferroni); those rejected before had alpha / K, alpha / (K - 1), …
    """
    alphas = [alpha] * len(p_values)
    left = len(p_values)
    for place in sorted(range(len(p_values)), key=lambda i: p_values[i]):
        alphas[place] = alpha / left
        if p_values[place] <= alpha / left:
            left -= 1
    return alphas


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Adjusted p, in the order given: of those at most alpha, a share of at most alpha is false (1995)."""
    p = np.asarray(p_values, dtype=float)
    order = np.argsort(p, kind="stable")[::-1]
    steps = p[order] * len(p) / np.arange(len(p), 0, -1)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(steps))
    return [float(value) for value in adjusted]
