"""What reading interactions asks for and hands back, and what one of them may hold at most."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.interactions import Interaction

MOST_TEXT = 100_000  # characters of an input, an output or a final text
MOST_SEGMENTS = 20
WHOLE = 0  # the row of a problem that is of the body, not of one record


MOST_WHOLE = 2**53 - 1
"""Whole numbers beyond this are not the same in every reader of JSON: two ids might become one."""
FAR = "lies before 1990 or in the future"
"""Said of a moment that can be read and cannot be meant."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a record was put aside. ``row`` counts records from 1, and is ``WHOLE`` where nothing was read.

    ``field`` is the name it was sent under, "" for the record. No text repeats what was sent: it may be
    personal.
    """

    row: int
    field: str
    message: str
    hint: str = ""


@dataclass(slots=True)
class Read:
    """What came of a body. Texts are NOT redacted and people NOT hashed yet.

    ``apart`` counts records that are no calls of a model (tools, embeddings, wrappers); ``ignored`` names
    what was sent and is not kept, with how often.
    """

    interactions: list[Interaction] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    apart: int = 0
    ignored: Counter[str] = field(default_factory=Counter)

    @property
    def refused(self) -> Problem | None:
        """Why the body as a whole was not read, where it was not: nothing of it may be kept then."""
        return next((problem for problem in self.problems if problem.row == WHOLE), None)


@dataclass(frozen=True, slots=True)
class Bad:
    """A record that cannot be read at all; those around it may be fine."""

    message: str
    hint: str = ""


class BodyRefused(Exception):
    """The body as a whole is not what it is said to be; never leaves this package."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.problem = Problem(WHOLE, "", message, hint)


@dataclass(frozen=True, slots=True)
class Rules:
    """How the values of records are taken.

    ``written``: numbers and flags come as text, as in CSV. ``cut``: what is too long is cut and what is
    malformed left out, for formats that nobody at hand can mend; else it is a problem. ``day_first``: how
    dates in numbers are written.
    """

    written: bool = False
    cut: bool = False
    day_first: bool = False


Row = Mapping[str, Any]


def itself(record: Any) -> Iterable[Any]:
    return (record,)


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    ``records`` splits a body; ``unfold`` gives the records within one of a file; ``translate`` names a
    record's values as ``fields.ALIASES`` does, None where it is no call of a model. ``claims`` tells by one
    record of a file whether it is of this make.
    """

    name: str
    records: Callable[[bytes], Iterator[Any]]
    translate: Callable[[Any], Row | None] = dict
    unfold: Callable[[Any], Iterable[Any]] = itself
    claims: Callable[[Row], bool] = lambda _: False
    rules: Rules = Rules()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reading is for: the feature; ``at``, for records that do not say when they were; ``now``, which
    none may lie far behind; and which column is what. Without a moment, nothing is made of it."""

    feature: str
    at: datetime | None = None
    now: datetime | None = None
    mapping: tuple[tuple[str, str], ...] = ()
