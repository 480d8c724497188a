"""Filters for numbers."""

import math
import re
from collections.abc import Callable
from typing import Any

from bot.domain.jsvalues import UNDEFINED, WHITESPACE, to_double, to_number, to_text, truthy
from bot.domain.nunjucks.arguments import arrange
from bot.domain.nunjucks.operators import divide, floor, power, round_half_up
from bot.domain.nunjucks.runtime import MAX_TEXT

_FLOAT = re.compile(r"[-+]?(Infinity|(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?)", re.ASCII)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ROUNDERS: dict[str, Callable[[float], float]] = {
    "ceil": lambda value: -floor(-value),
    "floor": floor,
}


def round_(value: Any, precision: Any = UNDEFINED, method: Any = UNDEFINED) -> float:
    rounder = _ROUNDERS.get(method, round_half_up) if isinstance(method, str) else round_half_up
    places = to_number(precision) if truthy(precision) else 0.0
    factor = 10**places if places in (-3, -2, -1) else power(10, places)
    return divide(rounder(to_number(value) * factor), factor)


def float_(value: Any, default: Any = UNDEFINED) -> Any:
    """parseFloat: the number that the text begins with."""
    found = _FLOAT.match(to_text(value, limit=MAX_TEXT).lstrip(WHITESPACE))
    return float(found[0].replace("Infinity", "inf")) if found else default


def int_(*given: Any) -> Any:
    (value, default, base), _ = arrange(given, ["value", "default", "base"], [])
    number = parse_int(to_text(value, limit=MAX_TEXT), 10 if base is UNDEFINED else to_number(base))
    return default if math.isnan(number) else number


def parse_int(text: str, base: float) -> float:
    """parseInt: the whole number that the text begins with, NaN where there is none."""
    text = text.lstrip(WHITESPACE).lower()
    sign, text = (-1.0 if text[:1] == "-" else 1.0), text[1:] if text[:1] in ("-", "+") else text
    radix = int(base) if math.isfinite(base) else 0
    if radix in (0, 16) and text.startswith("0x"):
        radix, text = 16, text[2:]
    radix = radix or 10
    if not 2 <= radix <= 36:
        return math.nan
    digits = re.match(f"[{_DIGITS[:radix]}]*", text)
    if digits is None or not digits[0]:
        return math.nan
    return sign * (float(digits[0]) if radix == 10 else to_double(int(digits[0][:256], radix)))


FILTERS: dict[str, Callable[..., Any]] = {
    "abs": lambda value: abs(to_number(value)),
    "float": float_,
    "int": int_,
    "round": round_,
}
