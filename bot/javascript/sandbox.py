"""Runs JavaScript in QuickJS: a fresh context each time, no files, no network, bounds on time and memory."""

import json
import math
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import quickjs  # type: ignore[import-untyped]  # a C extension without stubs

from bot.domain.jsvalues import UNDEFINED
from bot.errors import InputError, Unsupported
from bot.javascript.bodies import Form, function_body

MIB = 1024 * 1024
STACK = MIB // 2  # bytes; a thread's own stack may be as small as this allows
_MARK = "\0number"
_NO_MODULE = "could not load module"


def run(
    code: str,
    names: Mapping[str, Any],
    *,
    form: Form = Form.ASSERTION,
    time_limit_s: float = 2.0,
    memory_limit: int = 64 * MIB,
) -> Any:
    """What the code gives back as a JSON-like value, promises awaited; ``UNDEFINED`` for undefined.

    ``names`` are its variables, JSON-like too. Raises InputError for what it throws and for a limit it
    reaches, Unsupported for what the sandbox does not have. ``memory_limit`` in bytes. May be called from
    any thread; other threads go on meanwhile.
    """
    return _call(function_body(code, form), names, time_limit_s, memory_limit)


def match(pattern: str, text: str, flags: str = "", *, time_limit_s: float = 1.0) -> bool:
    """Whether JavaScript's regular expression is found in the text; InputError where it is none."""
    names = {"pattern": pattern, "text": text, "flags": flags}
    found = _call("return new RegExp(pattern, flags).test(text)", names, time_limit_s, 64 * MIB)
    return bool(found)


def _call(body: str, names: Mapping[str, Any], time_limit_s: float, memory_limit: int) -> Any:
    deadline = time.monotonic() + time_limit_s
    given = _to_json([[] if value is UNDEFINED else [value] for value in names.values()])
    with _vendor_errors(time_limit_s):
        context = quickjs.Context()
        context.set_memory_limit(memory_limit)
        context.set_time_limit(time_limit_s)
        context.set_max_stack_size(STACK)
        parts = context.eval(_prelude())
        start, tick, finish = (context.eval("(a, i) => a[i]")(parts, at) for at in range(3))
        start(body, json.dumps(list(names)), given, "\\u0000number" in given)
        while context.execute_pending_job() or tick():
            if time.monotonic() > deadline:
                raise _too_long(time_limit_s)
        answer = finish()
    return _read(answer)


def _read(answer: str) -> Any:
    hook = _unmark if '"\\u0000number"' in answer else None
    try:
        said = json.loads(answer, object_hook=hook)
    except RecursionError:
        raise InputError("The JavaScript gives back values nested too deeply.") from None
    if "refused" in said:
        raise Unsupported(f"JavaScript's {said['refused']} is not supported in the sandbox.")
    if "pending" in said:
        raise InputError("The JavaScript waits for a promise that never settles.")
    if "kind" in said:
        raise InputError(f"The JavaScript gives back a {said['kind']}, not a value.")
    if "error" in said:
        raise _thrown(said["error"])
    return _clean(said["value"]) if "value" in said else UNDEFINED


def _thrown(message: str) -> InputError:
    if _NO_MODULE in message:
        return Unsupported("JavaScript's import is not supported in the sandbox.")
    if "out of memory" in message:
        return InputError("The JavaScript takes more memory than it may.")
    return InputError(f"The JavaScript throws {_clean(message)[:500]}.")


@contextmanager
def _vendor_errors(time_limit_s: float) -> Iterator[None]:
    """What the engine itself ends: limits, and code that broke out of the prelude's own handling."""
    try:
        yield
    except quickjs.JSException as error:
        message = str(error).partition("\n")[0]
        if message == "InternalError: interrupted":
            raise _too_long(time_limit_s) from None
        raise _thrown(message) from None
    except (MemoryError, UnicodeDecodeError):
        raise InputError("The JavaScript takes more memory than it may.") from None


def _too_long(time_limit_s: float) -> InputError:
    return InputError(f"The JavaScript was stopped: it takes longer than {time_limit_s:g} s.")


def _to_json(values: list[Any]) -> str:
    try:
        return json.dumps(values, allow_nan=False, default=_foreign)
    except ValueError:  # NaN or Infinity somewhere
        return json.dumps(_mark(values), default=_foreign)


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
    return float(value[_MARK].replace("Infinity", "inf")) if _MARK in value else value


def _clean(value: Any) -> Any:
    """Half of a surrogate pair is text in JavaScript but nowhere else: U+FFFD, as in Node's own output."""
    if isinstance(value, str):
        return (
            value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, dict):
        return {_clean(key): _clean(one) for key, one in value.items()}
    return value


@cache
def _prelude() -> str:
    return Path(__file__).with_name("prelude.js").read_text("utf-8")
