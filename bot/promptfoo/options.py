"""How often, how many at once, with what delay: ``commandLineOptions`` before ``evaluateOptions``."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import InputError
from bot.promptfoo.reading import Source
from bot.promptfoo.words import RUN_OPTIONS

_CONCURRENCY = 4
_RANGE = re.compile(r"(\d*)\s*:\s*(\d*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class RunOptions:
    repeats: int
    concurrency: int
    delay_ms: int
    cache: bool
    timeout_s: float | None
    tests: slice  # which of them, by their place


def read_options(config: Mapping[str, Any], source: Source) -> RunOptions:
    """Raises InputError for a value of the wrong kind under commandLineOptions, as promptfoo does."""
    evaluate, command = _object(config, "evaluateOptions"), _object(config, "commandLineOptions")
    for name, options in (("evaluateOptions", evaluate), ("commandLineOptions", command)):
        for key in sorted(options.keys() - RUN_OPTIONS):
            source.say(f"{name}.{key} is not applied.")
    for key in ("repeat", "maxConcurrency", "delay"):
        if key in command:
            command[key] = _whole(command[key], f"commandLineOptions.{key}", least=0 if key == "delay" else 1)
    both = {**evaluate, **{key: value for key, value in command.items() if value is not None}}
    repeat, delay = both.get("repeat"), _positive(both.get("delay"))
    timeout = _positive(evaluate.get("timeoutMs"))
    return RunOptions(
        repeats=repeat if isinstance(repeat, int) and not isinstance(repeat, bool) and repeat > 0 else 1,
        concurrency=1 if delay else max(1, int(_positive(both.get("maxConcurrency")) or _CONCURRENCY)),
        delay_ms=int(delay),
        cache=both.get("cache") is not False,
        timeout_s=timeout / 1000 if timeout else None,
        tests=_range(both.get("filterRange")),
    )


def _range(given: Any) -> slice:
    """``start:end``, counted from 0, the end left out."""
    if given is None:
        return slice(None)
    found = _RANGE.fullmatch(str(given).strip())
    start, end = (int(bound) if bound else None for bound in found.groups()) if found else (1, 0)
    if (start is None and end is None) or (end is not None and (start or 0) > end):
        raise InputError(f"filterRange must be start:end, counted from 0, not {given!r}.")
    return slice(start, end)


def _object(config: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = config.get(key)
    if value is not None and not isinstance(value, dict):
        raise InputError(f"{key} must be an object.")
    return dict(value or {})


def _positive(value: Any) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return value if number and value > 0 else 0


def _whole(value: Any, where: str, *, least: int) -> int:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if not number.is_integer() or number < least:
        raise InputError(f"{where} must be a whole number from {least}, not {value!r}.")
    return int(number)
