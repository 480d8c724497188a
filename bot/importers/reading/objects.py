"""JSON and JSON Lines as records, and records of no known make as a table."""

import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

import orjson

from bot.domain.storable import storable
from bot.errors import ImportRefused
from bot.importers.reading import jsonstream
from bot.importers.reading.contract import Reading, no_text_column
from bot.importers.reading.delimited import SAMPLE_ROWS, Oversize, check_columns, text_lines
from bot.importers.reading.encoding import Encoding
from bot.importers.reading.shapes import BadRow, Records, Row, Table
from bot.importers.reading.source import Source

_FLATTEN = 3
_MOST_BAD_LINES = 0.1
Item = dict[str, Any] | BadRow


def open_json(source: Source, encoding: Encoding, reading: Reading) -> Records:
    """One JSON document.

    Raises:
        ImportRefused: it is not valid, too deep, or no list of objects.
    """

    def elements() -> Iterator[jsonstream.Element]:
        with io.TextIOWrapper(source.open(encoding.skip), encoding=encoding.name, newline="") as text:
            yield from jsonstream.JsonStream(text, reading).elements()

    def rows() -> Iterator[Item]:
        return (_record(element.value, reading) for element in elements())

    first = next(elements(), None)
    if first is None:
        raise ImportRefused(f"{source.filename} holds no tickets.", code="no_rows", hint="Export it again.")
    sample = _sample(rows(), reading)
    if not sample:
        raise jsonstream.bad_structure(reading)
    return Records("json", first.path, rows, sample)


def open_json_lines(source: Source, encoding: Encoding, reading: Reading) -> Records:
    """JSON Lines: one object to a line. A broken line is put aside; a file of them is refused."""

    def rows() -> Iterator[Item]:
        try:
            for line in text_lines(source, encoding):
                if not line.isspace():
                    yield _line(line, reading)
        except Oversize:
            raise ImportRefused(
                f"A line of {source.filename} is too long for one ticket.", code="field_too_long"
            ) from None

    sample = _sample(rows(), reading)
    if not sample:
        raise no_text_column(reading, [], f"The lines of {source.filename} are no objects with named values.")
    return Records("jsonl", "", rows, sample)


def as_table(records: Records, reading: Reading) -> Table:
    """Records as a table: nested objects flattened to dotted names, lists of plain values joined."""
    names: dict[str, None] = {}
    for record in records.sample:
        names.update(dict.fromkeys(flat(record)))
    header = tuple(names)
    check_columns(header, reading.filename, reading.limits)

    def rows() -> Iterator[Row]:
        for item in records.rows():
            if isinstance(item, BadRow):
                yield item
            else:
                values = flat(item)
                yield [values.get(name, "") for name in header]

    sample = tuple([values.get(name, "") for name in header] for values in map(flat, records.sample))
    return Table(records.kind, header, rows, sample)


def flat(record: dict[str, Any], prefix: str = "", depth: int = _FLATTEN) -> dict[str, str]:
    """Name -> text of every plain value."""
    found: dict[str, str] = {}
    for name, value in record.items():
        if isinstance(value, dict):
            if depth:
                found.update(flat(value, f"{prefix}{name}.", depth - 1))
        else:
            found[prefix + name] = text_of(value)
    return found


def text_of(value: Any) -> str:
    """A JSON value as a column would show it; never a character that UTF-8 cannot hold."""
    if isinstance(value, str):
        return value if value.isprintable() else storable(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        names = (item.get("name") or item.get("tag") if isinstance(item, dict) else item for item in value)
        return ", ".join(text_of(name) for name in names if isinstance(name, str | int | float))
    return str(value) if isinstance(value, int | float) else ""


def _line(line: str, reading: Reading) -> Item:
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError:
        # orjson is the faster, the standard library reads what it will not: lone surrogates.
        try:
            value = jsonstream.loads(line)
        except RecursionError:
            raise jsonstream.too_deep(reading) from None
        except ValueError as error:
            return BadRow("bad_json", f"not valid JSON: {str(error)[:80]}")
    return _record(value, reading)


def _record(value: Any, reading: Reading) -> Item:
    if not isinstance(value, dict):
        return BadRow("bad_structure", "not an object with names and values")
    if len(value) > reading.limits.columns:
        return BadRow("too_many_columns", f"more than {reading.limits.columns} values")
    for item in value.values():
        if isinstance(item, str) and len(item) > reading.limits.field_bytes:
            return BadRow("field_too_long", f"a value is longer than {reading.limits.field_bytes >> 10} KiB")
    return value


def _sample(rows: Iterator[Item], reading: Reading) -> tuple[dict[str, Any], ...]:
    """The first objects.

    Raises:
        ImportRefused: there are none, or a good part of what comes first is broken.
    """
    first = list(islice(rows, SAMPLE_ROWS))
    good = tuple(item for item in first if isinstance(item, dict))
    broken = [item for item in first if isinstance(item, BadRow) and item.code == "bad_json"]
    if not first:
        raise ImportRefused(f"{reading.filename} holds no tickets.", code="no_rows", hint="Export it again.")
    if broken and len(broken) >= max(1, _MOST_BAD_LINES * len(first)) and len(broken) > len(good) / 10:
        raise jsonstream.bad_json(reading, broken[0].reason)
    return good
