"""What worker processes do to a batch of raw tickets: redact, hash, fingerprint. Pure and picklable."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.audit import TicketPrint, fingerprint
from bot.domain.pseudonyms import hash_requester
from bot.domain.redaction import log_vocabulary, redact, redact_structured
from bot.domain.storable import storable
from bot.domain.tickets import RawTicket, Ticket


@dataclass(frozen=True, slots=True)
class Prepared:
    """A redacted ticket with what the audit needs of it; nothing raw is left."""

    row: int
    ticket: Ticket
    print: TicketPrint


def prepare(batch: Sequence[RawTicket], key: bytes, common: frozenset[str] = frozenset()) -> list[Prepared]:
    """Redact every text and field of the batch; requesters become keyed hashes. ``common`` are words of the
    log that are nobody's name."""
    tickets = [_redacted(raw, key, common) for raw in batch]
    prints = fingerprint([ticket.text for ticket in tickets])
    return [
        Prepared(raw.row, ticket, print_) for raw, ticket, print_ in zip(batch, tickets, prints, strict=True)
    ]


def common_words(batches: Sequence[Sequence[RawTicket]]) -> frozenset[str]:
    """Words that many people of a log write, from its first batches."""
    rows = [raw for batch in batches for raw in batch]
    return log_vocabulary((raw.text, raw.requester or f"row {raw.row}") for raw in rows)


def _redacted(raw: RawTicket, key: bytes, common: frozenset[str]) -> Ticket:
    redaction = redact(storable(raw.text), known=raw.known_values, common=common)
    return Ticket(
        ticket_id=_short(raw.ticket_id),
        text=redaction.text,
        created_at=raw.created_at,
        requester=None if raw.requester is None else hash_requester(raw.requester, key),
        fields={storable(name): _short(value) for name, value in raw.fields.items()},
        pii=dict(Counter(span.type for span in redaction.spans)),
    )


@lru_cache(maxsize=50_000)
def _short(value: str) -> str:
    """Ids and segment values repeat, and a few hold an address where nobody expects one."""
    value = storable(value)
    return redact_structured(value) if "@" in value or len(value) > 40 else value
