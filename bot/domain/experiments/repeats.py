"""What repeats of a case show: reliable every time, right at least once, or flaky."""

from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Repeats:
    """Over ``n`` cases with at least ``k`` repeats each; shares within 0..1."""

    k: int
    n: int
    pass_hat_k: float
    pass_at_k: float
    flaky: float


def pass_at_k(passes: int, repeats: int, k: int) -> float:
    """Chance that at least one of k repeats passes: 1 - C(n-c, k) / C(n, k), unbiased (Chen et al. 2021)."""
    return 1 - comb(repeats - passes, k) / comb(repeats, k)


def pass_hat_k(passes: int, repeats: int, k: int) -> float:
    """Chance that all of k repeats pass: C(c, k) / C(n, k), unbiased (Yao et al. 2024, tau-bench)."""
    return comb(passes, k) / comb(repeats, k)


def repeats(passes: NDArray[np.float64], counts: NDArray[np.int64], k: int | None = None) -> Repeats | None:
    """Passes and repeats per case. ``k`` None: as many as most cases have. None where that is one."""
    seen = counts[counts > 0]
    k = k or (int(np.bincount(seen).argmax()) if len(seen) else 0)
    enough = counts >= max(k, 2)
    if k < 2 or not enough.any():
        return None
    rows, times = np.unique(np.stack([passes[enough], counts[enough]]), axis=1, return_counts=True)
    pairs = [(int(c), int(n)) for c, n in rows.T]
    total = int(times.sum())
    return Repeats(
        k,
        total,
        sum(pass_hat_k(c, n, k) * t for (c, n), t in zip(pairs, times, strict=True)) / total,
        sum(pass_at_k(c, n, k) * t for (c, n), t in zip(pairs, times, strict=True)) / total,
        sum(int(t) for (c, n), t in zip(pairs, times, strict=True) if 0 < c < n) / total,
    )
