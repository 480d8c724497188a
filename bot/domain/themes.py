"""Themes: groups of tickets about one need, as values."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.tickets import Ticket


@dataclass(frozen=True, slots=True)
class Trend:
    """Change between the newest complete stretch and the one before it, in tickets.

    ``change`` with its 95 % interval ``low``..``high``; ``rising`` only when the interval excludes zero
    upwards. ``weekly`` are counts of complete weeks, oldest first. All None/empty without dates.
    """

    weekly: tuple[int, ...] = ()
    change: int | None = None
    low: int | None = None
    high: int | None = None
    rising: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A ticket in a theme: ``centrality`` = cosine to the theme's centroid; ``margin`` = centrality minus
    cosine to the nearest other theme's centroid (negative: it sits nearer elsewhere)."""

    ticket_id: str
    centrality: float
    margin: float


@dataclass(frozen=True, slots=True)
class Theme:
    """``members`` are ordered most central first; ``neighbours`` are the nearest other theme ids."""

    id: str
    name: str
    phrases: tuple[str, ...]
    quote: str
    quote_id: str
    members: tuple[Member, ...]
    requesters: int
    trend: Trend
    emerging: bool = False
    parent: str | None = None
    neighbours: tuple[str, ...] = ()

    @property
    def tickets(self) -> int:
        return len(self.members)

    @property
    def ticket_ids(self) -> tuple[str, ...]:
        return tuple(member.ticket_id for member in self.members)


@dataclass(frozen=True, slots=True)
class Correction:
    """What people said an earlier output should have been: ``output`` is its name ("story:ST-3"), ``input``
    what it was made from, ``said`` what it said, ``should`` their words, ``why`` their reasons. Redacted."""

    output: str
    input: str
    said: str
    should: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class ThemeEvidence:
    """All a drafter may see of one theme. ``tickets`` follow the order of ``theme.members``;
    ``neighbours`` are the nearest other themes (for non-goals), with ``neighbour_tickets`` a sample of
    their central tickets, by theme id; ``background`` is a sample of tickets from all other themes.
    ``corrections`` are of earlier outputs about something alike, for drafters that learn from them."""

    theme: Theme
    tickets: Sequence[Ticket]
    neighbours: Sequence[Theme] = ()
    background: Sequence[Ticket] = ()
    sources: tuple[str, ...] = ()
    weeks: int | None = None
    corrections: Sequence[Correction] = ()
