"""JavaScript's operators."""

import math
from collections.abc import Callable
from typing import Any

from bot.domain.jsvalues import equal, is_number, is_object, same, to_number, to_text, truthy
from bot.domain.nunjucks.runtime import MAX_TEXT, sized
from bot.domain.nunjucks.values import SafeText
from bot.errors import InputError, Unsupported


def primitive(value: Any) -> Any:
    return to_text(value, limit=MAX_TEXT) if is_object(value) else value


def add(left: Any, right: Any) -> Any:
    if is_number(left) and is_number(right):
        return float(left) + float(right)
    left, right = primitive(left), primitive(right)
    if isinstance(left, str) or isinstance(right, str):
        left, right = to_text(left), to_text(right)
        sized(len(left) + len(right))
        return left + right
    return to_number(left) + to_number(right)


def divide(left: Any, right: Any) -> float:
    one, other = to_number(left), to_number(right)
    if other:
        return one / other
    if one == 0 or math.isnan(one):
        return math.nan
    return math.copysign(math.inf, one) * math.copysign(1, other)


def modulo(left: Any, right: Any) -> float:
    one, other = to_number(left), to_number(right)
    return math.fmod(one, other) if other and math.isfinite(one) else math.nan


def power(left: Any, right: Any) -> float:
    """Math.pow where it is exact; engines differ in the last digit elsewhere, so that is refused."""
    base, exponent = to_number(left), to_number(right)
    if exponent == 0:
        return 1.0
    if math.isnan(base) or math.isnan(exponent):
        return math.nan
    if not base.is_integer() or not exponent.is_integer() or exponent < 0 or not _exact(base, exponent):
        raise Unsupported(
            "Only whole numbers to a power of 0 or more, up to 2^53, are supported in templates."
        )
    return float(int(base) ** int(exponent))


def _exact(base: float, exponent: float) -> bool:
    return abs(base) < 2 or exponent * math.log2(abs(base)) < 53


def floor(value: float) -> float:
    return float(math.floor(value)) if math.isfinite(value) else value


def round_half_up(value: float) -> float:
    """Math.round: a half goes up, also below zero."""
    if not math.isfinite(value) or value.is_integer():
        return value
    low = math.floor(value)
    return float(low + (value - low >= 0.5))


def less(left: Any, right: Any) -> bool:
    one, other = primitive(left), primitive(right)
    if isinstance(one, str) and isinstance(other, str):
        return one < other
    return to_number(one) < to_number(other)


def not_more(left: Any, right: Any) -> bool:
    one, other = primitive(left), primitive(right)
    if isinstance(one, str) and isinstance(other, str):
        return one <= other
    return to_number(one) <= to_number(other)


def contains(item: Any, holder: Any) -> bool:
    """Nunjucks's ``in``."""
    if isinstance(holder, list):
        return any(same(one, item) for one in holder)
    if isinstance(holder, str):
        return to_text(item) in holder
    if isinstance(holder, dict):
        return to_text(item) in holder
    if isinstance(holder, SafeText):
        return to_text(item) in ("val", "length")
    raise InputError("The operator «in» needs a list, a text or an object on its right")


def _step(_: Any) -> Any:
    raise InputError("Two signs in a row change a variable in JavaScript, and there is none")


UNARY: dict[str, Callable[[Any], Any]] = {
    "!": lambda value: not truthy(value),
    "-": lambda value: -to_number(value),
    "+": to_number,
    "++": _step,
    "floor": floor,
}
BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": add,
    "-": lambda left, right: to_number(left) - to_number(right),
    "*": lambda left, right: to_number(left) * to_number(right),
    "/": divide,
    "%": modulo,
    "**": power,
    "==": equal,
    "!=": lambda left, right: not equal(left, right),
    "===": same,
    "!==": lambda left, right: not same(left, right),
    "<": less,
    ">": lambda left, right: less(right, left),
    "<=": not_more,
    ">=": lambda left, right: not_more(right, left),
}
