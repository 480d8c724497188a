"""What few pass/fail pairs can show: summed over all that may come out, by the tests of the verdict."""

from functools import lru_cache
from math import comb

import numpy as np

from bot.domain.statistics.paired import difference, mid_p_mcnemar

LARGEST = 60  # cases; beyond it the formula for many does, see power.detectable_share


def shows_nothing(n: int, alpha: float = 0.05) -> bool:
    """Whether n pass/fail pairs can prove nothing: not even if the candidate won them all."""
    return n < 1 or mid_p_mcnemar(n, 0) > alpha


@lru_cache(256)
def detectable(n: int, discordant: float, alpha: float, power: float) -> float | None:
    """Smallest difference of two paired pass rates that n cases show with this power; None where there is
    none. ``discordant``: the share of cases on which the arms disagree, at least the difference itself."""
    if shows_nothing(n, alpha) or chance_to_show(n, 1.0, discordant, alpha) < power:
        return None
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        shown = chance_to_show(n, middle, discordant, alpha) >= power
        low, high = (low, middle) if shown else (middle, high)
    return high


def chance_to_show(n: int, delta: float, discordant: float, alpha: float) -> float:
    """Probability that the candidate is shown to be better, in truth better by ``delta``."""
    share = max(discordant, delta)
    win = (share + delta) / 2 / share if share else 0.5
    return sum(
        _binomial(n, moved, share) * _binomial(moved, wins, win)
        for moved, fewest in enumerate(_fewest_wins(n, alpha))
        for wins in range(fewest, moved + 1)
    )


@lru_cache(64)
def _fewest_wins(n: int, alpha: float) -> tuple[int, ...]:
    """By the number of pairs that differ: the fewest wins that prove the candidate better."""
    return tuple(_fewest(n, moved, alpha) for moved in range(n + 1))


def _fewest(n: int, moved: int, alpha: float) -> int:
    wins = (moved + 1) // 2
    while wins <= moved and not _proven(n, wins, moved - wins, alpha):
        wins += 1
    return wins


def _proven(n: int, wins: int, losses: int, alpha: float) -> bool:
    """As in domain/experiments/verdict: a p that is small enough and an interval above 0."""
    if mid_p_mcnemar(wins, losses) > alpha:
        return False
    found = difference(np.repeat([1.0, -1.0, 0.0], [wins, losses, n - wins - losses]), 1 - alpha)
    return found is not None and found.interval.low > 0


def _binomial(n: int, k: int, p: float) -> float:
    return comb(n, k) * p**k * (1 - p) ** (n - k)
