"""The XML inside a workbook: rows of a sheet and the shared strings, event by event."""

import re
from collections.abc import Callable
from xml.parsers import expat

from bot.domain.storable import storable
from bot.errors import ImportRefused
from bot.importers.reading.contract import Limits
from bot.importers.reading.shapes import BadRow, Row

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})\d+")


class SheetParser:
    """Collects the cells of each row; rows that hold something are taken away as they come."""

    def __init__(self, limits: Limits, strings: list[str], date_of: Callable[[str, str], str]) -> None:
        self.expat = xml_parser(self._start, self._end, self._text)
        self._limits = limits
        self._strings = strings
        self._date_of = date_of
        self._done: list[Row] = []
        self._row: dict[int, str] = {}
        self._column = -1
        self._type = self._style = ""
        self._pieces: list[str] = []
        self._size = 0
        self._listening = False
        self._bad: BadRow | None = None

    def taken(self) -> list[Row]:
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = local_name(name)
        if local == "c":
            place = _REFERENCE.match(attributes.get("r", ""))
            self._column = _column(place[1]) if place else self._column + 1
            self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._pieces, self._size = [], 0
        elif local in {"v", "t"}:
            self._listening = True
        elif local == "row":
            self._row, self._column, self._bad = {}, -1, None

    def _text(self, data: str) -> None:
        if self._listening:
            self._size += len(data)
            if self._size <= self._limits.field_bytes:
                self._pieces.append(data)
            else:
                self._bad = BadRow(
                    "field_too_long", f"a cell is longer than {self._limits.field_bytes >> 10} KiB"
                )

    def _end(self, name: str) -> None:
        local = local_name(name)
        if local in {"v", "t"}:
            self._listening = False
        elif local == "c" and self._pieces:
            self._keep(self._value("".join(self._pieces)))
        elif local == "row" and self._bad:
            self._done.append(self._bad)
        elif local == "row" and self._row:
            self._done.append([self._row.get(i, "") for i in range(max(self._row) + 1)])

    def _keep(self, value: str) -> None:
        if not value:
            return
        if self._column >= self._limits.columns:
            raise ImportRefused(
                f"A sheet has a value in column {self._column + 1}; at most {self._limits.columns} are read.",
                code="too_many_columns",
                hint="Delete stray cells far to the right, or export only the columns you need.",
            )
        self._row[self._column] = value

    def _value(self, text: str) -> str:
        if self._type == "s":
            place = int(text) if text.isdecimal() and len(text) < 10 else -1
            return self._strings[place] if 0 <= place < len(self._strings) else ""
        if self._type in {"str", "inlineStr"}:
            return _unescaped(text)
        if self._type == "b":
            return "true" if text == "1" else "false"
        if self._type == "e":
            return ""
        return self._date_of(self._style, text) if self._type == "n" else text


class StringsParser:
    """The shared strings: plain, or runs joined; reading aids above the line left out."""

    def __init__(self, limits: Limits) -> None:
        self.expat = xml_parser(self._start, self._end, self._text)
        self.found: list[str] = []
        self._limits = limits
        self._pieces: list[str] = []
        self._listening = self._aid = False

    def _start(self, name: str, _: dict[str, str]) -> None:
        local = local_name(name)
        if local == "si":
            self._pieces = []
        elif local == "rPh":
            self._aid = True
        elif local == "t":
            self._listening = not self._aid

    def _text(self, data: str) -> None:
        if self._listening:
            self._pieces.append(data)

    def _end(self, name: str) -> None:
        local = local_name(name)
        if local == "t":
            self._listening = False
        elif local == "rPh":
            self._aid = False
        elif local == "si":
            self.found.append(_unescaped("".join(self._pieces)[: self._limits.field_bytes]))


def xml_parser(
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.buffer_text = True
    return parser


def _refuse_doctype(*_: object) -> None:
    raise ImportRefused(
        "The workbook declares XML entities, which no spreadsheet program writes.",
        code="bad_xlsx",
        hint="Save it again with a spreadsheet program.",
    )


def local_name(name: str) -> str:
    return name.rpartition(":")[2]


def _column(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _unescaped(text: str) -> str:
    """Control characters that Excel writes as _x000D_ and the like."""
    return storable(_ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)) if "_x" in text else text
