"""From a table with known roles to tickets: the loop every row of most logs goes through."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from bot.domain.tickets import RawTicket, RowProblem
from bot.errors import ImportRefused
from bot.importers.reading.columns import LONGEST_SEGMENT, Roles, values
from bot.importers.reading.contract import Reading, Record
from bot.importers.reading.dates import DateReader, is_numeric, order_of
from bot.importers.reading.markup import looks_like_markup, to_text
from bot.importers.reading.people import known_values
from bot.importers.reading.shapes import BadRow, Table
from bot.importers.reading.vocabulary import NULLISH, key

Item = TypeVar("Item")
NO_TEXT = "no text from the customer"
Codes = Mapping[str, Mapping[str, str]]


@dataclass(slots=True)
class RowReader:
    """Turns rows of one table into tickets. ``codes`` translates a column's values ("2" -> "Open") by the
    words of its header."""

    table: Table
    roles: Roles
    reading: Reading
    codes: Codes = field(default_factory=dict)
    date: DateReader = field(init=False)
    clean: Callable[[str], str] = field(init=False)

    def __post_init__(self) -> None:
        self.date = DateReader(day_first=_day_first(self.table, self.roles.created_at, self.reading))
        bodies = values(self.table, self.roles.message)
        markup = bool(bodies) and sum(map(looks_like_markup, bodies)) > 0.5 * len(bodies)
        self.clean = to_text if markup else str
        if markup:
            self.reading.note("the message column holds HTML; its text was taken")

    def records(self) -> Iterator[Record]:
        width = len(self.table.header)
        for number, row in enumerate(limited(self.table.rows(), self.reading), 1):
            if isinstance(row, BadRow):
                yield RowProblem(number, row.code, row.reason)
                continue
            if len(row) != width:
                fitted = fit(row, width, self.roles.message, self.table.delimiter)
                if fitted is None:
                    yield RowProblem(number, "ragged_row", f"{len(row)} fields where the header has {width}")
                    continue
                if any(row[width:]):
                    yield RowProblem(number, "ragged_row", f"{len(row)} fields joined to {width}", kept=True)
                row = fitted
            yield from self.ticket(number, row)
        if self.date.naive:
            self.reading.note("dates without a time zone were read as UTC")

    def ticket(self, number: int, row: list[str]) -> Iterator[Record]:
        roles = self.roles
        text = self.clean(row[roles.message])
        if not text or text.isspace():
            yield RowProblem(number, "no_text", NO_TEXT)
            return
        if roles.subject is not None:
            text = with_subject(row[roles.subject], text)
        created = None
        if roles.created_at is not None and (written := row[roles.created_at].strip()):
            created = self.date(written)
            if created is None:
                yield bad_date(number, written)
        yield RawTicket(
            number,
            (row[roles.id].strip() if roles.id is not None else "") or f"row-{number}",
            text,
            created,
            requester_of(row[roles.requester]) if roles.requester is not None else None,
            self._fields(row),
            known_values([(sort, row[i]) for i, sort in roles.known]) if roles.known else (),
        )

    def _fields(self, row: list[str]) -> dict[str, str]:
        fields = {
            name: value
            for name, i in self.roles.fields
            if 0 < len(value := row[i].strip()) <= LONGEST_SEGMENT
        }
        if self.codes:
            return {name: self.codes.get(key(name), {}).get(value, value) for name, value in fields.items()}
        return fields


def limited(items: Iterator[Item], reading: Reading) -> Iterator[Item]:
    """The items, up to the limit of rows.

    Raises:
        ImportRefused: there is one more.
    """
    yield from islice(items, reading.limits.rows)
    if next(items, None) is not None:
        raise ImportRefused(
            f"{reading.filename} has more than {reading.limits.rows:,} rows.",
            code="too_many_rows",
            hint="Import it with the command line, or split it.",
        )


def fit(row: list[str], width: int, message: int, delimiter: str) -> list[str] | None:
    """A row as wide as the header, where it is plain how: missing fields at the end are empty; surplus
    ones are empty too, or thousands that a comma split ("1", "234"), or the tail of a message that
    stands last. None where nothing is plain."""
    surplus = len(row) - width
    if surplus < 0:
        return row + [""] * -surplus
    if not any(row[width:]):
        return row[:width]
    if delimiter == "," and (joined := _join_thousands(row)) is not None and len(joined) == width:
        return joined
    if message == width - 1:
        return [*row[:message], delimiter.join(row[message:])]
    return None


def _join_thousands(row: list[str]) -> list[str] | None:
    joined: list[str] = []
    for value in row:
        groups = joined[-1].split(",") if joined else [""]
        if (
            len(value) == 3
            and value.isdecimal()
            and 0 < len(groups[0]) <= 3
            and all(map(str.isdecimal, groups))
        ):
            joined[-1] += f",{value}"
        else:
            joined.append(value)
    return joined


def with_subject(subject: str, text: str) -> str:
    """Subject and text, unless the text says it already or the subject says nothing."""
    subject = subject.strip()
    if not subject or len(subject) > 300 or key(subject) in _EMPTY_SUBJECTS:
        return text
    if text.casefold().startswith(subject.casefold().rstrip(".…!? ")):
        return text
    return f"{subject}\n{text}"


_EMPTY_SUBJECTS = NULLISH | {
    "no subject",
    "re",
    "fwd",
    "kein betreff",
    "sin asunto",
    "ohne betreff",
    "sans objet",
}


def requester_of(value: str) -> str | None:
    value = value.strip()
    return value if value and key(value) not in NULLISH else None


def bad_date(number: int, written: str) -> RowProblem:
    return RowProblem(number, "bad_date", f"the date {written[:40]!r} cannot be read", kept=True)


def _day_first(table: Table, index: int | None, reading: Reading) -> bool:
    """From the sample where it tells, else from every row of the column; declared in the notes."""
    if index is None:
        return False
    shown = next((text for text in values(table, index) if is_numeric(text)), None)
    if shown is None:
        return False
    order = order_of(values(table, index))
    if order is None or not order.sure:
        every = (row[index] for row in table.rows() if isinstance(row, list) and len(row) > index)
        order = order_of(islice(every, reading.limits.rows)) or order
    if order is None:
        return False
    reading.note(order.sentence(shown))
    return order.day_first
