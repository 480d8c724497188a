"""Is there a place among the texts where the newest ones crowd? A scan over nearest neighbours.

Each new text in turn is the centre of its m nearest neighbours among all others, new and known. Had nothing
changed, which of the others are new would be a draw without looking: how many of the m are new would be
hypergeometric (the nearest-neighbour two-sample idea of Schilling 1986 and Henze 1988, read locally). But
topics have better and worse weeks: the odds of being new wobble from topic to topic, and the number is
beta-binomial. The smallest p over all centres and sizes, times their number (Bonferroni), is the scan's. It
needs no clusters of what was known, finds a topic that grew as well as one that is new, and says which texts
it is about.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import betabinom

SIZES: Final = (8, 16, 32)
_TIES: Final = 1e-5
_WOBBLE: Final = 0.2
"""Standard deviation of a topic's weeks, in logits of its share, nothing having happened."""


class Crowd(NamedTuple):
    """``p`` is corrected for all places looked at. ``members``: rows of the new texts in the crowd, its
    centre first; ``known``: how many of the known ones are in it."""

    p: float
    members: NDArray[np.int64]
    known: int


def nearest(similar: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The texts most like each centre, the likest first, as many as SIZES wants and there are.

    ``similar`` has a row for each centre, its similarity to every text; ``rows`` says which text the centre
    itself is. Of texts equally alike the earlier column goes first, so that ties make no crowd. Works in
    ``similar``.
    """
    similar -= np.linspace(0, _TIES, similar.shape[1], dtype=np.float32)
    similar[np.arange(len(rows)), rows] = -np.inf
    size = min(SIZES[-1], similar.shape[1] - 1)
    found = np.argpartition(similar, -size, axis=1)[:, -size:]
    values = np.take_along_axis(similar, found, 1)
    return np.take_along_axis(found, np.argsort(-values, axis=1, kind="stable"), 1)


def scan(near: NDArray[np.int64], rows: NDArray[np.int64], new: NDArray[np.bool_]) -> Crowd | None:
    """The most crowded place. ``near`` are the ``nearest`` texts of the centres ``rows``, all of them new;
    ``new`` says of every text whether it is. None where there are too few texts."""
    others, fresh = len(new) - 1, int(new.sum()) - 1
    sizes = [size for size in SIZES if 2 * size <= others]
    if not sizes or fresh < 1:
        return None
    counts = np.cumsum(new[near], axis=1)
    places = [(size, int(np.argmax(counts[:, size - 1]))) for size in sizes]
    share = fresh / others
    precision = 1 / (_WOBBLE**2 * share * (1 - share)) - 1
    tails = [
        float(betabinom.sf(counts[centre, size - 1] - 1, size, share * precision, (1 - share) * precision))
        for size, centre in places
    ]
    size, centre = places[int(np.argmin(tails))]
    around = near[centre, :size]
    members = np.concatenate([rows[[centre]], around[new[around]]])
    return Crowd(min(1.0, min(tails) * len(rows) * len(sizes)), members, size + 1 - len(members))
