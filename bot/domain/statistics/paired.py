"""Two arms on the same units: the mean difference with its interval, and tests of no difference.

Which interval: at 10 to 100 pass/fail pairs Student's t covers as little as .26 to .80 where wins are rare,
and Tango's and Newcombe's do not carry over to repeats and clusters. Bonett and Price's does: it adds one win
and one loss. With t in place of z its coverage was the best of those tried; see bench_statistics.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.experiments.results import Interval
from bot.domain.statistics.distributions import t_tails, two_sided_t

FLIPS = 9_999
PERMUTED = 200  # beyond this many units the permutation test says what t says
_EXACT = 13  # units whose signs are all tried: 2 ** 13

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Difference:
    """``mean`` of n differences, and ``spread``, their standard deviation (half a win and half a loss added
    where differences are rare, so that it is never 0 there)."""

    n: int
    mean: float
    spread: float
    interval: Interval


def difference(values: Values, level: float = 0.95, *, reach: float = 1.0) -> Difference | None:
    """Mean of paired differences; None where nothing can be said (no unit, or one that is not pass/fail).

    ``reach`` is the largest difference there can be. Where differences are only wins, losses and ties, or at
    least half are ties, or all are the same, this is Bonett and Price's interval (2012) with t for z:
    Student's on the values and one more win and loss of the largest size seen. Elsewhere it is Student's.
    """
    n = len(values)
    if n == 0:
        return None
    size = np.abs(values)
    largest = float(size.max()) or reach
    plain = bool(np.isin(size, (0.0, reach)).all())
    if not plain and n < 2:
        return None
    mean, seen = float(values.mean()), values
    spread = float(values.std(ddof=1)) if n > 1 else 0.0
    same = float(np.ptp(values)) <= 1e-9 * largest
    if plain or same or 2 * np.count_nonzero(size) <= n:
        seen = np.concatenate([values, (largest, -largest)])
        spread = math.sqrt(
            (float(values @ values) + largest**2) / (n + 1) - (float(values.sum()) / (n + 1)) ** 2
        )
        error = float(seen.std()) / math.sqrt(n + 2)
    else:
        error = spread / math.sqrt(n)
    middle, half = float(seen.mean()), two_sided_t(level, len(seen) - 1) * error
    return Difference(n, mean, spread, Interval(max(-reach, middle - half), min(reach, middle + half), level))


def mid_p_mcnemar(wins: int, losses: int) -> float:
    """Two-sided mid-p of the exact test that wins and losses are equally likely (Fagerland, Lydersen and
    Laake 2013). 1 where there is neither."""
    total, fewer = wins + losses, min(wins, losses)
    if total == 0:
        return 1.0
    if total > 1_000:
        return _normal_mid_p(fewer, total)
    terms = [math.comb(total, k) for k in range(fewer + 1)]
    return min(1.0, (2 * sum(terms) - terms[-1]) / (1 << total))


def _normal_mid_p(fewer: int, total: int) -> float:
    """Without a continuity correction the normal tail is the mid-p's limit."""
    return math.erfc((total - 2 * fewer) / math.sqrt(2 * total))


def paired_p(values: Values, *, seed: int = 0) -> float | None:
    """Two-sided p that the mean difference is 0: signs flipped at random, or Student's t for many units.

    None for fewer than two units, 1 where all tie.
    """
    n = len(values)
    if n < 2:
        return None
    moved = values[values != 0]
    if len(moved) == 0:
        return 1.0
    return sign_flips(moved, seed=seed) if n <= PERMUTED else paired_t(values)


def paired_t(values: Values) -> float:
    """Two-sided p of Student's paired t; 0 where all differ by the same amount."""
    spread = float(values.std(ddof=1))
    if spread == 0:
        return 1.0 if values[0] == 0 else 0.0
    return t_tails(float(values.mean()) / spread * math.sqrt(len(values)), len(values) - 1)


def sign_flips(values: Values, *, flips: int = FLIPS, seed: int = 0) -> float:
    """Two-sided permutation p of a mean of 0: exact for few values, else (hits + 1) / (flips + 1)."""
    n = len(values)
    seen = abs(float(values.sum()))
    near = seen * (1 - 1e-9)  # the same sum added up in another order
    if n <= _EXACT:
        signs = 1.0 - 2.0 * ((np.arange(2**n)[:, None] >> np.arange(n)) & 1)
        return float(np.mean(np.abs(signs @ values) >= near))
    draws = np.random.default_rng(seed).integers(0, 2, (flips, n), dtype=np.int8)
    sums = np.abs(2.0 * (draws @ values) - values.sum())
    return float((np.count_nonzero(sums >= near) + 1) / (flips + 1))
