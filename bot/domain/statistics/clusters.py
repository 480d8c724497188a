"""Means of rows that cluster by user: how much each row says, from sums that a database can make."""

import math
from dataclasses import dataclass

from bot.domain.experiments.results import Interval
from bot.domain.statistics.distributions import two_sided_t, two_sided_z


@dataclass(frozen=True, slots=True)
class ClusterSums:
    """Sums over clusters, each with ``n`` rows that add up to ``x``: of x, n, x², xn and n². A row that
    belongs to nobody known is a cluster of its own. For a share, x counts the rows that have it.

    ``squares`` is the sum of the rows' own squares; None for a share, where it is x.
    """

    clusters: int = 0
    x: float = 0.0
    n: int = 0
    xx: float = 0.0
    xn: float = 0.0
    nn: float = 0.0
    squares: float | None = None

    def __add__(self, other: "ClusterSums") -> "ClusterSums":
        return ClusterSums(
            self.clusters + other.clusters,
            self.x + other.x,
            self.n + other.n,
            self.xx + other.xx,
            self.xn + other.xn,
            self.nn + other.nn,
            self.row_squares + other.row_squares,
        )

    @property
    def row_squares(self) -> float:
        return self.x if self.squares is None else self.squares

    @property
    def mean(self) -> float | None:
        return self.x / self.n if self.n else None


def effective_number(sums: ClusterSums) -> float:
    """The n of independent rows at which a mean would vary as much as this one does; for ``wilson``.

    Variance of a ratio over clusters, and Student's t for their number (Korn and Graubard 1998); never more
    than the rows. Where nothing varies it is the number of clusters, as nothing tells how alike rows are.
    """
    mean = sums.mean
    if mean is None:
        return 0.0
    variance, spread = _variance(sums), sums.row_squares / sums.n - mean * mean
    if variance is None or variance <= 0 or spread <= 0:
        return float(sums.clusters)
    effective = spread / variance
    few = two_sided_z(0.95) / two_sided_t(0.95, sums.clusters - 1)
    return min(float(sums.n), effective * few * few)


def clustered_share(sums: ClusterSums, level: float = 0.95) -> Interval:
    """Wilson interval of a share, on the effective number."""
    from bot.domain.statistics.intervals import wilson  # numpy is behind it

    effective = effective_number(sums)
    return wilson((sums.mean or 0.0) * effective, effective, level)


def clustered_mean(sums: ClusterSums, level: float = 0.95) -> Interval | None:
    """Student's interval of a mean; None for fewer than two clusters."""
    variance, mean = _variance(sums), sums.mean
    if variance is None or mean is None:
        return None
    half = two_sided_t(level, sums.clusters - 1) * math.sqrt(max(0.0, variance))
    return Interval(mean - half, mean + half, level)


def _variance(sums: ClusterSums) -> float | None:
    """Of the ratio x / n over clusters, linearised (Cochran 1977, 6.4)."""
    k, mean = sums.clusters, sums.mean
    if k < 2 or mean is None:
        return None
    squares = sums.xx - 2 * mean * sums.xn + mean * mean * sums.nn
    return squares / (sums.n * sums.n) * k / (k - 1)
