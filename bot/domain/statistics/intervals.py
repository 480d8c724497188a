"""Intervals for one share, one mean, and the difference of two independent shares."""

import math

import numpy as np
from numpy.typing import NDArray

from bot.domain.experiments.results import Interval
from bot.domain.statistics.distributions import two_sided_t, two_sided_z


def wilson(successes: float, n: float, level: float = 0.95) -> Interval:
    """Score interval of a share (Wilson 1927). ``n`` may be an effective number; 0 gives 0..1.

    Exact at the ends: no success gives 0 as the lower bound, no failure 1 as the upper one.
    """
    if n <= 0:
        return Interval(0.0, 1.0, level)
    z, share = two_sided_z(level), successes / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low = 0.0 if successes <= 0 else max(0.0, middle - half)
    high = 1.0 if successes >= n else min(1.0, middle + half)
    return Interval(low, high, level)


def jeffreys(successes: int, n: int, level: float = 0.95) -> Interval:
    """Equal tails of Beta(successes + 1/2, failures + 1/2), opened to 0 and 1 at the ends (Brown, Cai,
    DasGupta 2001)."""
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    a, b = successes + 0.5, n - successes + 0.5
    low = 0.0 if successes == 0 else float(betaincinv(a, b, tail))
    high = 1.0 if successes == n else float(betaincinv(a, b, 1 - tail))
    return Interval(low, high, level)


def newcombe(
    successes: float, n: float, base_successes: float, base_n: float, level: float = 0.95
) -> Interval:
    """Difference of two independent shares, the first minus the second (Newcombe 1998, method 10)."""
    first, second = wilson(successes, n, level), wilson(base_successes, base_n, level)
    if n <= 0 or base_n <= 0:
        return Interval(-1.0, 1.0, level)
    p, q = successes / n, base_successes / base_n
    return Interval(
        p - q - math.hypot(p - first.low, second.high - q),
        p - q + math.hypot(first.high - p, q - second.low),
        level,
    )


def t_interval(values: NDArray[np.float64], level: float = 0.95) -> Interval | None:
    """Student's interval of a mean; None for fewer than two values."""
    n = len(values)
    if n < 2:
        return None
    mean = float(values.mean())
    half = two_sided_t(level, n - 1) * float(values.std(ddof=1)) / math.sqrt(n)
    return Interval(mean - half, mean + half, level)


def share_of_units(values: NDArray[np.float64], level: float = 0.95) -> Interval:
    """Wilson interval of the mean of shares within 0..1, one per unit (a case's repeats, a cluster).

    The effective number is the one at which a plain share would vary as much as these do (Korn and Graubard
    1998); where nothing varies it is the number of units.
    """
    n = len(values)
    if n == 0:
        return wilson(0, 0, level)
    mean = float(values.mean())
    spread = float(values.var(ddof=1)) if n > 1 else 0.0
    effective = n * mean * (1 - mean) / spread if spread > 0 else float(n)
    return wilson(mean * effective, effective, level)
