"""Runs of neighbouring words, counted."""

from collections import Counter
from collections.abc import Sequence


def ngrams(tokens: Sequence[str], length: int) -> Counter[tuple[str, ...]]:
    """How often each run of ``length`` tokens occurs; nothing where there are fewer tokens."""
    return Counter(zip(*(tokens[start:] for start in range(length)), strict=False))


def clipped(found: Counter[tuple[str, ...]], wanted: Counter[tuple[str, ...]]) -> int:
    """How many are in both, each at most as often as the rarer side has it."""
    return (found & wanted).total()
