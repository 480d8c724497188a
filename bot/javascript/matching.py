"""JavaScript's regular expressions, which end in time whatever the pattern."""

import json
import threading

import quickjs  # type: ignore[import-untyped]  # a C extension without stubs

from bot.errors import InputError
from bot.javascript.limits import MEMORY, vendor_errors

_TEST = (
    "(given) => { const [source, flags, text] = JSON.parse(given); return RegExp(source, flags).test(text) }"
)
_own = threading.local()  # no user's code runs here, so a thread may keep its context; it must not share it


def match(pattern: str, text: str, flags: str = "", *, time_limit_s: float = 1.0) -> bool:
    """Whether the regular expression is found in the text; raises InputError where it is none."""
    test = getattr(_own, "test", None) or _fresh()
    _own.context.set_time_limit(time_limit_s)
    try:
        with vendor_errors(time_limit_s):
            return bool(test(json.dumps([pattern, flags, text])))
    except InputError:
        del _own.test
        raise


def _fresh() -> quickjs.Object:
    _own.context = quickjs.Context()
    _own.context.set_memory_limit(MEMORY)
    _own.test = _own.context.eval(_TEST)
    return _own.test
