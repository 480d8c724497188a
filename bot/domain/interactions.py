"""Interactions: single calls of a team's product, as they are kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from bot.domain.storable import storable


class Outcome(StrEnum):
    """What became of an output in the product. Unknown where the product does not say."""

    UNKNOWN = ""
    ACCEPTED = "accepted"  # used as it was
    EDITED = "edited"  # used after a person changed it
    OVERRIDDEN = "overridden"  # a person decided otherwise
    ESCALATED = "escalated"  # handed to a person


@dataclass(frozen=True, slots=True)
class Interaction:
    """One call of a product's AI feature. ``id`` is the product's own and unique within the feature; texts
    are redacted, ``user`` and ``session`` hashed, ``at`` is when it happened, in UTC.

    ``cost`` is in US dollars, ``latency_ms`` to the whole answer; both None where nobody said. ``prompt`` is
    a reference like "reply@3"; ``confidence`` in 0-1 is the product's own; ``final`` what a person made of an
    edited output; ``segment`` what numbers may be split by; ``trace`` and ``span`` are the product's own ids
    in hexadecimal.
    """

    id: str
    feature: str
    at: datetime
    input: str = ""
    output: str = ""
    model: str = ""
    prompt: str = ""
    fingerprint: str = ""
    latency_ms: float | None = None
    cost: float | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    confidence: float | None = None
    outcome: Outcome = Outcome.UNKNOWN
    final: str = ""
    error: str = ""
    session: str = ""
    user: str = ""
    segment: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    trace: str = ""
    span: str = ""

    @property
    def name(self) -> str:
        """As votes, links and people name this output: "interaction:reply/abc"."""
        return f"interaction:{self.feature}/{self.id}"


Row = tuple[Any, ...]
"""An interaction's values in the order of its fields, ``outcome`` and ``segment`` (as JSON) as texts, all of
which any database takes: small and quick to hand from process to process."""

EMPTY = ("", None, "{}")
"""Values of a row that say nothing."""

_values = attrgetter(*Interaction.__slots__)
_SEGMENT, _OUTCOME = Interaction.__slots__.index("segment"), Interaction.__slots__.index("outcome")


def as_row(interaction: Interaction) -> Row:
    values = [storable(value) if isinstance(value, str) else value for value in _values(interaction)]
    values[_OUTCOME] = interaction.outcome.value
    segment = {storable(name): storable(value) for name, value in interaction.segment.items()}
    values[_SEGMENT] = json.dumps(segment, ensure_ascii=False, sort_keys=True)
    return tuple(values)


def merged(known: Row, later: Row) -> Row:
    """What was known stays; what was empty is filled from what came later."""
    return tuple(new if old in EMPTY else old for old, new in zip(known, later, strict=True))
