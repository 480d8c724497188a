"""Filters for lists and objects."""

import math
from collections.abc import Callable
from functools import cmp_to_key
from typing import Any

from bot.domain.jsvalues import UNDEFINED, ordered, same, to_number, to_text, truthy
from bot.domain.jsvalues import join as joined
from bot.domain.nunjucks import methods
from bot.domain.nunjucks.arguments import arrange
from bot.domain.nunjucks.checks import CHECKS
from bot.domain.nunjucks.filters.kit import copied, list_of, normal, size_of
from bot.domain.nunjucks.members import member, need
from bot.domain.nunjucks.operators import add, less
from bot.domain.nunjucks.runtime import MAX_ITEMS, MAX_TEXT, Function, sized
from bot.domain.nunjucks.values import SafeText
from bot.errors import InputError, Unsupported


def batch(value: Any, count: Any = UNDEFINED, fill: Any = UNDEFINED) -> list[Any]:
    size_of(value)
    number = to_number(count)
    rows: list[list[Any]] = []
    for at, item in enumerate(copied(value)):
        if not rows or (number and at % number == 0):
            rows.append([])
        rows[-1].append(item)
    if rows and truthy(fill):
        sized(number, MAX_ITEMS)
        rows[-1].extend([fill] * math.ceil(max(number - len(rows[-1]), 0)))
    return rows


def dictsort(value: Any, cased: Any = UNDEFINED, by: Any = UNDEFINED) -> list[Any]:
    if isinstance(value, SafeText):
        raise Unsupported("The filter «dictsort» on safe text is not supported in templates.")
    if not isinstance(value, dict):
        raise InputError("The filter «dictsort» needs an object")
    if by is not UNDEFINED and by not in ("key", "value"):
        raise InputError("The filter «dictsort» sorts by key or by value")
    place = 1 if by == "value" else 0

    def compare(one: list[Any], other: list[Any]) -> int:
        left, right = (
            methods.upper(side[place]) if isinstance(side[place], str) and not truthy(cased) else side[place]
            for side in (one, other)
        )
        return 1 if less(right, left) else 0 if same(left, right) else -1

    return sorted(([key, item] for key, item in value.items()), key=cmp_to_key(compare))


def first(value: Any) -> Any:
    return need(value, 0)


def last(value: Any) -> Any:
    return member(value, to_number(size_of(value)) - 1)


def attribute(path: Any) -> Callable[[Any], Any]:
    """What a dotted path leads to; only own properties, undefined where one is missing."""
    parts = [] if not truthy(path) else path.split(".") if isinstance(path, str) else [path]

    def get(item: Any) -> Any:
        for part in parts:
            if item is None or item is UNDEFINED:
                raise InputError("An attribute is asked of nothing")
            item = member(item, part) if _own(item, to_text(part)) else UNDEFINED
            if item is UNDEFINED:
                return item
        return item

    return get


def _own(item: Any, name: str) -> bool:
    if isinstance(item, dict):
        return name in item
    return isinstance(item, list | str) and not isinstance(member(item, name), Function)


def groupby(value: Any, path: Any = UNDEFINED) -> dict[str, Any]:
    size_of(value)
    get = attribute(path)
    groups: dict[str, list[Any]] = {}
    for item in copied(value):
        groups.setdefault(to_text(get(item), limit=MAX_TEXT), []).append(item)
    return dict(ordered(groups))


def join(value: Any, separator: Any = UNDEFINED, path: Any = UNDEFINED) -> str:
    if truthy(path):
        value = [need(item, path) for item in copied(value)]
    between = to_text(separator, limit=MAX_TEXT) if truthy(separator) else ""
    return joined(list_of(value), between, limit=MAX_TEXT)


def length(value: Any) -> Any:
    value = normal(value)
    return float(len(value)) if isinstance(value, dict) else member(value, "length")


def list_(value: Any) -> list[Any]:
    if isinstance(value, str):
        return list(value)
    if isinstance(value, dict):
        return [{"key": key, "value": item} for key, item in value.items()]
    if isinstance(value, SafeText):
        return list_(value.plain())
    return list_of(value)


def _choose(expected: bool) -> Callable[..., list[Any]]:
    def choose(value: Any, name: Any = UNDEFINED, second: Any = UNDEFINED) -> list[Any]:
        check = CHECKS.get("truthy" if name is UNDEFINED else to_text(name))
        if check is None:
            raise InputError(f"There is no test «{to_text(name)}»")
        if value is None or value is UNDEFINED:
            raise InputError("A filter for lists got nothing")
        return [item for item in copied(value) if check(item, second) is expected]

    return choose


def selectattr(value: Any, name: Any = UNDEFINED) -> list[Any]:
    return [item for item in list_of(value) if truthy(need(item, name))]


def rejectattr(value: Any, name: Any = UNDEFINED) -> list[Any]:
    return [item for item in list_of(value) if not truthy(need(item, name))]


def random(_: Any) -> Any:
    raise Unsupported("The filter «random» is not supported: the same template must give the same prompt.")


def reverse(value: Any) -> Any:
    return value[::-1] if isinstance(value, str) else copied(value)[::-1]


def slice_(value: Any, slices: Any = UNDEFINED, fill: Any = UNDEFINED) -> list[Any]:
    count, size = to_number(slices), to_number(size_of(value))
    if math.isnan(count) or count <= 0:
        return []
    sized(count, MAX_ITEMS)
    if not isinstance(value, list | str) or count != int(count):
        raise Unsupported("The filter «slice» takes a list and a whole number in templates.")
    short, longer = divmod(int(size), int(count))
    columns, start = [], 0
    for at in range(int(count)):
        end = start + short + (at < longer)
        column = value[start:end]
        if truthy(fill) and at >= longer:
            column = [*list_of(column), fill]
        columns.append(column)
        start = end
    return columns


def sort(*given: Any) -> list[Any]:
    """sort(value, reverse, case_sensitive, attribute); undefined comes last, as JavaScript has it."""
    (value, turned, cased, path), _ = arrange(given, ["value", "reverse", "case_sensitive", "attribute"], [])
    get = attribute(path)
    ahead, behind = (1, -1) if truthy(turned) else (-1, 1)

    def compare(one: Any, other: Any) -> int:
        if truthy(path):
            one, other = get(one), get(other)
        if not truthy(cased) and isinstance(one, str) and isinstance(other, str):
            one, other = methods.lower(one), methods.lower(other)
        return ahead if less(one, other) else behind if less(other, one) else 0

    items = copied(value)
    known = sorted((item for item in items if item is not UNDEFINED), key=cmp_to_key(compare))
    return known + [UNDEFINED] * (len(items) - len(known))


def sum_(value: Any, path: Any = UNDEFINED, start: Any = UNDEFINED) -> Any:
    if truthy(path):
        value = [need(item, path) for item in copied(value)]
    total: Any = 0
    for item in list_of(value):
        total = add(total, item)
    return add(0 if start is UNDEFINED else start, total)


FILTERS: dict[str, Callable[..., Any]] = {
    "batch": batch,
    "dictsort": dictsort,
    "first": first,
    "groupby": groupby,
    "join": join,
    "last": last,
    "length": length,
    "list": list_,
    "random": random,
    "reject": _choose(False),
    "rejectattr": rejectattr,
    "reverse": reverse,
    "select": _choose(True),
    "selectattr": selectattr,
    "slice": slice_,
    "sort": sort,
    "sum": sum_,
}
