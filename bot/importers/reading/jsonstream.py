"""JSON read as it arrives: the elements of a list one by one, strictly, in memory of one element.

The standard library's decoder does the parsing, so what it refuses is refused; on top of it NaN and
Infinity are refused; depth is bounded by the interpreter's recursion limit, an element's size by ours.
A list may stand alone or under keys ("tickets", "_embedded" -> "conversations"); whatever else stands
around it is checked and passed over.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn, TextIO

from bot.errors import ImportRefused
from bot.importers.reading.contract import Reading

_BLOCK = 64 * 1024
_SPACE = re.compile(r"[ \t\n\r]*")
# A decoder that ran out of text complains at its end, or about a string that starts anywhere.
_NEAR_END = 16
_LISTS = (
    "tickets", "conversations", "results", "issues", "items", "data", "records", "rows", "messages",
    "comments",    "entries", "helpdesk_tickets", "value", "hits", "cases", "interactions", "runs",
)  # fmt: skip
_INNER = ("_embedded", "data", "response", "result", "hits")
_END = object()


class NotFinite(ValueError):
    """NaN or Infinity, which JSON does not have."""


def _refuse_constant(name: str) -> NoReturn:
    raise NotFinite(name)


def _integer(digits: str) -> int | str:
    """Python refuses to read integers of thousands of digits; as an id they are as good as a string."""
    return int(digits) if len(digits) < 4000 else digits


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, parse_int=_integer)


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the list found, and the key path it stood under."""

    path: str
    value: Any


class JsonStream:
    """Pulls values out of a text stream; one instance reads one stream once."""

    def __init__(self, stream: TextIO, reading: Reading) -> None:
        self._stream = stream
        self._reading = reading
        self._buffer = stream.read(_BLOCK).lstrip("\ufeff")
        self._at = 0
        self._passed = 0
        self._ended = False
        self.found = ""

    def elements(self) -> Iterator[Element]:
        """The elements of the document's list, or the one object that the document is.

        Raises:
            ImportRefused: ``bad_json``, ``too_deep``, ``bad_structure`` (no object or list), field sizes.
        """
        try:
            yield from self._document()
        except RecursionError:
            raise too_deep(self._reading) from None

    def _document(self) -> Iterator[Element]:
        first = self._peek()
        if first == "[":
            yield from (Element("", value) for value in self._list())
        elif first == "{":
            yield from self._object(())
        else:
            self._value()
            self._finish()
            raise bad_structure(self._reading)
        self._finish()

    def _finish(self) -> None:
        if self._peek():
            self._refuse("something follows the end of the data")

    def _object(self, path: tuple[str, ...]) -> Iterator[Element]:
        """Walk an object. A list under a telling key is streamed; an object without one is the element."""
        self._take("{")
        kept: dict[str, Any] = {}
        if self._peek() == "}":
            self._take("}")
        else:
            yield from self._members(path, kept)
        if not path and not self.found:
            yield Element("", kept)

    def _members(self, path: tuple[str, ...], kept: dict[str, Any]) -> Iterator[Element]:
        while True:
            if self._peek() != '"':
                self._refuse("a key in double quotes is missing")
            name = self._value()
            self._take(":")
            begins = self._peek()
            if begins == "[" and name in _LISTS and self._streamable(path, kept):
                self.found = ".".join((*path, name))
                for value in self._list():
                    yield Element(self.found, value)
            elif begins == "{" and name in _INNER and len(path) < 3 and self._streamable(path, kept):
                yield from self._object((*path, name))
            else:
                value = self._value()
                if not path:
                    kept[name] = value
            if self._peek() == "}":
                self._take("}")
                return
            self._take(",")

    def _streamable(self, path: tuple[str, ...], kept: dict[str, Any]) -> bool:
        """Whether the object so far is a wrapper, not itself a ticket with comments or messages inside."""
        return not self.found and (
            bool(path) or not kept.keys() & {"id", "ticket_id", "number", "subject", "body"}
        )

    def _list(self) -> Iterator[Any]:
        self._take("[")
        if self._peek() == "]":
            self._take("]")
            return
        while True:
            yield self._value()
            if self._peek() == "]":
                self._take("]")
                return
            self._take(",")

    def _peek(self) -> str:
        """The next character that is no space, empty at the end."""
        while True:
            match = _SPACE.match(self._buffer, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def _take(self, expected: str) -> None:
        found = self._peek()
        if found != expected:
            self._refuse(f"{expected!r} is missing" if found else "the file ends too early")
        self._at += 1

    def _value(self) -> Any:
        if not self._peek():
            self._refuse("the file ends too early")
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                cut_off = error.msg.startswith("Unterminated") or error.pos > len(self._buffer) - _NEAR_END
                offset = error.pos - self._at
                if not (cut_off and self._more()):
                    self._refuse(error.msg[0].lower() + error.msg[1:], offset)
            except NotFinite as error:
                self._refuse(f"{error} is no JSON number")
            else:
                # A number close to the end of what was read may go on: "1", then "e+2".
                length = end - self._at
                if end + 2 < len(self._buffer) or self._ended or not self._more():
                    self._at += length
                    return value

    def _more(self) -> bool:
        """Read on: as much again as is held, so that one large element costs linear time."""
        if self._ended:
            return False
        kept = self._buffer[self._at :]
        if len(kept) > self._reading.limits.record_bytes:
            raise ImportRefused(
                f"One entry of {self._reading.filename} is larger than "
                f"{self._reading.limits.record_bytes >> 20} MiB.",
                code="field_too_long",
                hint="Check that the export is one ticket per entry.",
            )
        block = self._stream.read(max(_BLOCK, len(kept)))
        self._passed += self._at
        self._buffer, self._at = kept + block, 0
        self._ended = not block
        return bool(block)

    def _refuse(self, what: str, offset: int = 0) -> NoReturn:
        raise bad_json(self._reading, f"at character {self._passed + self._at + offset + 1:,}: {what}")


def loads(line: str) -> Any:
    """One JSON value, strictly.

    Raises:
        ValueError: it is none. RecursionError: it is nested too deeply.
    """
    return _DECODER.decode(line)


def bad_json(reading: Reading, where: str) -> ImportRefused:
    return ImportRefused(
        f"{reading.filename} is not valid JSON, {where}.",
        code="bad_json",
        hint="Export it again; a file cut short or edited by hand often ends like this.",
    )


def too_deep(reading: Reading) -> ImportRefused:
    return ImportRefused(
        f"{reading.filename} is nested too deeply to be a support log.",
        code="too_deep",
        hint="Export tickets as a list of objects.",
    )


def bad_structure(reading: Reading) -> ImportRefused:
    return ImportRefused(
        f"{reading.filename} is JSON but holds no list of tickets.",
        code="bad_structure",
        hint='Tickets come as a list of objects, such as [{"id": 1, "message": "…"}].',
    )
