"""How many times the cost, how many times as slow: ratios of paired amounts with bootstrap intervals."""

import math

import numpy as np
from numpy.typing import NDArray

from bot.domain.experiments.results import Interval, Ratio
from bot.domain.statistics.distributions import normal_cdf, two_sided_t

DRAWS = 2_000
_CHUNK = 4_000_000  # numbers drawn at a time
_MANY = 1_000  # units from which on quantiles of the draws and the t interval are the same

Values = NDArray[np.float64]


def ratio_of_totals(
    candidate: Values, baseline: Values, level: float = 0.95, *, seed: int = 0
) -> Ratio | None:
    """What the candidate's units cost together over what the baseline's do; None for fewer than two units,
    and where the baseline costs nothing."""
    if len(candidate) < 2 or baseline.sum() <= 0:
        return None
    if candidate.sum() <= 0:
        return Ratio(0.0, Interval(0.0, 0.0, level), len(candidate))
    return _ratio(np.stack([candidate, baseline]), level, seed)


def ratio_of_typical(
    candidate: Values, baseline: Values, level: float = 0.95, *, seed: int = 0
) -> Ratio | None:
    """Geometric mean of the units' ratios; units without a positive amount on either side are left out, and
    None stands for fewer than two that are left."""
    both = (candidate > 0) & (baseline > 0)
    if both.sum() < 2:
        return None
    logs = np.log(candidate[both] / baseline[both])
    found = _mean_log(logs, level, seed)
    return Ratio(math.exp(logs.mean()), found, len(logs))


def _ratio(pair: Values, level: float, seed: int) -> Ratio:
    n = pair.shape[1]
    sums = pair.sum(axis=1)
    value = float(sums[0] / sums[1])
    if n >= _MANY:  # linearised
        logs = pair[0] / sums[0] * n - pair[1] / sums[1] * n + math.log(value)
        return Ratio(value, _t(logs, level), n)
    drawn = _drawn_sums(pair, seed)
    with np.errstate(divide="ignore"):
        logs = np.log(drawn[0]) - np.log(drawn[1])
    return Ratio(value, _quantiles(logs[~np.isnan(logs)], n, level), n)


def _mean_log(logs: Values, level: float, seed: int) -> Interval:
    n = len(logs)
    if n >= _MANY:
        return _t(logs, level)
    return _quantiles(_drawn_sums(logs[None, :], seed)[0] / n, n, level)


def _drawn_sums(rows: Values, seed: int) -> Values:
    """Sums of each row over units drawn with replacement, the same units in every row: rows x DRAWS."""
    n = rows.shape[1]
    rng = np.random.default_rng(seed)
    size = max(1, _CHUNK // n)
    parts = []
    for begin in range(0, DRAWS, size):
        draws = min(size, DRAWS - begin)
        chosen = rng.integers(0, n, (draws, n)) + n * np.arange(draws)[:, None]
        times = np.bincount(chosen.ravel(), minlength=draws * n).reshape(draws, n)
        parts.append(rows @ times.T.astype(float))
    return np.concatenate(parts, axis=1)


def _quantiles(logs: Values, n: int, level: float) -> Interval:
    """Percentiles, moved outwards as t is from z and by sqrt(n / (n - 1)), for the bootstrap is too narrow
    in small samples (Hesterberg 2015, expanded percentile interval)."""
    tail = normal_cdf(-two_sided_t(level, n - 1) * math.sqrt(n / (n - 1)))
    low, high = np.quantile(logs, (tail, 1 - tail))
    return Interval(math.exp(low), math.exp(high), level)


def _t(logs: Values, level: float) -> Interval:
    n, mean = len(logs), float(logs.mean())
    half = two_sided_t(level, n - 1) * float(logs.std(ddof=1)) / math.sqrt(n)
    return Interval(math.exp(mean - half), math.exp(mean + half), level)
