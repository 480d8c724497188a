"""What is watched week by week: a series, what a complete week of it holds, and what an alarm says."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Kind(StrEnum):
    """What a week of the series is; each has one detector."""

    PROPORTION = "proportion"
    NUMERIC = "numeric"
    COUNT = "count"
    MIX = "mix"
    TEXTS = "texts"


class Severity(StrEnum):
    """How far it moved, not how sure we are: an alarm is always sure."""

    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Series:
    """``season`` is after how many weeks the calendar comes round, 0 where nothing is known to."""

    id: str
    kind: Kind
    season: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """``successes`` of ``n`` ratings."""

    week: int
    n: int
    successes: int


@dataclass(frozen=True, slots=True)
class Mean:
    """Of ``n`` measurements such as costs or latencies; ``sd`` is the measurements' own."""

    week: int
    n: int
    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class Total:
    """One number a week: a volume, a handling time."""

    week: int
    value: float


@dataclass(frozen=True, slots=True)
class Mix:
    """How often each category came."""

    week: int
    counts: Mapping[str, int]

    @property
    def n(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Texts:
    """What people wrote, redacted, with a unit vector of each: float32, shape (texts, dim)."""

    week: int
    texts: tuple[str, ...]
    vectors: NDArray[np.float32]


Observation = Share | Mean | Total | Mix | Texts


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something moved. ``since`` is the likeliest first week at the new level; ``reason`` names before and
    after with their n, and no cause; ``evidence`` is how many times likelier the weeks are with the change
    than without (a p-value's inverse where the detector is a test). ``examples`` are texts it is about,
    as they were handed in."""

    week: int
    since: int
    severity: Severity
    reason: str
    evidence: float
    examples: tuple[str, ...] = ()


class Detector(Protocol):
    """Judges the weeks of one series in their order; what it has seen is all it knows."""

    def see(self, week: Observation, /) -> Alarm | None:
        """Take in a complete week. A week without data is left out, never handed in as zero."""
        ...
