"""JSON values as Ajv compares and measures them."""

import math
from collections.abc import Callable
from typing import Any

from bot.domain.jsvalues import number_text

# What every object of JavaScript has, so that a name of these is found in any.
INHERITED = {
    *("constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString"),
    *("valueOf", "__proto__", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__"),
}


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def is_integer(value: Any) -> bool:
    return is_number(value) and value % 1 == 0


TYPES: dict[str, Callable[[Any], bool]] = {
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "integer": is_integer,
    "null": lambda value: value is None,
    "number": is_number,
    "object": lambda value: isinstance(value, dict),
    "string": lambda value: isinstance(value, str),
}


def equal(left: Any, right: Any) -> bool:
    """Deep equality: true is not 1, but 0 is -0 and 1 is 1.0."""
    if isinstance(left, dict):
        return (
            isinstance(right, dict)
            and left.keys() == right.keys()
            and all(equal(left[key], right[key]) for key in left)
        )
    if isinstance(left, list):
        return isinstance(right, list) and len(left) == len(right) and all(map(equal, left, right))
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return bool(left == right)


def is_multiple(value: float, of: float) -> bool:
    """Whether the quotient is what ``parseInt`` makes of it, so none beyond 1e21 is."""
    quotient = value / of
    return quotient == math.floor(quotient) and "e" not in number_text(quotient)


def has_twins(items: list[Any]) -> bool:
    return any(equal(item, other) for at, item in enumerate(items) for other in items[:at])
