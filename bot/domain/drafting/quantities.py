"""Numbers behind a draft: Wilson intervals, how many cases a threshold needs, shares in words."""

import math

Z95 = 1.959964


def wilson(successes: int, n: int, z: float = Z95) -> tuple[float, float]:
    """Score interval for a proportion (Wilson 1927), as shares in 0..1. ``n`` must be positive."""
    p = successes / n
    centre = p + z * z / (2 * n)
    spread = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def cases_needed(threshold: float, margin_points: float) -> int:
    """Smallest n, a multiple of ten, whose Wilson lower bound lies within ``margin_points`` of ``threshold``.

    ``threshold`` is in per cent, assumed to be met exactly.
    """
    for n in range(10, 5001, 10):
        if threshold - 100 * wilson(round(n * threshold / 100), n)[0] <= margin_points:
            return n
    return 5000


def lower_bound(threshold: float, n: int) -> int:
    """Wilson lower bound in whole per cent when ``threshold`` per cent of ``n`` pass."""
    return math.floor(100 * wilson(round(n * threshold / 100), n)[0])


def zero_failures_rule(n: int) -> float:
    """Highest failure rate, in per cent, that none seen in ``n`` cases leaves open at 95 %: 1 - .05^(1/n)."""
    return 100 * (1 - math.pow(0.05, 1 / n))


def share(part: int, whole: int) -> str:
    """ "14 of 58"."""
    return f"{part} of {whole}"
