"""The columns beside the text: how full they are, who writes, and how the tickets divide."""

from array import array
from collections import Counter
from collections.abc import Mapping
from math import log

import numpy as np

from bot.domain.audit.model import Concentration, Segments, Share

MOST_VALUES = 50
TRACKED_VALUES = 1_000
TOO_FEW = 30
"""Tickets under which nothing is said of a segment or of requesters."""
NO_SEGMENTS = frozenset({"status", "state", "tags", "tag", "labels", "subject", "resolution", "type_id"})
"""Columns that say what was done with a ticket or hold free words; they do not divide the customers."""


class Columns:
    """Counts of requesters and of every column's values, bounded in memory."""

    def __init__(self) -> None:
        self.tickets = 0
        self.filled: Counter[str] = Counter()
        self._values: dict[str, Counter[str]] = {}
        self._requesters = array("q")

    def add(self, requester: str | None, fields: Mapping[str, str]) -> None:
        self.tickets += 1
        if requester:
            self._requesters.append(
                hash(requester)
            )  # equality is all that is asked of it, within one process
        for field, value in fields.items():
            if value and not value.isspace():
                self.filled[field] += 1
                self._count(field, value)
            else:
                self.filled.setdefault(field, 0)

    def _count(self, field: str, value: str) -> None:
        values = self._values.setdefault(field, Counter())
        if value in values or len(values) < TRACKED_VALUES:
            values[value] += 1

    def fill_rates(self, dated: int) -> dict[str, Share]:
        """By column, creation date and requester first."""
        counts = {"created_at": dated, "requester": len(self._requesters), **dict(self.filled)}
        return {field: Share.of(count, self.tickets) for field, count in counts.items()}

    def segments(self) -> tuple[Segments, ...]:
        """Columns that divide the tickets into 2 to 50 groups, of two tickets or more on average."""
        return tuple(_segments(field, values) for field, values in self._dividing().items())

    def concentration(self) -> Concentration:
        """Top shares; of requesters only where 30 tickets or more have one."""
        _, counts = np.unique(np.asarray(self._requesters, dtype=np.int64), return_counts=True)
        named = len(self._requesters)
        top = Share.of(int(counts.max()), named) if named >= TOO_FEW else None
        return Concentration(
            requesters=len(counts),
            top_requester=top,
            top_segments={segments.field: segments.top_share for segments in self.segments()},
        )

    def _dividing(self) -> dict[str, Counter[str]]:
        return {
            field: values
            for field, values in self._values.items()
            if field not in NO_SEGMENTS and 2 <= len(values) <= min(MOST_VALUES, values.total() / 2)
        }


def _segments(field: str, values: Counter[str]) -> Segments:
    total = values.total()
    top, count = values.most_common(1)[0]
    entropy = -sum(n / total * log(n / total) for n in values.values())
    thin = {value: n for value, n in reversed(values.most_common()) if n < TOO_FEW}
    return Segments(
        field=field,
        values=len(values),
        top=top,
        top_share=Share.of(count, total),
        evenness=round(entropy / log(len(values)), 4),
        thin=thin,
    )
