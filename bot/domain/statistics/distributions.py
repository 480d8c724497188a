"""Quantiles and tails of the normal and Student's t, without scipy, which is slow to load."""

import math
from functools import lru_cache
from statistics import NormalDist

_NORMAL = NormalDist()
_TERMS = 100_000
_STEPS = 100


def normal_quantile(probability: float) -> float:
    return _NORMAL.inv_cdf(probability)


def normal_cdf(x: float) -> float:
    return _NORMAL.cdf(x)


def two_sided_z(level: float) -> float:
    """1.96 for .95."""
    return _NORMAL.inv_cdf(0.5 + level / 2)


@lru_cache(maxsize=4096)
def two_sided_t(level: float, freedom: float) -> float:
    """Student's t with ``freedom`` degrees: 2.262 for .95 and 9.

    Newton from the normal's quantile, which lies below: the tail is convex, so no step goes too far.
    """
    log_height = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - math.log(freedom * math.pi) / 2
    t = two_sided_z(level)
    for _ in range(_STEPS):
        density = math.exp(log_height - (freedom + 1) / 2 * math.log1p(t * t / freedom))
        step = (t_tails(t, freedom) - (1 - level)) / (2 * density)
        t += step
        if abs(step) < 1e-12 * t:
            break
    return t


def t_tails(statistic: float, freedom: float) -> float:
    """Probability of a t at least this far from 0, either side."""
    square = statistic * statistic
    if square == 0:
        return 1.0
    return _incomplete_beta(freedom / (freedom + square), square / (freedom + square), freedom / 2, 0.5)


def _incomplete_beta(x: float, rest: float, a: float, b: float) -> float:
    """Regularised I_x(a, b), ``rest`` = 1 - x, by its continued fraction (Numerical Recipes, 6.4)."""
    if x > (a + 1) / (a + b + 2):
        return 1 - _incomplete_beta(rest, x, b, a)
    if x == 0:
        return 0.0
    log = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(rest)
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, _TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        change = 1.0
        for term in (even, odd):
            d, c = 1 / (1 + term * d), 1 + term / c
            change *= d * c
        fraction *= change
        if abs(change - 1) < 1e-15:
            break
    return math.exp(log) * fraction / a
