"""Quantiles and tails of the normal and Student's t; scipy only where t is asked for, for it loads slowly."""

from functools import lru_cache
from statistics import NormalDist

_NORMAL = NormalDist()


def normal_quantile(probability: float) -> float:
    return _NORMAL.inv_cdf(probability)


def normal_cdf(x: float) -> float:
    return _NORMAL.cdf(x)


def two_sided_z(level: float) -> float:
    """1.96 for .95."""
    return _NORMAL.inv_cdf(0.5 + level / 2)


@lru_cache(maxsize=4096)
def two_sided_t(level: float, freedom: float) -> float:
    """Student's t with ``freedom`` degrees: 2.262 for .95 and 9."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.5 + level / 2))


def t_tails(statistic: float, freedom: float) -> float:
    """Probability of a t at least this far from 0, either side."""
    from scipy.special import stdtr

    return 2 * float(stdtr(freedom, -abs(statistic)))
