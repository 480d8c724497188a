"""JSON-like values as JavaScript sees them: as text, as numbers, as true or false, as JSON."""

import json
import math
import re
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, Final

from bot.errors import InputError

WHITESPACE: Final = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)
EXACT: Final = 2**53  # beyond it a double skips integers
TEXT_LIMIT: Final = 20_000_000  # characters
_PART: Final = 8  # characters that a part of a text counts for beside its own, for the time it takes

_DECIMAL = re.compile(r"[-+]?(Infinity|(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?)", re.ASCII)
_PREFIXED = re.compile(r"0([xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)", re.ASCII)
_INDEX = re.compile(r"0|[1-9]\d{0,9}", re.ASCII)
_LONE = re.compile("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")


class Undefined(Enum):
    """JavaScript's undefined, which is not its null (None)."""

    VALUE = "undefined"

    def __bool__(self) -> bool:
        return False


UNDEFINED: Final = Undefined.VALUE


class JsObject:
    """An object that is neither a list nor a dict; says how it reads as text and as JSON."""

    def text(self) -> str:
        raise NotImplementedError

    def plain(self) -> Any:
        """What JSON.stringify takes in its place."""
        raise NotImplementedError


def to_text(value: Any, *, limit: int = TEXT_LIMIT) -> str:
    """String(value). Raises InputError for text of more than ``limit`` characters."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return join(value, ",", limit=limit)
    return _scalar_text(value)


def join(items: Iterable[Any], separator: str, *, limit: int = TEXT_LIMIT) -> str:
    """items.join(separator): null and undefined are empty, nested lists are joined by commas."""
    parts: list[str] = []
    _collect(items, separator, parts, limit)
    return "".join(parts)


def _collect(items: Iterable[Any], separator: str, parts: list[str], left: int) -> int:
    """Puts the items' texts into ``parts``; gives back how much more may follow."""
    for place, item in enumerate(items):
        if place:
            parts.append(separator)
        left -= len(separator) + _PART
        if isinstance(item, list | tuple):
            left = _collect(item, ",", parts, left)
        elif item is not None and item is not UNDEFINED:
            parts.append(item if isinstance(item, str) else _scalar_text(item))
            left -= len(parts[-1])
        if left < 0:
            raise InputError("A value becomes too long a text.")
    return left


def _scalar_text(value: Any) -> str:
    if value is None:
        return "null"
    if value is UNDEFINED:
        return "undefined"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, JsObject):
        return value.text()
    if isinstance(value, Mapping):
        return "[object Object]"
    raise InputError(f"A {type(value).__name__} is no value that JSON knows.")


def number_text(number: float) -> str:
    """A number as JavaScript prints it: the shortest digits, 1e21 and 1e-7 with an exponent, never -0."""
    if isinstance(number, int) and abs(number) < EXACT:
        return str(number)
    number = to_double(number)
    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
    if number.is_integer() and abs(number) < EXACT:
        return str(int(number))
    sign = "-" if number < 0 else ""
    return sign + _layout(*_digits(abs(number)))


def _digits(number: float) -> tuple[str, int]:
    """Digits and the place of the point: number = 0.digits x 10^place."""
    mantissa, _, exponent = repr(number).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    place = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    return digits.rstrip("0"), place


def _layout(digits: str, place: int) -> str:
    """ECMA-262, Number::toString."""
    count = len(digits)
    if count <= place <= 21:
        return digits + "0" * (place - count)
    if 0 < place <= 21:
        return f"{digits[:place]}.{digits[place:]}"
    if -6 < place <= 0:
        return f"0.{'0' * -place}{digits}"
    point = "." if count > 1 else ""
    return f"{digits[0]}{point}{digits[1:]}e{'+' if place > 0 else '-'}{abs(place - 1)}"


def to_double(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def to_number(value: Any) -> float:
    """Number(value); NaN where it is none."""
    if isinstance(value, bool | int | float):
        return to_double(value)
    if value is None:
        return 0.0
    if value is UNDEFINED or isinstance(value, Mapping):
        return math.nan
    return _parse(to_text(value).strip(WHITESPACE))


def _parse(text: str) -> float:
    if not text:
        return 0.0
    if _DECIMAL.fullmatch(text):
        return float(text.replace("Infinity", "inf"))
    return to_double(int(text, 0)) if _PREFIXED.fullmatch(text) else math.nan


def truthy(value: Any) -> bool:
    """Boolean(value): empty lists and objects are true; 0, NaN, "", null and undefined are not."""
    if isinstance(value, str | int | float):
        return bool(value) and value == value
    return value is not None and value is not UNDEFINED


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_object(value: Any) -> bool:
    return isinstance(value, list | tuple | Mapping | JsObject)


def same(one: Any, other: Any) -> bool:
    """one === other."""
    if is_number(one) and is_number(other):
        return bool(one == other)
    if isinstance(one, str) and isinstance(other, str):
        return one == other
    return one is other


def equal(one: Any, other: Any) -> bool:
    """one == other, with JavaScript's conversions."""
    nothing = (None, UNDEFINED)
    if one in nothing or other in nothing:
        return one in nothing and other in nothing
    if is_object(one) and is_object(other):
        return one is other
    if is_object(one) or is_object(other):
        one, other = (to_text(side) if is_object(side) else side for side in (one, other))
    if isinstance(one, str) and isinstance(other, str):
        return one == other
    return to_number(one) == to_number(other)


def is_index(key: str) -> bool:
    return _INDEX.fullmatch(key) is not None and int(key) < 2**32 - 1


def ordered(pairs: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """An object's entries in JavaScript's order: whole numbers first, ascending."""
    entries = [(key if isinstance(key, str) else to_text(key), value) for key, value in pairs.items()]
    if any(is_index(key) for key, _ in entries):
        entries.sort(key=lambda entry: int(entry[0]) if is_index(entry[0]) else math.inf)
    return entries


def stringify(value: Any, indent: int | str | None = None, *, limit: int = TEXT_LIMIT) -> str | None:
    """JSON.stringify(value, null, indent); None where that is undefined. Raises InputError past ``limit``."""
    step = " " * min(indent, 10) if isinstance(indent, int) else (indent or "")[:10]
    parts: list[str] = []
    return "".join(parts) if _Writer(step, limit, parts).write(value, "\n") else None


class _Writer:
    def __init__(self, step: str, limit: int, parts: list[str]) -> None:
        self.step, self.left, self.parts = step, limit, parts

    def write(self, value: Any, margin: str) -> bool:
        """Whether there was anything to write; ``margin`` is the new line that the value stands in."""
        if isinstance(value, JsObject):
            value = value.plain()
        if value is UNDEFINED:
            return False
        if isinstance(value, Mapping):
            self._object(ordered(value), margin)
        elif isinstance(value, list | tuple):
            self._list(value, margin)
        elif isinstance(value, str):
            self._add(quoted(value))
        else:
            self._add("null" if isinstance(value, float) and not math.isfinite(value) else to_text(value))
        return True

    def _object(self, entries: list[tuple[str, Any]], margin: str) -> None:
        inner, opened = margin + self.step, "{"
        for key, value in entries:
            if isinstance(value, JsObject):
                value = value.plain()
            if value is UNDEFINED:
                continue
            self._add(f"{opened}{inner if self.step else ''}{quoted(key)}:{' ' if self.step else ''}")
            self.write(value, inner)
            opened = ","
        self._add("{}" if opened == "{" else f"{margin if self.step else ''}}}")

    def _list(self, items: Iterable[Any], margin: str) -> None:
        inner, opened = margin + self.step, "["
        for item in items:
            self._add(f"{opened}{inner if self.step else ''}")
            if not self.write(item, inner):
                self._add("null")
            opened = ","
        self._add("[]" if opened == "[" else f"{margin if self.step else ''}]")

    def _add(self, part: str) -> None:
        self.left -= len(part) + _PART
        if self.left < 0:
            raise InputError("A value is too large to be written as JSON.")
        self.parts.append(part)


def quoted(text: str) -> str:
    """A JSON string; half a surrogate pair is escaped, all else outside ASCII stays."""
    written = json.dumps(text, ensure_ascii=False)
    return written if written.isascii() else _LONE.sub(lambda half: f"\\u{ord(half[0]):04x}", written)
