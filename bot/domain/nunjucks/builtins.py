"""Nunjucks's global functions."""

from typing import Any

from bot.domain.jsvalues import UNDEFINED, is_number, to_number, truthy
from bot.domain.nunjucks.arguments import lenient
from bot.domain.nunjucks.runtime import MAX_ITEMS, Function, sized
from bot.errors import Unsupported


def _range(start: Any = UNDEFINED, stop: Any = UNDEFINED, step: Any = UNDEFINED) -> list[Any]:
    if stop is UNDEFINED:
        start, stop, step = 0, start, 1
    step = step if truthy(step) else 1
    if not is_number(start) or not is_number(step):
        raise Unsupported("range() takes numbers only in templates.")
    end = to_number(stop)
    if end != end or start != start:
        return []
    sized((end - start) / step, MAX_ITEMS)
    numbers = []
    while (start < end) if step > 0 else (start > end):
        numbers.append(start)
        start += step
    return numbers


def _cycler(*items: Any) -> dict[str, Any]:
    cycler: dict[str, Any] = {"current": None}
    place = -1

    def reset() -> Any:
        nonlocal place
        place, cycler["current"] = -1, None
        return UNDEFINED

    def advance() -> Any:
        nonlocal place
        place = place + 1 if place + 1 < len(items) else 0
        cycler["current"] = items[place] if items else UNDEFINED
        return cycler["current"]

    cycler["reset"], cycler["next"] = Function(lenient(reset)), Function(lenient(advance))
    return cycler


def _joiner(separator: Any = UNDEFINED) -> Function:
    pending: Any = ""
    after = separator if truthy(separator) else ","

    def join() -> Any:
        nonlocal pending
        now, pending = pending, after
        return now

    return Function(lenient(join))


GLOBALS = {
    "range": Function(lenient(_range)),
    "cycler": Function(_cycler),
    "joiner": Function(lenient(_joiner)),
}
