"""A person's vote on an output as a pure function of the marks they left, in whatever order those arrive.

The rules:

1. A mark is what a person last did at one source: pressed the button, put an emoji on one message, or took it
   off. There is one mark per output, person and source; a later one of the same source replaces it, an
   earlier one changes nothing, so duplicates and late arrivals do no harm.
2. "Later" goes by when it happened, to the microsecond, never by when it arrived. At the same microsecond
   taking away counts as later than 👎, and 👎 as later than 👍: any rule would do that asks for no order.
3. The vote that stands is the thumb of the newest mark that was not taken away; where none is left, there is
   no vote. So buttons and emoji are one vote, the last one wins, and taking an emoji off brings back what
   stood before it.
4. Why (reasons, a comment, a correction) is said once per output and person, the newest wins. It counts only
   while the vote that stands is 👎, and is not lost when somebody changes their mind and changes it back.
5. A flag (🚩) is a 👎 whose mark says why: while it is up, "unsafe" is among the reasons of a 👎.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeVar

Thumb = Literal["up", "down"]
REASONS = {
    "wrong_facts": "Wrong facts",
    "wrong_tone": "Wrong tone",
    "too_long": "Too long",
    "missed_the_point": "Missed the point",
    "unsafe": "Unsafe",
    "other": "Something else",
}
BUTTON = "button"
FLAG, UNSAFE = "flag:", "unsafe"
_ORDER = {"up": 0, "down": 1, None: 2}


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody last did at ``source`` ("button", "emoji:+1@C1/1700000000.000100", "flag:…", "product",
    "cli"), at their own time ``at``; ``thumb`` None: taken away."""

    source: str
    thumb: Thumb | None
    at: datetime

    @property
    def rank(self) -> tuple[datetime, int]:
        """The greater one is the later one."""
        return self.at, _ORDER[self.thumb]

    @property
    def flags(self) -> bool:
        """Whether it says that the output is unsafe."""
        return self.thumb is not None and self.source.startswith(FLAG)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why not: ``reasons`` are keys of REASONS, ``correction`` is what the output should have said."""

    at: datetime
    reasons: tuple[str, ...] = ()
    comment: str = ""
    correction: str = ""

    @property
    def rank(self) -> tuple[datetime, tuple[str, ...], str, str]:
        """The greater one is the later one; at the same moment the words decide, so that no order does."""
        return self.at, self.reasons, self.comment, self.correction


@dataclass(frozen=True, slots=True)
class Given:
    """Something one person did to one output ("story:ST-14")."""

    output: str
    user: str
    what: Mark | Explanation


@dataclass(frozen=True, slots=True)
class Vote:
    """The vote that stands: one per output and person, given at the time of its mark. Reasons and words are
    there for a 👎 only."""

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


Act = TypeVar("Act", Mark, Explanation)


def newer(known: Act | None, other: Act) -> Act:
    """Of two acts at one source (or two explanations) the one that counts."""
    return other if known is None or other.rank > known.rank else known


def standing(marks: Iterable[Mark]) -> Mark | None:
    """The mark whose thumb is the vote; ``marks`` are of different sources."""
    return max((mark for mark in marks if mark.thumb is not None), key=lambda mark: mark.rank, default=None)


def vote_of(output: str, user: str, marks: Iterable[Mark], why: Explanation | None) -> Vote | None:
    """The vote that these marks and this explanation make."""
    marks = list(marks)
    mark = standing(marks)
    if mark is None or mark.thumb is None:
        return None
    if mark.thumb == "up":
        return Vote(output, user, mark.thumb, mark.at)
    why = why or Explanation(mark.at)
    flagged = (UNSAFE,) if UNSAFE not in why.reasons and any(each.flags for each in marks) else ()
    return Vote(output, user, mark.thumb, mark.at, (*why.reasons, *flagged), why.comment, why.correction)


@dataclass(slots=True)
class Doings:
    """All that one person did to one output: a mark by source, and why."""

    marks: dict[str, Mark] = field(default_factory=dict)
    why: Explanation | None = None

    def take(self, what: Mark | Explanation) -> bool:
        """Take one more act in; False where it changes nothing."""
        if isinstance(what, Mark):
            mark = self.marks.get(what.source)
            self.marks[what.source] = newer(mark, what)
            return self.marks[what.source] != mark
        why, self.why = self.why, newer(self.why, what)
        return self.why != why
