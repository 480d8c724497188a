"""Drift of what people write about: do the texts of the last one or two weeks crowd where few were before?"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.domain.drift.scan import Crowd, nearest, scan
from bot.domain.drift.series import Alarm, Observation, Series, Severity, Texts

ALPHA: Final = 0.01
"""Of a false alarm in a week, by Bonferroni over windows and places; seen are far fewer."""
WINDOWS: Final = (1, 2)
FLOOR: Final = 0.02
"""More of the texts than before; less is nobody's business."""
_REFERENCE: Final = 3
_REMEMBERED: Final = 12
"""Weeks: topics of a quarter ago are not what is normal now, and a week's cost is bounded."""
_MOST: Final = 400
"""Texts looked at of a week, evenly spread over it."""
_LARGE: Final = 0.1
_EXAMPLES: Final = 3


class Topics:
    """One series of texts. A text that comes several times in a week counts once: it is one sender's."""

    def __init__(self, _: Series) -> None:
        self._weeks: list[Texts] = []

    def see(self, week: Observation) -> Alarm | None:
        if not isinstance(week, Texts) or not week.texts:
            return None
        self._weeks = [*self._weeks, _thinned(week)][-_REMEMBERED - 1 :]
        vectors = np.concatenate([known.vectors for known in self._weeks])
        ages = np.repeat(np.arange(len(self._weeks))[::-1], [len(known.texts) for known in self._weeks])
        newest = np.flatnonzero(ages < max(WINDOWS))
        near = nearest(vectors[newest] @ vectors.T, newest)
        for window in WINDOWS:
            if len(self._weeks) - window < _REFERENCE:
                continue
            new = ages < window
            crowd = scan(near[new[newest]], np.flatnonzero(new), new)
            if crowd is not None and crowd.p * len(WINDOWS) < ALPHA and _excess(crowd, new) > FLOOR:
                return self._changed(crowd, new, window)
        return None

    def _changed(self, crowd: Crowd, new: NDArray[np.bool_], window: int) -> Alarm:
        texts = [text for known in self._weeks for text in known.texts]
        self._weeks = self._weeks[-window:]
        fresh, before = int(new.sum()), int((~new).sum())
        since, week = self._weeks[0].week, self._weeks[-1].week
        return Alarm(
            week=week,
            since=since,
            severity=Severity.LARGE if _excess(crowd, new) >= _LARGE else Severity.SMALL,
            reason=f"{len(crowd.members)} of {fresh:,} texts since week {since} are alike, "
            f"{crowd.known} of {before:,} before",
            evidence=1 / max(crowd.p, 1e-300),
            examples=tuple(texts[row] for row in crowd.members[:_EXAMPLES]),
        )


def _excess(crowd: Crowd, new: NDArray[np.bool_]) -> float:
    """Share of the new texts that are in the crowd beyond what chance would have put there."""
    size = len(crowd.members) + crowd.known
    return float((len(crowd.members) - size * new.mean()) / new.sum())


def _thinned(week: Texts) -> Texts:
    first = sorted({text: row for row, text in reversed(list(enumerate(week.texts)))}.values())
    kept: Sequence[int] = first
    if len(first) > _MOST:
        kept = [first[i] for i in np.linspace(0, len(first) - 1, _MOST).astype(int)]
    return Texts(week.week, tuple(week.texts[row] for row in kept), week.vectors[list(kept)])
