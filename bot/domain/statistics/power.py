"""Before and after a run: the smallest difference that n shows, and the n that would settle a question."""

import math
from collections.abc import Callable

from bot.domain.statistics.distributions import normal_cdf, normal_quantile, two_sided_z

_MOST = 1_000_000


def detectable_share(
    n: int, discordant: float = 0.2, *, alpha: float = 0.05, power: float = 0.8
) -> float | None:
    """Smallest difference of two paired pass rates that n cases show; None where even all would not do.

    ``discordant`` is the share of cases on which the arms are expected to disagree; it is at least the
    difference itself. Miettinen (1968), as in Connor (1987).
    """
    za, zb = two_sided_z(1 - alpha), normal_quantile(power)

    def shown(delta: float) -> bool:
        share = max(discordant, delta)
        return delta * math.sqrt(n) >= za * math.sqrt(share) + zb * math.sqrt(max(share - delta * delta, 0.0))

    if n < 1 or not shown(1.0):
        return None
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if shown(middle) else (middle, high)
    return high


def detectable_mean(n: int, spread: float, *, alpha: float = 0.05, power: float = 0.8) -> float | None:
    """Smallest mean difference that n units show whose differences have this standard deviation."""
    if n < 2:
        return None
    return (two_sided_z(1 - alpha) + normal_quantile(power)) * spread / math.sqrt(n)


def settled(
    n: float, true: float, spread: float, *, margin: float, alpha: float, cheaper: bool, seen: int = 0,
    mean: float = 0.0,
) -> float:  # fmt: skip
    """Probability that the interval of n units settles it: above 0, below 0, or within the margin; with
    ``cheaper``, above minus the margin too.

    ``seen`` of the n units are there already, with this ``mean``; the others have the mean ``true``.
    """
    new = n - seen
    if new <= 0:
        return 0.0
    middle, error = (seen * mean + new * true) / n, spread * math.sqrt(new) / n
    half = two_sided_z(1 - alpha) * spread / math.sqrt(n)

    def above(x: float) -> float:
        return 1 - normal_cdf((x - middle) / error)

    if (margin >= 2 * half) or error == 0:
        return 1.0
    worse = 1 - above(-half)
    if cheaper:
        return above(half - margin) + worse
    within = above(half - margin) - above(margin - half) if margin > half else 0.0
    return above(half) + worse + within


def smallest(enough: Callable[[int], bool], least: int) -> int | None:
    """The smallest n from ``least`` on that is enough, by doubling and halving; None beyond a million."""
    high = max(1, least)
    while not enough(high):
        least, high = high, high * 2
        if high > _MOST:
            return None
    while high - least > 1:
        middle = (least + high) // 2
        least, high = (least, middle) if enough(middle) else (middle, high)
    return high
