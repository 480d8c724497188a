"""Rows as CSV that every spreadsheet reads and none runs."""

import csv
import io
from collections.abc import Iterable, Sequence

from bot.domain.inert import cell


def table(header: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> bytes:
    """RFC 4180: commas, CRLF, doubled quotes. No text cell is a formula; numbers stay numbers."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    for row in rows:
        writer.writerow([cell(value) if isinstance(value, str) else value for value in row])
    return out.getvalue().encode()
