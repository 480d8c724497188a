"""Tables with one message to a row, put together to conversations."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.domain.tickets import RowProblem
from bot.importers.reading.columns import column, segments, values
from bot.importers.reading.contract import Reading, Record
from bot.importers.reading.dates import DateReader
from bot.importers.reading.markup import looks_like_markup, to_text
from bot.importers.reading.shapes import BadRow, Shape, Table
from bot.importers.reading.threads import Said, Speaker, Thread, grouped, thread_ticket
from bot.importers.reading.tickets import limited
from bot.importers.reading.vocabulary import personal

CUSTOMERS = frozenset({"user", "lead", "contact", "customer", "visitor", "end-user", "end_user", "requester"})
_FALSE = frozenset({"false", "0", "no", "f", "private"})
_NOTES = frozenset({"note", "note_and_reopen", "private", "internal"})

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MessageTable:
    """Names a table's columns may have, by what stands in them; ``required`` must all be there.

    Who speaks shows in ``author_kind`` ("user", "admin", "agent:403…"), in ``origin`` (the chat platform's
    own record), or else the author of the first public message is the customer.
    """

    group: Names
    body: Names
    required: tuple[Names, ...] = ()
    author: Names = ()
    author_kind: Names = ()
    created: Names = ()
    started: Names = ()
    public: Names = ()
    part: Names = ()
    origin: Names = ()
    subject: Names = ()


@dataclass(frozen=True, slots=True)
class _Places:
    """The same as positions; None where the table has no such column."""

    group: int
    body: int
    author: int | None
    author_kind: int | None
    created: int | None
    started: int | None
    public: int | None
    part: int | None
    origin: int | None
    subject: int | None


def claims_table(spec: MessageTable) -> Callable[[Shape], bool]:
    def claims(shape: Shape) -> bool:
        names = (spec.group, spec.body, *spec.required)
        return isinstance(shape, Table) and all(_place(shape, any_of) is not None for any_of in names)

    return claims


def read_message_table(spec: MessageTable) -> Callable[[Table, Reading], Iterator[Record]]:
    def read(table: Table, reading: Reading) -> Iterator[Record]:
        return _Conversations(table, spec, reading).records()

    return read


class _Conversations:
    def __init__(self, table: Table, spec: MessageTable, reading: Reading) -> None:
        self._table = table
        self._reading = reading
        found = {name: _place(table, getattr(spec, name)) for name in _Places.__slots__}
        self._at = _Places(**found)  # type: ignore[arg-type]  # group and body were checked by the claim
        bodies = values(table, self._at.body)
        markup = sum(map(looks_like_markup, bodies)) > 0.3 * len(bodies)
        self._clean = to_text if markup else str
        self._segments = segments(table, {place for place in found.values() if place is not None})
        self._people = [
            (i, sort) for i, sort in enumerate(map(personal, table.header)) if sort != "other" and sort
        ]
        self._problems: list[RowProblem] = []

    def records(self) -> Iterator[Record]:
        date = DateReader()
        for number, key, rows in grouped(self._lines()):
            yield from thread_ticket(number, self._thread(key, rows, date), date, self._reading)
        yield from self._problems

    def _lines(self) -> Iterator[tuple[str, list[str]]]:
        width = len(self._table.header)
        for number, row in enumerate(limited(self._table.rows(), self._reading), 1):
            if isinstance(row, BadRow):
                self._problems.append(RowProblem(number, row.code, row.reason))
                continue
            if len(row) > width and any(row[width:]):
                self._problems.append(RowProblem(number, "ragged_row", f"{len(row)} fields, not {width}"))
                continue
            fitted = (row + [""] * (width - len(row)))[:width]
            yield fitted[self._at.group].strip() or f"row-{number}", fitted

    def _thread(self, key: str, rows: list[list[str]], date: DateReader) -> Thread:
        at = self._at
        if at.created is not None and all(self._moment(row, date) for row in rows):
            rows = sorted(rows, key=lambda row: self._moment(row, date))
        customer = next((_cell(row, at.author) for row in rows if not self._is_note(row)), "")
        speakers = [self._speaker(row, customer) for row in rows]
        said = [
            Said(speaker, self._clean(row[at.body]), _cell(row, at.created))
            for speaker, row in zip(speakers, rows, strict=True)
        ]
        own = [row for speaker, row in zip(speakers, rows, strict=True) if speaker == "customer"] or rows
        emails = [row[i] for row in own for i, sort in self._people if sort == "email" and row[i].strip()]
        return Thread(
            id=key,
            said=said,
            subject=next((_cell(row, at.subject) for row in rows if _cell(row, at.subject)), ""),
            created=_cell(rows[0], at.started) or _cell(rows[0], at.created),
            requester=(emails[0] if emails else _cell(own[0], at.author)),
            fields={name: own[0][i] for name, i in self._segments},
            people=[(sort, row[i]) for row in rows for i, sort in self._people],
        )

    def _moment(self, row: list[str], date: DateReader) -> float:
        moment = date(_cell(row, self._at.created))
        return moment.timestamp() if moment else 0.0

    def _is_note(self, row: list[str]) -> bool:
        public, part = _cell(row, self._at.public).casefold(), _cell(row, self._at.part).casefold()
        return public in _FALSE or part in _NOTES

    def _speaker(self, row: list[str], customer: str) -> Speaker:
        if self._is_note(row):
            return "note"
        kind = _cell(row, self._at.author_kind).casefold()
        if self._at.origin is not None or ":" in kind:
            business = '"BUSINESS"' in _cell(row, self._at.origin)
            return (
                "agent"
                if business or kind.startswith(("agent", "trigger", "system", "bot", "__"))
                else "customer"
            )
        if self._at.author_kind is not None:
            return "customer" if kind in CUSTOMERS else "agent"
        return "customer" if _cell(row, self._at.author) == customer else "agent"


def _place(table: Table, names: Names) -> int | None:
    return next((place for name in names if (place := column(table.header, name)) is not None), None)


def _cell(row: list[str], index: int | None) -> str:
    return "" if index is None else row[index].strip()
