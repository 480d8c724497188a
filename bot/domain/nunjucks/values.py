"""Python's values as a template holds them: text in UTF-16 units, whole numbers as doubles, keys in order."""

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.jsvalues import EXACT, UNDEFINED, JsObject, is_index, ordered, to_double
from bot.errors import InputError

_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_HALF = re.compile("[\ud800-\udfff]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class SafeText(JsObject):
    """Nunjucks's SafeString: text that ``safe``, ``escape`` and macros give, an object to JavaScript."""

    def __init__(self, content: str) -> None:
        self.content = content

    def text(self) -> str:
        return self.content

    def plain(self) -> Any:
        return {"val": self.content, "length": float(len(self.content))}


def adopt(value: Any) -> Any:
    """A value from outside as templates work with it. Raises InputError for what JSON does not know."""
    if isinstance(value, str):
        return units(value)
    if value is None or value is UNDEFINED or isinstance(value, bool | float | JsObject):
        return value
    if isinstance(value, int):
        return value if abs(value) < EXACT else to_double(value)
    if isinstance(value, Mapping):
        if all(isinstance(key, str) and not is_index(key) for key in value):
            return {units(key): adopt(one) for key, one in value.items()}
        return {units(key): adopt(one) for key, one in ordered(value)}
    if isinstance(value, list | tuple):
        return [adopt(one) for one in value]
    raise InputError(f"A template cannot show a {type(value).__name__}.")


def units(text: str) -> str:
    """Characters beyond the basic plane become the two halves that JavaScript counts and cuts."""
    if text.isascii() or not _ASTRAL.search(text):
        return text
    return _ASTRAL.sub(_halves, text)


def _halves(found: re.Match[str]) -> str:
    code = ord(found[0]) - 0x10000
    return chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))


def characters(text: str) -> str:
    """The halves put together again; one that was cut off is U+FFFD, as when Node writes it."""
    if text.isascii() or not _HALF.search(text):
        return text
    return _HALF.sub("\ufffd", paired(text))


def paired(text: str) -> str:
    """The halves put together again where both are there."""
    return _PAIR.sub(_whole, text)


def _whole(found: re.Match[str]) -> str:
    high, low = map(ord, found[0])
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
