"""Small hand-written themes for the drafter's tests."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.domain.themes import Member, Theme, ThemeEvidence, Trend
from bot.domain.tickets import Ticket

LATE_PARCELS = (
    "Where is my parcel? It was due on Monday.",
    "My parcel hasn't arrived and it has been a week.",
    "When will my parcel be delivered?",
    "What is the status of my parcel?",
    "Has my parcel been shipped yet?",
    "I ordered a lamp two weeks ago and the parcel is still not here.",
    "Can you track my parcel for me?",
    "still waiting for my parcel, its been ten days",
    "Is there a tracking number for my parcel?",
    "Why has my parcel not come?",
)
TIMERS = (
    "set a timer for 10 minutes",
    "please set a timer for the pasta",
    "can you set a timer for half an hour",
    "start a timer for 45 minutes",
    "i need a timer for my eggs",
    "make a timer for 3 minutes please",
    "could you set up a timer",
    "set the timer to 20 minutes now",
)
STOLEN_CARDS = (
    "Someone stole my card and is using it!",
    "My card was stolen this morning, block it please.",
    "I think my card has been stolen, what do I do?",
    "My wallet was stolen with my card in it.",
    "Help, a thief has my card and I see payments I did not make.",
    "I lost my card at the station and somebody used it.",
)


def evidence(
    texts: Sequence[str],
    *,
    background: Sequence[str] = (),
    margins: Sequence[float] | None = None,
    fields: Sequence[dict[str, str]] | None = None,
    people: bool = True,
) -> ThemeEvidence:
    """A theme of ``texts``, most central first, one person and one day each."""
    first = datetime(2026, 9, 1, tzinfo=UTC)
    tickets = tuple(
        Ticket(
            f"t{i}",
            text,
            created_at=first + timedelta(days=i),
            requester=f"p{i}" if people else None,
            fields=fields[i] if fields else {},
        )
        for i, text in enumerate(texts)
    )
    members = tuple(
        Member(ticket.ticket_id, 0.95 - 0.4 * i / max(1, len(texts)), margins[i] if margins else 0.2)
        for i, ticket in enumerate(tickets)
    )
    theme = Theme("T1", "a name", (), texts[0], "t0", members, len(texts) if people else 0, Trend())
    others = tuple(Ticket(f"b{i}", text) for i, text in enumerate(background))
    return ThemeEvidence(theme, tickets, (), others, ("log",), 12)
