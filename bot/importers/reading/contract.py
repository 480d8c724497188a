"""The limits of an import and what an opened log hands on."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.domain.tickets import RawTicket, RowProblem
from bot.errors import ImportRefused

MIB = 1024 * 1024

Record = RawTicket | RowProblem


@dataclass(frozen=True, slots=True)
class Limits:
    """What an import may cost at most; checked while streaming, never trusted from a file's own words.

    ``ratio`` is unpacked to packed size, looked at once ``ratio_floor_bytes`` came out.
    """

    uploaded_bytes: int = 25 * MIB
    unpacked_bytes: int = 200 * MIB
    ratio: int = 100
    ratio_floor_bytes: int = MIB
    rows: int = 200_000
    columns: int = 512
    field_bytes: int = MIB
    record_bytes: int = 32 * MIB


COMMAND_LINE = Limits(uploaded_bytes=200 * MIB, rows=2_000_000)


@dataclass(slots=True)
class Reading:
    """What one reading is asked to do, and what it has to tell. ``counts`` become notes at the end."""

    filename: str
    mapping: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    notes: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    def finish(self) -> None:
        """Turn what was counted into notes: ``private notes dropped: 14``."""
        self.notes.extend(f"{what}: {count}" for what, count in self.counts.items())
        self.counts.clear()


@dataclass(frozen=True, slots=True)
class LogFile:
    """An opened log.

    ``kind`` is the importer's name ("zendesk-json", "csv"). ``records`` streams and may raise
    ``ImportRefused`` midway: nothing read so far counts then. ``notes`` fills while reading.
    """

    kind: str
    records: Iterator[Record]
    notes: list[str]


def no_text_column(reading: Reading, columns: list[str], why: str = "") -> ImportRefused:
    """No column can serve as the message; says which columns there are."""
    shown = ", ".join(columns[:12]) + (" …" if len(columns) > 12 else "")
    return ImportRefused(
        why or f"{reading.filename} has no column that holds the customers' messages. Columns: {shown}.",
        code="no_text_column",
        hint="Name it with --map message=COLUMN, or export the log with the message text.",
    )
