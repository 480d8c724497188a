"""Bounds on what runs in the engine, and what is said when one is reached."""

from collections.abc import Iterator
from contextlib import contextmanager

import quickjs  # type: ignore[import-untyped]  # a C extension without stubs

from bot.errors import InputError, Unsupported

MEMORY = 32 * 1024 * 1024  # bytes
STACK = 512 * 1024  # bytes; less than any thread's own
_SHOWN = 300  # characters of what was thrown


@contextmanager
def vendor_errors(time_limit_s: float) -> Iterator[None]:
    """The engine's own errors: limits, and what broke out of the prelude's handling."""
    try:
        yield
    except quickjs.JSException as error:
        message = str(error).partition("\n")[0]
        if message == "InternalError: interrupted":
            raise too_long(time_limit_s) from None
        raise thrown(message) from None
    except (MemoryError, UnicodeDecodeError):
        raise InputError("The JavaScript takes more memory than it may.") from None


def too_long(time_limit_s: float) -> InputError:
    return InputError(f"The JavaScript was stopped: it takes longer than {time_limit_s:g} s.")


def thrown(message: str) -> InputError:
    """What the code threw, as a sentence."""
    if "could not load module" in message:
        return Unsupported("JavaScript's import is not supported in the sandbox.")
    if "out of memory" in message:
        return InputError("The JavaScript takes more memory than it may.")
    if message == "null":  # without memory for an error of its own the engine throws this
        return InputError("The JavaScript throws null, or takes more memory than it may.")
    shown = message if len(message) <= _SHOWN else message[:_SHOWN] + "…"
    return InputError(f"The JavaScript throws {shown.rstrip('.')}.")
