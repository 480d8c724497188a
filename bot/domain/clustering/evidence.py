"""What a drafter may see of one theme."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice, zip_longest

from bot.domain.clustering.trend import day
from bot.domain.themes import Theme, ThemeEvidence
from bot.domain.tickets import Ticket

BACKGROUND = 200
"""Tickets of other themes that show what is common to all."""


def theme_evidence(
    theme: Theme,
    themes: Sequence[Theme],
    tickets_by_id: Mapping[str, Ticket],
    *,
    sources: Sequence[str] = (),
    background: int = BACKGROUND,
) -> ThemeEvidence:
    """The theme's tickets in its members' order, its neighbours, and a spread of other themes' tickets.

    ``weeks`` are those between the first and the last dated ticket of the whole log, begun ones counted.
    """
    by_id = {other.id: other for other in themes}
    others = [other for other in themes if other.id != theme.id]
    return ThemeEvidence(
        theme=theme,
        tickets=[tickets_by_id[ticket_id] for ticket_id in theme.ticket_ids if ticket_id in tickets_by_id],
        neighbours=[by_id[near] for near in theme.neighbours if near in by_id],
        background=[
            tickets_by_id[ticket_id]
            for ticket_id in islice(_in_turn(others), background)
            if ticket_id in tickets_by_id
        ],
        sources=tuple(sources),
        weeks=_weeks(tickets_by_id),
    )


def _in_turn(themes: Sequence[Theme]) -> Iterator[str]:
    """The most central ticket of each theme, then the second of each, and so on."""
    for round_ in zip_longest(*(theme.ticket_ids for theme in themes)):
        yield from (ticket_id for ticket_id in round_ if ticket_id is not None)


def _weeks(tickets: Mapping[str, Ticket]) -> int | None:
    days = [day(ticket.created_at) for ticket in tickets.values() if ticket.created_at is not None]
    if not days:
        return None
    return -(-(max(days) - min(days) + timedelta(days=1)) // timedelta(days=7))
