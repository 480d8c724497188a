"""CSV and TSV as a table: delimiter and quoting found from the text, oversized fields kept out."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from bot.errors import ImportRefused
from bot.importers.reading.contract import Limits, Reading
from bot.importers.reading.encoding import Encoding
from bot.importers.reading.shapes import BadRow, Row, Table
from bot.importers.reading.source import Source

SAMPLE_ROWS = 1_000
SNIFF_CHARACTERS = 64 * 1024
_DELIMITERS = (",", ";", "\t", "|", "\x1f")
_LINE_CHARACTERS = 8 * 1024 * 1024


if TYPE_CHECKING:
    from _csv import Reader


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file separates and escapes; ``skip`` lines (a ``sep=`` line) stand before the header."""

    delimiter: str = ","
    backslash: bool = False
    skip: int = 0

    def reader(self, lines: Iterable[str]) -> "Reader":
        if self.backslash:
            return csv.reader(lines, delimiter=self.delimiter, doublequote=False, escapechar="\\")
        return csv.reader(lines, delimiter=self.delimiter)


class Oversize(Exception):
    """A line longer than any record may be; raised through csv.reader, never out of this package."""


def text_lines(source: Source, encoding: Encoding) -> Iterator[str]:
    """Lines with their ends, without leading byte order marks and without NUL characters.

    Raises:
        Oversize: a line of more than 8 million characters.
    """
    with io.TextIOWrapper(source.open(encoding.skip), encoding=encoding.name, newline="") as text:
        line = text.readline(_LINE_CHARACTERS).lstrip("\ufeff")
        while line:
            if len(line) >= _LINE_CHARACTERS:
                raise Oversize
            yield line.replace("\0", "") if "\0" in line else line
            line = text.readline(_LINE_CHARACTERS)


def open_table(source: Source, encoding: Encoding, reading: Reading) -> Table:
    """The file as a table.

    Raises:
        ImportRefused: no header, too many columns, unreadable quoting.
    """
    head = head_text(source, encoding)
    dialect = sniff(head)
    if dialect.delimiter != "," and source.suffix not in {".tsv", ".tab"}:
        reading.note(f"columns are separated by {_named(dialect.delimiter)}")

    def rows() -> Iterator[Row]:
        return _rows(source, encoding, dialect, reading.limits)

    first = next(rows(), None)
    if first is None:
        raise ImportRefused(f"{source.filename} holds no rows.", code="no_rows", hint="Export it again.")
    if isinstance(first, BadRow):
        raise ImportRefused(f"The header of {source.filename} is unreadable: {first.reason}", code=first.code)
    header = tuple(name.strip().lstrip("\ufeff") for name in first)
    check_columns(header, source.filename, reading.limits)

    def body() -> Iterator[Row]:
        return islice(rows(), 1, None)

    sample = tuple(row for row in islice(body(), SAMPLE_ROWS) if isinstance(row, list))
    kind = "tsv" if dialect.delimiter == "\t" else "csv"
    return Table(kind, header, body, sample, dialect.delimiter)


def head_text(source: Source, encoding: Encoding) -> str:
    """The first stretch of text, whole lines where it holds more than one."""
    with io.TextIOWrapper(source.open(encoding.skip), encoding=encoding.name, newline="") as text:
        head = text.read(SNIFF_CHARACTERS).lstrip("\ufeff").replace("\0", "")
    if len(head) < SNIFF_CHARACTERS:
        return head
    return head[: max(head.rfind("\n"), head.rfind("\r")) + 1] or head


def sniff(head: str) -> Dialect:
    """The dialect under which most records have as many fields as the header, and the most fields."""
    first, _, rest = head.partition("\n")
    told = first.strip().strip('"')
    if told.lower().startswith("sep=") and len(told) == 5:
        return Dialect(told[4], skip=1)
    candidates = [Dialect(delimiter) for delimiter in _DELIMITERS if delimiter in head]
    if '\\"' in rest:  # the usual doubling of quotes still wins where both fit
        candidates += [Dialect(candidate.delimiter, backslash=True) for candidate in candidates]
    best, best_score = Dialect(), (0.0, 0)
    for candidate in candidates:
        score = regularity(head, candidate)
        if score > best_score:
            best, best_score = candidate, score
    return best


def first_records(head: str, dialect: Dialect, count: int) -> list[list[str]]:
    """The first records that are not blank; none where the dialect does not fit at all."""
    try:
        rows = (row for row in dialect.reader(io.StringIO(head, newline="")) if any(row))
        return list(islice(rows, count))
    except csv.Error:
        return []


def regularity(head: str, dialect: Dialect) -> tuple[float, int]:
    """Share of the first records as wide as the header, and that width; (0, 0) for a single column."""
    rows = first_records(head, dialect, 60)
    if not rows or len(rows[0]) < 2:
        return 0.0, 0
    # The sample may end inside a record.
    rows = rows[:-1] if len(rows) > 2 else rows
    width = len(rows[0])
    return sum(len(row) == width for row in rows) / len(rows), width


def check_columns(header: tuple[str, ...], filename: str, limits: Limits) -> None:
    if len(header) > limits.columns:
        raise ImportRefused(
            f"{filename} has {len(header)} columns; at most {limits.columns} are read.",
            code="too_many_columns",
            hint="Export only the columns you need.",
        )


def _rows(source: Source, encoding: Encoding, dialect: Dialect, limits: Limits) -> Iterator[Row]:
    """Header and records alike; blank records left out."""
    csv.field_size_limit(limits.field_bytes)
    lines = text_lines(source, encoding)
    for _ in range(dialect.skip):
        next(lines, None)
    reader = dialect.reader(lines)
    before = 0
    while True:
        try:
            for row in reader:
                if any(row):
                    yield row
                before = reader.line_num
            return
        except csv.Error as error:
            if "field larger" not in str(error):
                before = reader.line_num
                yield BadRow("bad_row", "the row breaks the rules of CSV")
                continue
            if reader.line_num - before > 1:
                raise _open_quote(source.filename, before + 1) from None
            before = reader.line_num
            yield BadRow("field_too_long", f"a field is longer than {limits.field_bytes >> 10} KiB")
        except Oversize:
            raise ImportRefused(
                f"A line of {source.filename} is longer than {_LINE_CHARACTERS:,} characters.",
                code="field_too_long",
                hint="Check that the file has line ends and closed quotes.",
            ) from None


def _open_quote(filename: str, line: int) -> ImportRefused:
    return ImportRefused(
        f"In {filename}, a quote opened in the record that starts on line {line} is never closed.",
        code="field_too_long",
        hint="Close the quote, or export the file again.",
    )


def _named(delimiter: str) -> str:
    return {";": "semicolons", "\t": "tabs", "|": "bars", "\x1f": "unit separators"}.get(
        delimiter, repr(delimiter)
    )
