"""CSV and TSV: one row, one interaction; columns by name."""

import io
from collections.abc import Iterator
from typing import Any

from bot.errors import ImportRefused
from bot.importers.interactions.contract import Bad, BodyRefused, Format, Rules
from bot.importers.reading.columns import refuse_duplicates
from bot.importers.reading.contract import COMMAND_LINE, Reading
from bot.importers.reading.delimited import open_table
from bot.importers.reading.encoding import detect
from bot.importers.reading.shapes import BadRow, Row
from bot.importers.reading.source import Source


def rows(body: bytes) -> Iterator[Any]:
    """The rows of a body by the names of its header."""
    reading = Reading("The body", limits=COMMAND_LINE)
    source = Source(io.BytesIO(body), "The body")
    try:
        found = open_table(source, detect(source), reading)
        refuse_duplicates(found, "The body")
        for row in found.rows():
            yield named(found.header, row)
    except ImportRefused as refused:
        raise BodyRefused(refused.message, refused.hint) from None
    finally:
        source.close()


def named(header: tuple[str, ...], row: Row) -> "dict[str, str] | Bad":
    """A row by its column names; cells that are missing at its end are empty."""
    if isinstance(row, BadRow):
        return Bad(f"The row cannot be read: {row.reason}.", "Mend its quotes, or export the file again.")
    if len(row) > len(header) and any(row[len(header) :]):
        return Bad(
            f"The row has {len(row)} fields where the header has {len(header)}.",
            "Put quotes around a text that holds the delimiter.",
        )
    return dict(zip(header, row, strict=False))


FORMATS = (Format("csv", rows, rules=Rules(written=True)),)
