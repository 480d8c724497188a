"""Seeded choices: the same seed draws the same corpus."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


class Dice:
    """A thin layer over numpy's generator that picks from sequences of any kind."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)

    def chance(self, p: float) -> bool:
        return bool(self._rng.random() < p)

    def below(self, limit: int) -> int:
        return int(self._rng.integers(limit))

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return int(self._rng.integers(low, high + 1))

    def pick(self, options: Sequence[T]) -> T:
        return options[self.below(len(options))]

    def weighted(self, shares: Sequence[float]) -> int:
        """An index, drawn by its share; shares sum to 1."""
        return int(self._rng.choice(len(shares), p=list(shares)))

    def letters(self, alphabet: str, low: int, high: int) -> str:
        return "".join(self.pick(alphabet) for _ in range(self.between(low, high)))

    def digits(self, low: int, high: int) -> str:
        return self.letters("0123456789", low, high)
