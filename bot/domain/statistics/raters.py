"""How far people who label the same items agree: Cohen's kappa and Krippendorff's alpha, any categories."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.domain.experiments.results import Interval

DRAWS = 4_000
_CHUNK = 4_000_000  # numbers drawn at a time
_MORE = 2.0  # items


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Agreement of two raters beyond chance (Cohen 1960), (p_o - p_e) / (1 - p_e) with any number of
    categories; ``pairs`` are their labels of the same items. None where chance alone agrees always."""
    n = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[label] * second[label] for label in first) / (n * n) if n else 1.0
    return None if chance >= 1 else (sum(a == b for a, b in pairs) / n - chance) / (1 - chance)


def krippendorff_alpha(items: Sequence[Sequence[str]]) -> float | None:
    """Agreement of any number of raters beyond chance, nominal categories (Krippendorff 2011, "Computing
    Krippendorff's Alpha-Reliability"): 1 - (n - 1) * sum of o_ck / sum of n_c n_k, over c != k.

    ``items`` are the labels of each item; items with fewer than two say nothing and are left out. None where
    only one category was ever given: then there is nothing to agree about.
    """
    counts = _counts(items)
    value = float(_alphas(counts, np.ones((1, len(counts))))[0])
    return None if np.isnan(value) else value


def alpha_interval(items: Sequence[Sequence[str]], level: float = 0.95, *, seed: int = 0) -> Interval | None:
    """Bayesian bootstrap over items (Rubin 1981; for alpha items are what is drawn, Zapf et al. 2016), with
    two items more, spread evenly over the ordered pairs of categories: where all agree nothing varies, and
    the plain bootstrap would be certain of it. For two categories that is what ``kappa_interval`` does. None
    where alpha is undefined.

    In simulations (two and four raters, two and three categories, alpha .1 to .9) it held alpha 81 to 98
    times in 100 with 12 or 15 items, 89 to 95 times with 30, 91 to 96 times with 100.
    """
    seen = krippendorff_alpha(items)
    if seen is None:
        return None
    counts = _counts(items)
    pairs = _pairs(counts.shape[1])
    rows = np.vstack([counts, pairs])
    prior = np.concatenate([np.ones(len(counts)), np.full(len(pairs), _MORE / len(pairs))])
    rng = np.random.default_rng(seed)
    size = max(1, _CHUNK // len(rows))
    drawn = [
        _alphas(rows, rng.dirichlet(prior, min(size, DRAWS - begin)) * prior.sum())
        for begin in range(0, DRAWS, size)
    ]
    tail = (1 - level) / 2
    low, high = np.quantile(np.concatenate(drawn), (tail, 1 - tail))
    return Interval(min(seen, float(low)), max(seen, float(high)), level)


def _counts(items: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """How often each item got each category, items with two labels or more: (items, categories)."""
    paired = [Counter(labels) for labels in items if len(labels) > 1]
    categories = sorted(set().union(*paired))
    shape = len(paired), len(categories)
    return np.array([[found[c] for c in categories] for found in paired], float).reshape(shape)


def _pairs(categories: int) -> NDArray[np.float64]:
    """One item for each ordered pair of categories, as counts."""
    one = np.eye(categories)
    return (one[:, None, :] + one[None, :, :]).reshape(-1, categories)


def _alphas(counts: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Alpha for each row of ``weights`` (draws, items); NaN where only one category is left."""
    labels = counts.sum(axis=1)
    apart = (labels**2 - (counts**2).sum(axis=1)) / np.maximum(labels - 1, 1)
    by_category = weights @ counts
    n = by_category.sum(axis=1)
    expected = n**2 - (by_category**2).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(expected > 0, 1 - (n - 1) * (weights @ apart) / expected, np.nan))
