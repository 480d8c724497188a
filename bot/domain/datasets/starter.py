"""The first twenty: inputs of a log that stand for all of it, each unlike the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.domain.themes import Theme
from bot.domain.tickets import Ticket

FIRST = 20
SAME = 0.95  # cosine from which two texts ask the same
FEWEST_WORDS = 3
LONGEST = 4_000  # characters; a case is read by people
OTHER = "none of the themes"

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Pick:
    """A ticket that was chosen, and the theme it stands for."""

    ticket: Ticket
    theme: str


@dataclass(frozen=True, slots=True)
class _Stratum:
    """Tickets of one theme, the most typical first."""

    name: str
    tickets: tuple[Ticket, ...]


def first_inputs(
    themes: Sequence[Theme],
    tickets: Sequence[Ticket],
    vectors: Vectors,
    n: int = FIRST,
) -> list[Pick]:
    """``n`` tickets, or fewer where there are no more that differ; the largest theme's first.

    ``vectors``: unit rows, one for each ticket. Every theme gets a share by its size (largest remainders, at
    least one while there is room). Within a theme the most central ticket comes first, then whichever of its
    typical half is farthest from all that were chosen; one ticket a person as long as that can be.
    """
    place = {ticket.ticket_id: row for row, ticket in enumerate(tickets)}
    strata = _strata(themes, tickets)
    choosing = _Choosing(vectors, place)
    wanted = shares([len(stratum.tickets) for stratum in strata], n)
    picks = [
        Pick(ticket, stratum.name)
        for stratum, count in zip(strata, wanted, strict=True)
        for ticket in choosing.choose(stratum.tickets, count)
    ]
    for stratum in strata:  # where a theme had too few that differ, others fill up
        picks += [Pick(t, stratum.name) for t in choosing.choose(stratum.tickets, n - len(picks))]
    return picks


def shares(sizes: Sequence[int], n: int) -> list[int]:
    """``n`` seats by size: one each while there is room, the rest by largest remainders (Hamilton); nobody
    gets more than there are."""
    if not sizes or n <= 0:
        return [0] * len(sizes)
    given = [1 if place < n else 0 for place in range(len(sizes))]
    rest, total = n - sum(given), sum(sizes)
    exact = [rest * size / total for size in sizes]
    given = [min(size, g + int(x)) for size, g, x in zip(sizes, given, exact, strict=True)]
    by_remainder = sorted(range(len(sizes)), key=lambda place: (int(exact[place]) - exact[place], place))
    while sum(given) < min(n, total):
        for place in by_remainder:
            if sum(given) < n and given[place] < sizes[place]:
                given[place] += 1
    return given


def _strata(themes: Sequence[Theme], tickets: Sequence[Ticket]) -> list[_Stratum]:
    usable = {ticket.ticket_id: ticket for ticket in tickets if _is_usable(ticket.text)}
    taken: set[str] = set()
    strata = []
    for theme in themes:
        members = tuple(usable[name] for name in theme.ticket_ids if name in usable and name not in taken)
        taken.update(ticket.ticket_id for ticket in members)
        strata.append(_Stratum(theme.name, members))
    rest = tuple(ticket for name, ticket in usable.items() if name not in taken)
    strata.append(_Stratum(OTHER if themes else "", rest))
    filled = [stratum for stratum in strata if stratum.tickets]
    return sorted(filled, key=lambda stratum: -len(stratum.tickets))


def _is_usable(text: str) -> bool:
    return len(text.split()) >= FEWEST_WORDS and len(text) <= LONGEST


class _Choosing:
    """Tickets chosen so far, and how near every other one is to them."""

    def __init__(self, vectors: Vectors, place: Mapping[str, int]) -> None:
        self._vectors = vectors
        self._place = place
        self._nearest = np.full(len(vectors), -1.0, np.float32)
        self._people: set[str] = set()

    def choose(self, tickets: Sequence[Ticket], count: int) -> list[Ticket]:
        """Up to ``count`` more, from the typical half first."""
        found: list[Ticket] = []
        half = max(len(tickets) // 2, min(len(tickets), 2 * count))
        while len(found) < count:
            ticket = self._next(tickets[:half], first=not found) or self._next(tickets, first=False)
            if ticket is None:
                break
            self._take(ticket)
            found.append(ticket)
        return found

    def _next(self, tickets: Sequence[Ticket], *, first: bool) -> Ticket | None:
        differing = [t for t in tickets if self._nearest[self._place[t.ticket_id]] < SAME]
        others = [t for t in differing if not t.requester or t.requester not in self._people] or differing
        if not others:
            return None
        return others[0] if first else min(others, key=lambda t: self._nearest[self._place[t.ticket_id]])

    def _take(self, ticket: Ticket) -> None:
        row = self._place[ticket.ticket_id]
        np.maximum(self._nearest, self._vectors @ self._vectors[row], out=self._nearest)
        self._nearest[row] = 1.0
        if ticket.requester:
            self._people.add(ticket.requester)
