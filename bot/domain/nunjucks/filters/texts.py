"""Filters for text."""

import math
import re
from collections.abc import Callable
from typing import Any

from bot.domain.jsvalues import UNDEFINED, WHITESPACE, is_number, same, to_number, to_text, truthy
from bot.domain.nunjucks import methods
from bot.domain.nunjucks.filters.kit import as_safe_as, normal, or_else, size_of, text_of, written
from bot.domain.nunjucks.operators import add
from bot.domain.nunjucks.runtime import MAX_TEXT, sized
from bot.domain.nunjucks.values import SafeText
from bot.errors import InputError

_WORD = re.compile(r"\w+", re.ASCII)


def capitalize(value: Any) -> Any:
    value = normal(value)
    text = methods.lower(text_of(value))
    return as_safe_as(value, methods.upper(text[:1]) + text[1:])


def center(value: Any, width: Any = UNDEFINED) -> Any:
    value = normal(value)
    length, wide = to_number(size_of(value)), or_else(width, 80)
    if length >= wide:
        return value
    spaces = wide - length
    sized(0 if math.isnan(spaces) else spaces)
    before, after = _spaces(spaces / 2 - math.fmod(spaces, 2)), _spaces(spaces / 2)
    return as_safe_as(value, f"{before}{written(value)}{after}")


def _spaces(count: float) -> str:
    return " " * math.ceil(count) if count > 0 else ""


def indent(value: Any, width: Any = UNDEFINED, first: Any = UNDEFINED) -> Any:
    value = normal(value)
    if value == "":
        return ""
    text = text_of(value)
    wide = or_else(width, 4)
    wide = 0 if math.isnan(wide) else wide
    sized(len(text) + (text.count("\n") + 1) * max(wide, 0))
    margin = _spaces(wide)
    indented = text.replace("\n", "\n" + margin)
    return as_safe_as(value, margin + indented if truthy(first) else indented)


def lower(value: Any) -> str:
    return methods.lower(text_of(normal(value)))


def upper(value: Any) -> str:
    return methods.upper(text_of(normal(value)))


def replace(value: Any, old: Any = UNDEFINED, new: Any = UNDEFINED, most: Any = UNDEFINED) -> Any:
    if not is_number(old) and not isinstance(old, str):
        return value
    old = to_text(old)
    text = to_text(value) if is_number(value) else value.content if isinstance(value, SafeText) else value
    if not isinstance(text, str):
        return value
    if old == "":
        between = "," if new is UNDEFINED else written_out(new)
        sized(len(text) * len(between))
        return as_safe_as(value, to_text(add(add(new, between.join(text)), new)))
    times = -1 if most is UNDEFINED or same(most, -1) else _count(to_number(most), len(text))
    if old not in text or same(most, 0):
        return text if is_number(value) else value
    new = written_out(new)
    sized(len(text) + text.count(old) * len(new))
    return as_safe_as(value, text.replace(old, new, times))


def _count(number: float, most: int) -> int:
    return 0 if math.isnan(number) else math.ceil(min(max(number, 0), most))


def written_out(value: Any) -> str:
    return to_text(value, limit=MAX_TEXT)


def string(value: Any) -> Any:
    if value is None or value is UNDEFINED:
        raise InputError("The filter «string» got nothing")
    return value if isinstance(value, SafeText) else written(value)


def title(value: Any) -> Any:
    value = normal(value)
    words = [to_text(capitalize(word)) for word in text_of(value).split(" ")]
    return as_safe_as(value, " ".join(words))


def trim(value: Any) -> Any:
    return as_safe_as(value, text_of(value).strip(WHITESPACE))


def truncate(value: Any, length: Any = UNDEFINED, kill: Any = UNDEFINED, end: Any = UNDEFINED) -> Any:
    given, limit = normal(value), or_else(length, 255)
    if to_number(size_of(given)) <= limit:
        return given
    text = text_of(given)
    cut = 0 if math.isnan(limit) else int(max(limit, 0))
    if not truthy(kill):
        space = text.rfind(" ", 0, len(text) if math.isnan(limit) else cut + 1)
        cut = space if space >= 0 else cut
    tail = "..." if end is UNDEFINED or end is None else end
    return as_safe_as(value, to_text(add(text[:cut], tail)))


def wordcount(value: Any) -> Any:
    value = normal(value)
    words = _WORD.findall(text_of(value)) if truthy(value) else []
    return float(len(words)) if words else None


FILTERS: dict[str, Callable[..., Any]] = {
    "capitalize": capitalize,
    "center": center,
    "indent": indent,
    "lower": lower,
    "replace": replace,
    "string": string,
    "title": title,
    "trim": trim,
    "truncate": truncate,
    "upper": upper,
    "wordcount": wordcount,
}
