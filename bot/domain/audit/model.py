"""What an audit says, as closed and frozen values that go to JSON and back."""

from datetime import date
from enum import StrEnum
from math import sqrt
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict

Z95 = 1.959963984540054
Grade = Literal["A", "B", "C", "D", "F"]


class _Value(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Share(_Value):
    """``count`` of ``n``; ``share`` (0 to 1) is None where n is 0. ``low``..``high`` is the 95 % Wilson
    interval, given only where the n were a sample of more."""

    count: int
    n: int
    share: float | None
    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, count: int, n: int, *, sampled: bool = False) -> Self:
        low, high = wilson(count, n) if sampled and n else (None, None)
        return cls(count=count, n=n, share=count / n if n else None, low=low, high=high)

    def __float__(self) -> float:
        return self.share or 0.0


def wilson(count: float, n: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927); true to its level even at n = 10 and at 0 or n successes."""
    share, z2 = count / n, Z95 * Z95
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


class SourceRecord(_Value):
    """Whose data it is and why it may be used; empty where nobody said."""

    owner: str = ""
    licence: str = ""
    consent: str = ""
    note: str = ""


class Pair(_Value):
    """Two ticket ids, the earlier first."""

    earlier: str
    later: str


class NearReport(_Value):
    """``share``: tickets that nearly repeat an earlier, not identical one. ``capped``: at least so many."""

    share: Share
    examples: tuple[Pair, ...] = ()
    capped: bool = False


class Typos(_Value):
    """Misspelt words in a sample of English tickets: of ``words``, and ``tickets`` with one or more."""

    words: Share
    tickets: Share
    examples: tuple[str, ...] = ()


class Gap(_Value):
    """A silence that the log's own rhythm makes very unlikely; both days inclusive."""

    start: date
    end: date
    days: int


class Segments(_Value):
    """The values of one field that divides the tickets. ``evenness``: 1 where all are as large, towards 0
    where one holds everything (Pielou's). ``thin``: values with too few tickets to judge."""

    field: str
    values: int
    top: str
    top_share: Share
    evenness: float
    thin: dict[str, int]


class Concentration(_Value):
    """How much hangs on one requester (of ``requesters``), or on one value of a segment."""

    requesters: int
    top_requester: Share | None
    top_segments: dict[str, Share]


class Findings(_Value):
    """What was measured.

    ``rows`` = accepted + skipped + duplicates dropped on import. ``bad_rows`` were skipped for another cause
    than having no text; ``problems`` counts the causes by code. ``distinct``: different readable texts, near
    duplicates among them. Shares have the accepted tickets as n, ``empties`` and ``exact_duplicates`` all
    rows. ``languages``: most frequent first, ``und`` (too short to tell) last. ``personal_data``: tickets
    with each type. ``odd_dates``: in the future or before 1990; they count as filled in and nowhere else.
    """

    kind: str
    rows: int
    accepted: int
    skipped: int
    bad_rows: int
    problems: dict[str, int]
    distinct: int
    empties: Share
    unreadable: Share
    exact_duplicates: Share
    near_duplicates: NearReport | None
    languages: dict[str, Share]
    typo_rate: Typos | None
    personal_data: dict[str, int]
    fill_rates: dict[str, Share]
    first_date: date | None
    last_date: date | None
    odd_dates: int
    gaps: tuple[Gap, ...]
    age_days: int | None
    concentration: Concentration
    segments: tuple[Segments, ...]
    abusive: Share


class Severity(StrEnum):
    """How much a reason weighs in the grade."""

    FAIL = "fail"
    SERIOUS = "serious"
    WARNING = "warning"
    NOTE = "note"


class Reason(_Value):
    """One thing to know, in a sentence, and what to change in the workflow about it."""

    code: str
    severity: Severity
    number: float | None
    sentence: str
    fix: str


class Enough(_Value):
    """Whether ``distinct`` of ``n`` tickets carry what is asked: ``wanted`` distinct ones, or else as many
    (``needed``) as show a need behind 2 % of the tickets.
    ``smallest_need``: the smallest share a need can have and still be met three times, 95 times in 100;
    ``margin``: half-width of the widest 95 % Wilson interval of a share, 0 to 1. Both None at none."""

    n: int
    distinct: int
    wanted: int | None
    needed: int
    enough: bool
    smallest_need: float | None
    margin: float | None
    sentence: str


class AuditReport(Findings):
    """Findings with their judgement. ``failed``: drafting from these data would mislead."""

    grade: Grade
    failed: bool
    reasons: tuple[Reason, ...]
    enough: Enough
    source: SourceRecord
