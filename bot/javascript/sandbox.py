"""Runs JavaScript in QuickJS: a fresh context each time, no files, no network, bounds on time and memory."""

import json
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import quickjs  # type: ignore[import-untyped]  # a C extension without stubs

from bot.domain.jsvalues import UNDEFINED
from bot.errors import InputError, Unsupported
from bot.javascript.bodies import Form, function_body
from bot.javascript.limits import MEMORY, STACK, thrown, too_long, vendor_errors
from bot.javascript.wire import MARKED, read, write


def run(
    code: str,
    names: Mapping[str, Any],
    *,
    form: Form = Form.ASSERTION,
    time_limit_s: float = 2.0,
    memory_limit: int = MEMORY,
) -> Any:
    """What the code gives back as a JSON-like value, promises awaited; ``UNDEFINED`` for undefined.

    ``names`` are its variables, JSON-like too, in the order in which a transform's function takes them.
    ``memory_limit`` in bytes. Raises InputError for what it throws and for a limit it reaches, Unsupported
    for what the sandbox does not have. May be called from any thread; other threads go on meanwhile.
    """
    body = function_body(code, form)
    given = write([[] if value is UNDEFINED else [value] for value in names.values()])
    deadline = time.monotonic() + time_limit_s
    with vendor_errors(time_limit_s):
        context = quickjs.Context()
        context.set_memory_limit(memory_limit)
        context.set_time_limit(time_limit_s)
        context.set_max_stack_size(STACK)
        drive = context.eval(_prelude())
        drive("start", body, json.dumps(list(names)), given, MARKED in given, form is Form.TRANSFORM)
        while context.execute_pending_job() or drive("tick"):
            if time.monotonic() > deadline:
                raise too_long(time_limit_s)
        answer = drive("finish")
    return _said(read(answer))


def _said(answer: dict[str, Any]) -> Any:
    if "refused" in answer:
        raise Unsupported(f"JavaScript's {answer['refused']} is not supported in the sandbox.")
    if "pending" in answer:
        raise InputError("The JavaScript waits for a promise that never settles.")
    if "kind" in answer:
        raise InputError(f"The JavaScript gives back a {answer['kind']}, not a value.")
    if "error" in answer:
        raise thrown(answer["error"])
    return answer.get("value", UNDEFINED)


@cache
def _prelude() -> str:
    return Path(__file__).with_name("prelude.js").read_text("utf-8")
