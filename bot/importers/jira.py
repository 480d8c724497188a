"""Jira Service Management CSV: the one format in which columns may share a name.

``Comment`` columns hold ``date;author;text``. Only the reporter's comments are the customer's; the export
does not say which comments are internal, so no one else's are kept. ``Labels`` columns are joined.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from bot.importers.reading.columns import Roles, column, find_roles
from bot.importers.reading.contract import Reading, Record
from bot.importers.reading.dates import parse_any
from bot.importers.reading.shapes import BadRow, Importer, Row, Shape, Table
from bot.importers.reading.tickets import RowReader
from bot.importers.reading.vocabulary import key

_COLUMNS = {
    "message": "Description",
    "subject": "Summary",
    "id": "Issue key",
    "created_at": "Created",
    "requester": "Reporter",
}
_MARKS = ("Issue key", "Summary", "Issue Type")


def _claims(shape: Shape) -> bool:
    return isinstance(shape, Table) and all(column(shape.header, name) is not None for name in _MARKS)


def _read(table: Table, reading: Reading) -> Iterator[Record]:
    merged = _merged(table, reading)
    preset = {role: name for role, name in _COLUMNS.items() if column(merged.header, name) is not None}
    if "message" not in preset and "message" not in reading.mapping:
        preset["message"] = preset.pop("subject")
        reading.note("no Description column: the summaries were read")
    return RowReader(merged, _roles(merged, reading, preset), reading).records()


def _roles(table: Table, reading: Reading, preset: dict[str, str]) -> Roles:
    roles = find_roles(table, reading, preset)
    return replace(
        roles, fields=tuple(pair for pair in roles.fields if not key(pair[0]).startswith("project"))
    )


def _merged(table: Table, reading: Reading) -> Table:
    """Columns of one name joined into one; the reporter's comments moved behind the description."""
    names = tuple(dict.fromkeys(table.header))
    places = [[i for i, name in enumerate(table.header) if name == wanted] for wanted in names]
    comments = [i for i, name in enumerate(table.header) if key(name) == "comment"]
    reporters = [i for i, name in enumerate(table.header) if key(name) in {"reporter", "reporter id"}]
    body = column(names, "Description")
    body = column(names, "Summary") if body is None else body

    def rows() -> Iterator[Row]:
        for row in table.rows():
            yield row if isinstance(row, BadRow) else merge(row)

    def merge(row: list[str]) -> list[str]:
        cells = [", ".join(row[i] for i in at if i < len(row) and row[i]) for at in places]
        own = _own_comments(row, comments, {row[i] for i in reporters if i < len(row) and row[i]}, reading)
        if body is not None and own:
            cells[body] = "\n".join(filter(None, (cells[body], *own)))
        return cells + row[len(table.header) :]

    sample = tuple(row for row in islice(rows(), len(table.sample)) if isinstance(row, list))
    reading.counts.clear()  # the sample is read again with all the rest
    return Table(table.kind, names, rows, sample, table.delimiter)


def _own_comments(row: list[str], comments: list[int], reporter: set[str], reading: Reading) -> list[str]:
    own = []
    for i in comments:
        comment = row[i].strip() if i < len(row) else ""
        if not comment:
            continue
        date, author, text = (*comment.split(";", 2), "", "")[:3]
        if author in reporter and parse_any(date.strip()) is not None:
            own.append(text)
        else:
            reading.counts["comments by others than the reporter dropped"] += 1
    return own


IMPORTERS = (Importer("jira-csv", _claims, _read, Table, mapped=True),)
