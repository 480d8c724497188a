"""Conversations: what the customer said in them, put together as one ticket."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson

from bot.domain.tickets import RawTicket, RowProblem
from bot.importers.reading.columns import LONGEST_SEGMENT, MOST_FIELDS
from bot.importers.reading.contract import Reading, Record
from bot.importers.reading.dates import DateReader
from bot.importers.reading.objects import text_of
from bot.importers.reading.people import known_values
from bot.importers.reading.shapes import BadRow, Records
from bot.importers.reading.tickets import NO_TEXT, bad_date, limited, requester_of, with_subject

Speaker = Literal["customer", "agent", "note"]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """One message: by the customer, by an agent or a bot, or a note among agents."""

    by: Speaker
    text: str
    at: str = ""


@dataclass(slots=True)
class Thread:
    """One conversation. ``people`` are (sort, value) pairs as ``known_values`` takes them."""

    id: str
    said: list[Said]
    subject: str = ""
    created: str = ""
    requester: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    people: list[tuple[str, str]] = field(default_factory=list)


def thread_ticket(number: int, thread: Thread, date: DateReader, reading: Reading) -> Iterator[Record]:
    """The customer's messages joined; the rest dropped and counted."""
    texts = []
    for said in thread.said:
        if said.by == "customer":
            if text := said.text.strip():
                texts.append(text)
        elif said.text.strip():
            dropped = "private notes" if said.by == "note" else "messages by agents and bots"
            reading.counts[f"{dropped} dropped"] += 1
    if not texts:
        yield RowProblem(number, "no_text", NO_TEXT)
        return
    created = date(thread.created) if thread.created else None
    if thread.created and created is None:
        yield bad_date(number, thread.created)
    short = ((name, value.strip()) for name, value in thread.fields.items())
    fields = [
        (name, value) for name, value in short if 0 < len(value) <= LONGEST_SEGMENT and "@" not in value
    ]
    yield RawTicket(
        number,
        thread.id or f"row-{number}",
        with_subject(thread.subject, "\n".join(texts))[: reading.limits.field_bytes],
        created,
        requester_of(thread.requester),
        dict(fields[:MOST_FIELDS]),
        known_values(thread.people),
    )


def read_threads(records: Records, reading: Reading, thread_of: Callable[[Json], Thread]) -> Iterator[Record]:
    """Each object as one conversation."""
    date = DateReader()
    for number, item in enumerate(limited(records.rows(), reading), 1):
        if isinstance(item, BadRow):
            yield RowProblem(number, item.code, item.reason)
        else:
            yield from thread_ticket(number, thread_of(item), date, reading)


def grouped(rows: Iterable[tuple[str, list[str]]]) -> Iterator[tuple[int, str, list[list[str]]]]:
    """(number of the first row, key, rows) for each key, in order of first appearance.

    Rows of one key may lie far apart, so they are laid out in a temporary database on disk, not in memory.
    """
    with closing(sqlite3.connect("", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("CREATE TABLE lines (first INTEGER, number INTEGER, line BLOB)")
        firsts: dict[str, int] = {}
        database.execute("BEGIN")
        database.executemany(
            "INSERT INTO lines VALUES (?, ?, ?)",
            (
                (firsts.setdefault(key, number), number, orjson.dumps(line))
                for number, (key, line) in enumerate(rows, 1)
            ),
        )
        names = {first: key for key, first in firsts.items()}
        del firsts
        current, held = 0, list[list[str]]()
        for first, line in database.execute("SELECT first, line FROM lines ORDER BY first, number"):
            if first != current and held:
                yield current, names[current], held
                held = []
            current = first
            held.append(orjson.loads(line))
        if held:
            yield current, names[current], held


def dig(value: Any, *path: str) -> Any:
    """What stands under a path of keys; None where any of them is missing."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def text_at(value: Any, *path: str) -> str:
    """The plain value under a path as text, empty where there is none."""
    return text_of(dig(value, *path))


def objects_at(value: Any, *path: str) -> list[Json]:
    """The objects in the list under a path."""
    found = dig(value, *path)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def keys_in(records: Records) -> set[str]:
    """The top-level names of the first objects."""
    return {name for record in records.sample[:50] for name in record}
