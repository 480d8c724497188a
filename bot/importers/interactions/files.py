"""Interactions out of files of any size: found by content, read in chunks that worker processes can take.

``open_interactions`` unpacks gz and zip, finds encoding, shape and make, and refuses what is no such file;
the chunks hold records as they came, and ``Chunk.read`` does the rest wherever it is called.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from bot.errors import ImportRefused, InputError
from bot.importers.interactions import FORMATS
from bot.importers.interactions.contract import Asked, Bad, Format, Read, Row, Rules
from bot.importers.interactions.fields import ALIASES, layout
from bot.importers.interactions.reading import take
from bot.importers.interactions.table import named
from bot.importers.reading.columns import refuse_duplicates, values
from bot.importers.reading.contract import COMMAND_LINE, Limits, Reading
from bot.importers.reading.dates import order_of
from bot.importers.reading.detect import shape_of
from bot.importers.reading.shapes import BadRow, Records, Table
from bot.importers.reading.source import Source, take_in, unpack

LIMITS = replace(COMMAND_LINE, uploaded_bytes=2 << 30, unpacked_bytes=4 << 30, rows=5_000_000)
CHUNK_ROWS, CHUNK_CHARACTERS = 1_000, 4_000_000
_LOOKED_AT = 20  # records that tell a file's make
_OWN = {"json", "ndjson", "csv"}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some records of a file, as they came. ``first`` is the row of the first; ``header`` a table's."""

    format: str
    asked: Asked
    rules: Rules
    first: int
    records: list[Any]
    header: tuple[str, ...] = ()

    def read(self) -> Read:
        rows = (
            (named(self.header, row) for row in self.records) if self.header else map(_record, self.records)
        )
        return take(
            FORMATS[self.format], rows, self.asked, len(self.records), first=self.first, rules=self.rules
        )


@dataclass(frozen=True, slots=True)
class InteractionFile:
    """An opened file. ``chunks`` streams, and may raise ImportRefused midway: nothing of it counts then."""

    format: str
    chunks: Iterator[Chunk]
    notes: list[str]


def open_interactions(
    data: Path | BinaryIO,
    *,
    filename: str,
    feature: str,
    format_: str = "auto",
    mapping: Mapping[str, str] | None = None,
    at: datetime | None = None,
    now: datetime | None = None,
    limits: Limits = LIMITS,
) -> InteractionFile:
    """Open a file of interactions of one feature.

    ``mapping`` says which column (of JSON: which name, or path with dots) is what: a field of
    ``fields.ALIASES``, or "segment.NAME". ``at`` is for records that do not say when they were, ``now``
    what none may lie far behind.

    Raises:
        ImportRefused: the file as a whole cannot be used; also while ``chunks`` is read.
        InputError: there is no such format or field.
    """
    reading = Reading(filename, mapping or {}, limits)
    asked = Asked(feature, at, now, _checked(reading.mapping))
    wanted = _wanted(format_)
    source = unpack(take_in(data, filename, limits), limits)
    shape = shape_of(source, reading)
    if not isinstance(shape, Table | Records):
        raise ImportRefused(
            f"{filename} is neither a table nor JSON.",
            code="type_mismatch",
            hint="Interactions come as CSV, JSON or JSON Lines.",
        )
    found = wanted or _claimed(shape)
    rules = found.rules
    if isinstance(shape, Table):
        refuse_duplicates(shape, filename)
        rules = replace(rules, written=True, day_first=_day_first(shape, asked, reading))
    _refuse_missing(shape, found, asked, reading)
    blank = Chunk(found.name, asked, rules, 1, [], shape.header if isinstance(shape, Table) else ())
    return InteractionFile(found.name, _chunks(shape, blank, reading, source), reading.notes)


def _checked(mapping: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    for field in mapping:
        if field not in ALIASES and not field.startswith("segment."):
            raise InputError(
                f"There is no field {field!r} to map a column to.",
                hint=f"One of: {', '.join(name for name in ALIASES if name != 'segment')}, segment.NAME.",
            )
    return tuple(mapping.items())


def _wanted(name: str) -> Format | None:
    if name == "auto":
        return None
    if name not in FORMATS or name == "otlp":
        known = ", ".join(known for known in FORMATS if known != "otlp")
        raise InputError(f"There is no file format {name!r}.", hint=f"One of: auto, {known}.")
    return FORMATS[name]


def _claimed(shape: Table | Records) -> Format:
    """The make that the first records show, else our own by the file's shape."""
    sample: list[Row] = (
        [dict(zip(shape.header, row, strict=False)) for row in shape.sample[:_LOOKED_AT]]
        if isinstance(shape, Table)
        else list(shape.sample[:_LOOKED_AT])
    )
    for format_ in FORMATS.values():
        if any(format_.claims(record) for record in sample):
            return format_
    return FORMATS["csv" if isinstance(shape, Table) else "ndjson"]


def _refuse_missing(shape: Table | Records, found: Format, asked: Asked, reading: Reading) -> None:
    """Before a million rows are put aside one by one: columns that no row can do without, or that a mapping
    names and nobody has."""
    names = (
        shape.header
        if isinstance(shape, Table)
        else tuple({name: None for row in shape.sample for name in row})
    )
    for field, column in asked.mapping:
        if column not in names and column.split(".")[0] not in names:
            raise _no_column(reading, f"{column!r} to read as {field}", names)
    if found.name not in _OWN:
        return
    there = dict(layout(names, asked.mapping).fields)
    for field in ("id",) if asked.at else ("id", "at"):
        if field not in there:
            raise _no_column(reading, f"to read as {field}", names, f"Name it with --map {field}=COLUMN.")


def _no_column(
    reading: Reading, what: str, names: tuple[str, ...], hint: str = "Check its name."
) -> ImportRefused:
    shown = ", ".join(name[:40] for name in names[:12]) + (" …" if len(names) > 12 else "")
    return ImportRefused(
        f"{reading.filename} has no column {what}. It has: {shown}.", code="no_column", hint=hint
    )


def _day_first(table: Table, asked: Asked, reading: Reading) -> bool:
    column = dict(layout(table.header, asked.mapping).fields).get("at")
    order = order_of(values(table, table.header.index(column))) if column in table.header else None
    if order is None:
        return False
    reading.note(order.sentence(values(table, table.header.index(column or ""))[0]))
    return order.day_first


def _chunks(shape: Table | Records, blank: Chunk, reading: Reading, source: Source) -> Iterator[Chunk]:
    """Whole chunks of records, closed early where texts are long. Holding on to ``source`` keeps it open."""
    records: list[Any] = []
    size, row = 0, 0
    for record in shape.rows():
        row += 1
        if row > reading.limits.rows:
            raise ImportRefused(
                f"{reading.filename} has more than {reading.limits.rows:,} rows.",
                code="too_many_rows",
                hint="Split it.",
            )
        records.append(record)
        size += _size(record)
        if len(records) == CHUNK_ROWS or size > CHUNK_CHARACTERS:
            yield replace(blank, first=row - len(records) + 1, records=records)
            records, size = [], 0
    if records:
        yield replace(blank, first=row - len(records) + 1, records=records)
    source.close()


def _size(record: Any) -> int:
    """Characters, roughly: those of a row, or of an object's texts."""
    if isinstance(record, list):
        return sum(map(len, record))
    if isinstance(record, dict):
        return sum(len(value) if isinstance(value, str) else 200 for value in record.values())
    return 0


def _record(record: Any) -> Any:
    return Bad(f"The record is {record.reason}.") if isinstance(record, BadRow) else record
