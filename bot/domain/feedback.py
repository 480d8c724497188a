"""Feedback: what somebody thinks of an output, as state rather than as clicks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Thumb = Literal["up", "down"]
REASONS = {
    "wrong_facts": "Wrong facts",
    "wrong_tone": "Wrong tone",
    "too_long": "Too long",
    "missed_the_point": "Missed the point",
    "unsafe": "Unsafe",
    "other": "Something else",
}


@dataclass(frozen=True, slots=True)
class Vote:
    """One person's vote on one output ("story:ST-14"); the last one wins. ``reasons`` are keys of REASONS,
    ``correction`` is what it should have said."""

    output: str
    user: str
    thumb: Thumb
    given_at: datetime
    reasons: tuple[str, ...] = ()
    comment: str = ""
    correction: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people like an output and how many do not."""

    up: int = 0
    down: int = 0
