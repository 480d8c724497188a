"""Values on their way into the engine and out of it: JSON, and a mark for the numbers that JSON has not."""

import json
import math
from collections.abc import Mapping
from typing import Any

from bot.domain.jsvalues import UNDEFINED
from bot.errors import InputError

MARKED = "\\u0000number"  # the mark as JSON writes it
_MARK = "\0number"
_EXACT_DIGITS = 16


def write(values: list[Any]) -> str:
    """Raises InputError for a value that is not JSON-like."""
    try:
        return json.dumps(values, allow_nan=False, default=_foreign)
    except RecursionError:
        raise InputError("A value is nested too deeply for JavaScript.") from None
    except ValueError:  # NaN or Infinity somewhere
        return json.dumps(_mark(values), default=_foreign)


def read(answer: str) -> Any:
    try:
        hook = _unmark if MARKED in answer else None
        return _whole(json.loads(answer, object_hook=hook, parse_int=_number))
    except RecursionError:
        raise InputError("The JavaScript gives back values nested too deeply.") from None


def _number(digits: str) -> float:
    """JavaScript's numbers are doubles, however many digits it prints."""
    return int(digits) if len(digits) < _EXACT_DIGITS else float(digits)


def _foreign(value: Any) -> Any:
    if value is UNDEFINED:
        return None
    if isinstance(value, Mapping):
        return dict(value)
    raise InputError(f"A {type(value).__name__} cannot be handed to JavaScript.")


def _mark(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return {_MARK: "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"}
    if isinstance(value, list | tuple):
        return [_mark(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _mark(one) for key, one in value.items()}
    return value


def _unmark(value: dict[str, Any]) -> Any:
    return float(value[_MARK]) if value.get(_MARK) in ("NaN", "Infinity", "-Infinity") else value


def _whole(value: Any) -> Any:
    """Half of a surrogate pair is text in JavaScript but nowhere else: U+FFFD, as in Node's own output."""
    if isinstance(value, str):
        if value.isascii():
            return value
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(one) for key, one in value.items()}
    return value
