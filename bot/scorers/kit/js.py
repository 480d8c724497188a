"""Texts, numbers and JSON as JavaScript has them, beyond what bot.domain.jsvalues has."""

import json
import math
import re
from typing import Any, Never

from bot.domain.jsvalues import EXACT, WHITESPACE, stringify, to_double

SPACES = WHITESPACE
_SPACES = re.compile(f"[{SPACES}]+")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def text_of(value: Any) -> str:
    """An output as the text that is scored: itself, or its JSON."""
    return value if isinstance(value, str) else stringify(value) or "undefined"


def split_spaces(text: str) -> list[str]:
    """``text.split(/\\s+/)``: an empty text gives one empty word."""
    return _SPACES.split(text)


def words(text: str) -> list[str]:
    """What stands between spaces, JavaScript's spaces."""
    return [word for word in _SPACES.split(text) if word]


def code_units(text: str) -> str:
    """The text with one character per UTF-16 code unit, as JavaScript counts and compares them."""
    return _ASTRAL.sub(_pair, text)


def _pair(match: re.Match[str]) -> str:
    offset = ord(match[0]) - 0x10000
    return chr(0xD800 + (offset >> 10)) + chr(0xDC00 + (offset & 0x3FF))


def parse_json(text: str) -> Any:
    """``JSON.parse``: no NaN, numbers are doubles. Raises ValueError."""
    try:
        return json.loads(text, parse_constant=_refuse, parse_int=_number)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _refuse(name: str) -> Never:
    raise ValueError(f"{name} is not JSON")


def _number(digits: str) -> float:
    if digits == "-0":
        return -0.0
    number = int(digits) if len(digits) < 18 else float(digits)
    return number if abs(number) < EXACT else float(number)


def same(left: Any, right: Any) -> bool:
    """``util.isDeepStrictEqual`` over JSON values: true is not 1, 0 is not -0."""
    if isinstance(left, dict):
        return (
            isinstance(right, dict)
            and left.keys() == right.keys()
            and all(same(left[key], right[key]) for key in left)
        )
    if isinstance(left, list):
        return isinstance(right, list) and len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | float) and isinstance(right, int | float):
        left, right = to_double(left), to_double(right)
        return left == right and math.copysign(1, left) == math.copysign(1, right)
    return bool(left == right)
