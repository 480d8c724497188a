"""Evidence that stays valid however often one looks: e-values and confidence sequences by betting.

A gambler stakes a share of their wealth on each difference; if there is none in truth, no stake makes the
wealth grow, and it reaches 1/alpha with a probability of at most alpha (Ville). The wealth is the e-value.
Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting" (JRSS B 2024).
"""

import math

import numpy as np
from numpy.typing import NDArray

from bot.domain.experiments.results import Interval

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(100)
_HALVINGS = 24


def mcnemar_e(wins: int, losses: int) -> float:
    """E-value that wins and losses are equally likely, mixed evenly over all stakes:
    2^(b+c) B(b+1, c+1)."""
    log = math.lgamma(wins + 1) + math.lgamma(losses + 1) - math.lgamma(wins + losses + 2)
    return _exp(log + (wins + losses) * math.log(2))


def bet(values: NDArray[np.float64], mean: float = 0.0) -> float:
    """E-value that differences within -1..1 have this mean; any stakes fixed beforehand are valid.

    With wins and losses of full size and a mean of 0 it comes to ``mcnemar_e``.
    """
    return _exp(_log_wealth(*np.unique(values, return_counts=True), mean))


def confidence_sequence(values: NDArray[np.float64], alpha: float = 0.05) -> Interval:
    """Every mean that the bets on it have not refuted: with 1 - alpha it holds the truth at all times."""
    level = 1 - alpha
    if len(values) == 0:
        return Interval(-1.0, 1.0, level)
    seen, counts = np.unique(values, return_counts=True)
    middle = float(values.mean())
    bound = math.log(1 / alpha)

    def edge(outer: float) -> float:
        inside = middle
        if _log_wealth(seen, counts, outer) < bound:
            return outer
        for _ in range(_HALVINGS):
            between = (inside + outer) / 2
            if _log_wealth(seen, counts, between) < bound:
                inside = between
            else:
                outer = between
        return outer

    return Interval(edge(-1.0), edge(1.0), level)


def _log_wealth(seen: NDArray[np.float64], counts: NDArray[np.int64], mean: float) -> float:
    """Log of the wealth, stakes spread evenly over those that cannot ruin."""
    least, most = -1 / (1 - mean) if mean < 1 else -_STEEP, 1 / (1 + mean) if mean > -1 else _STEEP
    stakes = least + (most - least) * (_NODES + 1) / 2
    grown = np.log1p(np.maximum(np.outer(stakes, seen - mean), -1 + 1e-15)) @ counts
    top = float(grown.max())
    return top + math.log(float(_WEIGHTS @ np.exp(grown - top)) / 2)


_STEEP = 1e6


def _exp(log: float) -> float:
    return math.exp(min(log, 690.0))  # a smaller e-value is valid too, and JSON knows no infinity
