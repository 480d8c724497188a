"""Tickets: one row of a support log, before and after redaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RawTicket:
    """One ticket as an importer read it; never stored, never sent anywhere before redaction.

    ``row`` is the 1-based number of the record in its file (header not counted). ``ticket_id`` is the
    file's own id, or ``row-N`` where it has none. ``text`` is customer-visible text only. ``requester``
    is whatever identifies the person in the file; it is hashed before storing. ``known_values`` are
    names, e-mails and phones from the row's own columns, to be removed from its text. ``fields`` are the
    segments worth keeping (product area, plan, channel, language, status, tags).
    """

    row: int
    ticket_id: str
    text: str
    created_at: datetime | None = None
    requester: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    known_values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row was kept aside, or kept with a reservation (``kept``: e.g. an unreadable date)."""

    row: int
    code: str
    reason: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Ticket:
    """One redacted ticket. ``requester`` is a keyed hash; ``pii`` counts what redaction removed by type."""

    ticket_id: str
    text: str
    created_at: datetime | None = None
    requester: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    pii: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. ``duplicates`` are rows already there (same id and text), in file or store."""

    source: str
    kind: str
    accepted: int
    skipped: int
    duplicates: int
    problems: tuple[RowProblem, ...]
    notes: tuple[str, ...] = ()
