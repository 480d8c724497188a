"""The methods of strings, lists and numbers that templates use."""

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bot.domain.jsvalues import UNDEFINED, WHITESPACE, join, number_text, same, to_number, to_text
from bot.domain.nunjucks.runtime import MAX_ITEMS, MAX_TEXT, Function, sized
from bot.domain.nunjucks.values import paired, units
from bot.errors import InputError, Unsupported


def whole(value: Any, default: float = 0.0) -> float:
    """ToIntegerOrInfinity; the default for undefined."""
    number = default if value is UNDEFINED else to_number(value)
    return 0.0 if math.isnan(number) else float(math.trunc(number)) if math.isfinite(number) else number


def clamp(value: Any, size: int, default: float = 0.0) -> int:
    """An index between 0 and size; what is negative is 0."""
    return int(min(max(whole(value, default), 0), size))


def relative(value: Any, size: int, default: float) -> int:
    """An index between 0 and size; what is negative counts from the end."""
    index = whole(value, default)
    return int(min(max(index + size if index < 0 else index, 0), size))


def lower(text: str) -> str:
    return text.lower() if text.isascii() else units(paired(text).lower())


def upper(text: str) -> str:
    return text.upper() if text.isascii() else units(paired(text).upper())


def _at(value: Any, index: Any = UNDEFINED) -> Any:
    place = whole(index)
    place += len(value) if place < 0 else 0
    return value[int(place)] if 0 <= place < len(value) else UNDEFINED


def _char(text: str, index: Any = UNDEFINED) -> str:
    place = whole(index)
    return text[int(place)] if 0 <= place < len(text) else ""


def _code(text: str, index: Any = UNDEFINED) -> float:
    char = _char(text, index)
    return float(ord(char)) if char else math.nan


def _text_concat(text: str, *others: Any) -> str:
    return join([text, *map(to_text, others)], "", limit=MAX_TEXT)


def _plain(value: Any) -> str:
    return to_text(value, limit=MAX_TEXT)


def _slice(value: Any, start: Any = UNDEFINED, end: Any = UNDEFINED) -> Any:
    size = len(value)
    return value[relative(start, size, 0) : relative(end, size, size)]


def _substring(text: str, start: Any = UNDEFINED, end: Any = UNDEFINED) -> str:
    first, last = sorted((clamp(start, len(text)), clamp(end, len(text), len(text))))
    return text[first:last]


def _substr(text: str, start: Any = UNDEFINED, length: Any = UNDEFINED) -> str:
    first = relative(start, len(text), 0)
    return text[first : first + clamp(length, len(text), len(text))]


def _pad(text: str, size: Any, filler: Any) -> str:
    wanted = sized(whole(size))
    filler = " " if filler is UNDEFINED else _plain(filler)
    missing = wanted - len(text)
    return (filler * (missing // len(filler) + 1))[:missing] if missing > 0 and filler else ""


def _repeat(text: str, times: Any = UNDEFINED) -> str:
    count = whole(times)
    if count < 0 or math.isinf(count):
        raise InputError("A text cannot be repeated that often")
    sized(count * len(text))
    return text * int(count) if text else ""


def _replace(text: str, old: Any = UNDEFINED, new: Any = UNDEFINED) -> str:
    return _replaced(text, old, new, 1)


def _replace_all(text: str, old: Any = UNDEFINED, new: Any = UNDEFINED) -> str:
    return _replaced(text, old, new, -1)


def _replaced(text: str, old: Any, new: Any, times: int) -> str:
    if isinstance(new, Function):
        raise Unsupported("A function in a replacement is not supported in templates.")
    old, new = _plain(old), _plain(new)
    if "$" in new:
        raise Unsupported("A «$» in a replacement is not supported in templates.")
    sized(len(text) + text.count(old) * len(new))
    return text.replace(old, new, times)


def _split(text: str, separator: Any = UNDEFINED, limit: Any = UNDEFINED) -> list[Any]:
    if separator is UNDEFINED:
        parts = [text]
    else:
        separator = _plain(separator)
        parts = text.split(separator) if separator else list(text)
    sized(len(parts), MAX_ITEMS)
    return list(parts if limit is UNDEFINED else parts[: clamp(limit, len(parts))])


def _starts(text: str, start: Any = UNDEFINED, index: Any = UNDEFINED) -> bool:
    return text.startswith(_plain(start), clamp(index, len(text)))


def _ends(text: str, end: Any = UNDEFINED, index: Any = UNDEFINED) -> bool:
    return text[: clamp(index, len(text), len(text))].endswith(_plain(end))


def _found(text: str, part: Any = UNDEFINED, start: Any = UNDEFINED) -> float:
    return float(text.find(_plain(part), clamp(start, len(text))))


def _found_last(text: str, part: Any = UNDEFINED, start: Any = UNDEFINED) -> float:
    part = _plain(part)
    number = to_number(start)
    last = len(text) if math.isnan(number) else clamp(start, len(text))
    return float(text.rfind(part, 0, last + len(part)))


def _index(items: list[Any], item: Any = UNDEFINED, start: Any = UNDEFINED) -> float:
    for at in range(relative(start, len(items), 0), len(items)):
        if same(items[at], item):
            return float(at)
    return -1.0


def _index_last(items: list[Any], item: Any = UNDEFINED) -> float:
    return max((float(at) for at, one in enumerate(items) if same(one, item)), default=-1.0)


def _includes(items: list[Any], item: Any = UNDEFINED, start: Any = UNDEFINED) -> bool:
    part = items[relative(start, len(items), 0) :]
    return any(same(one, item) or (one != one and item != item) for one in part)


def _concat(items: list[Any], *others: Any) -> list[Any]:
    result = list(items)
    for other in others:
        result.extend(other if isinstance(other, list) else [other])
        sized(len(result), MAX_ITEMS)
    return result


def _join(items: list[Any], separator: Any = UNDEFINED) -> str:
    return join(items, "," if separator is UNDEFINED else _plain(separator), limit=MAX_TEXT)


def _push(items: list[Any], *new: Any) -> float:
    items.extend(new)
    return float(sized(len(items), MAX_ITEMS))


def _unshift(items: list[Any], *new: Any) -> float:
    items[:0] = new
    return float(sized(len(items), MAX_ITEMS))


def _reverse(items: list[Any]) -> list[Any]:
    items.reverse()
    return items


def _to_fixed(number: float, digits: Any = UNDEFINED) -> str:
    places = whole(digits)
    if not 0 <= places <= 100:
        raise InputError("toFixed takes 0 to 100 digits")
    if not math.isfinite(number) or abs(number) >= 1e21:
        return number_text(number)
    text = str(Decimal(float(number)).quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP))
    return text.lstrip("-") if not number else text


def _number_text(number: float, base: Any = UNDEFINED) -> str:
    if base is not UNDEFINED and whole(base) != 10:
        raise Unsupported("A number's text to another base than 10 is not supported in templates.")
    return number_text(number)


def _has(target: Any, key: Any = UNDEFINED) -> bool:
    return isinstance(target, dict) and to_text(key) in target


STRING_METHODS: dict[str, Callable[..., Any]] = {
    "at": _at,
    "charAt": _char,
    "charCodeAt": _code,
    "concat": _text_concat,
    "endsWith": _ends,
    "includes": lambda text, part=UNDEFINED, start=UNDEFINED: _found(text, part, start) >= 0,
    "indexOf": _found,
    "lastIndexOf": _found_last,
    "padEnd": lambda text, size=UNDEFINED, filler=UNDEFINED: text + _pad(text, size, filler),
    "padStart": lambda text, size=UNDEFINED, filler=UNDEFINED: _pad(text, size, filler) + text,
    "repeat": _repeat,
    "replace": _replace,
    "replaceAll": _replace_all,
    "slice": _slice,
    "split": _split,
    "startsWith": _starts,
    "substr": _substr,
    "substring": _substring,
    "toLowerCase": lower,
    "toString": lambda text: text,
    "toUpperCase": upper,
    "trim": lambda text: text.strip(WHITESPACE),
    "trimEnd": lambda text: text.rstrip(WHITESPACE),
    "trimStart": lambda text: text.lstrip(WHITESPACE),
    "valueOf": lambda text: text,
}
LIST_METHODS: dict[str, Callable[..., Any]] = {
    "at": _at,
    "concat": _concat,
    "includes": _includes,
    "indexOf": _index,
    "join": _join,
    "lastIndexOf": _index_last,
    "pop": lambda items: items.pop() if items else UNDEFINED,
    "push": _push,
    "reverse": _reverse,
    "shift": lambda items: items.pop(0) if items else UNDEFINED,
    "slice": _slice,
    "toString": _join,
    "unshift": _unshift,
}
NUMBER_METHODS: dict[str, Callable[..., Any]] = {
    "toFixed": _to_fixed,
    "toString": _number_text,
    "valueOf": lambda number: number,
}
OBJECT_METHODS: dict[str, Callable[..., Any]] = {
    "hasOwnProperty": _has,
    "toString": lambda target, *_: to_text(target),
    "valueOf": lambda target, *_: target,
}
