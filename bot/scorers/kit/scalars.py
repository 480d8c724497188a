"""What a plain word of YAML stands for: the core schema of YAML 1.2, with timestamps, as js-yaml reads it."""

import math
import re
from datetime import date
from typing import Any

_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
    **dict.fromkeys((f"{sign}{word}" for sign in ("", "+") for word in (".inf", ".Inf", ".INF")), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_PREFIXED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIMESTAMP = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]*)?"
    r"(?:[ \t]*(?:Z|[-+]([0-9]{1,2})(?::([0-9]{2}))?))?"
)


class Moment(dict[str, Any]):
    """A timestamp: to JavaScript an object without properties of its own."""


def plain(word: str) -> Any:
    """None, a boolean, a number, a Moment or the text itself."""
    if word in _WORDS:
        return _WORDS[word]
    if word[:1] not in "+-.0123456789":
        return word
    number = _number(word)
    if number is not None:
        return number
    return Moment() if _is_moment(word) else word


def _number(word: str) -> float | None:
    if _PREFIXED.fullmatch(word):
        number = float(int(word, 0))
    elif _INTEGER.fullmatch(word) or _FLOAT.fullmatch(word):
        number = float(word)
    else:
        return None
    if not math.isfinite(number):
        return None
    return (
        int(number)
        if number.is_integer() and abs(number) < 2**53 and math.copysign(1, number or 1)
        else number
    )


def _is_moment(word: str) -> bool:
    match = _DATE.fullmatch(word) or _TIMESTAMP.fullmatch(word)
    if not match:
        return False
    parts = [int(part or 0) for part in match.groups()]
    year, month, day = parts[:3]
    limits = zip(parts[3:], (23, 59, 59, 23, 59), strict=False)
    try:
        date(year or 4, month, day)
    except ValueError:
        return False
    return all(part <= limit for part, limit in limits)
