"""Nunjucks's tests, what may stand after ``is``."""

from collections.abc import Callable
from typing import Any

from bot.domain.jsvalues import UNDEFINED, is_number, is_object, same, truthy
from bot.domain.nunjucks import methods
from bot.domain.nunjucks.arguments import lenient
from bot.domain.nunjucks.operators import less, modulo, not_more
from bot.domain.nunjucks.runtime import Function
from bot.domain.nunjucks.values import SafeText
from bot.errors import InputError


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, SafeText):
        return value.content
    raise InputError("The test needs a text")


def _cased(value: Any, cased: Callable[[str], str]) -> bool:
    return bool(cased(_text(value)) == value)  # a SafeString is never strictly equal to text


def _iterable(value: Any) -> bool:
    if value is None or value is UNDEFINED:
        raise InputError("The test «iterable» needs a value")
    return isinstance(value, list | str | SafeText)


_EQUAL = lambda one, other=UNDEFINED: same(one, other)  # noqa: E731  (three names for one test)
_MORE = lambda one, other=UNDEFINED: less(other, one)  # noqa: E731  (two names)
_LESS = lambda one, other=UNDEFINED: less(one, other)  # noqa: E731  (two names)
_CHECKS: dict[str, Callable[..., bool]] = {
    "callable": lambda value: isinstance(value, Function),
    "defined": lambda value: value is not UNDEFINED,
    "divisibleby": lambda one, two=UNDEFINED: modulo(one, two) == 0,
    "eq": _EQUAL,
    "equalto": _EQUAL,
    "escaped": lambda value: isinstance(value, SafeText),
    "even": lambda value: modulo(value, 2) == 0,
    "falsy": lambda value: not truthy(value),
    "ge": lambda one, two=UNDEFINED: not_more(two, one),
    "greaterthan": _MORE,
    "gt": _MORE,
    "iterable": _iterable,
    "le": lambda one, two=UNDEFINED: not_more(one, two),
    "lessthan": _LESS,
    "lower": lambda value: _cased(value, methods.lower),
    "lt": _LESS,
    "mapping": lambda value: is_object(value) and not isinstance(value, list | Function),
    "ne": lambda one, two=UNDEFINED: not same(one, two),
    "null": lambda value: value is None,
    "number": is_number,
    "odd": lambda value: modulo(value, 2) == 1,
    "sameas": _EQUAL,
    "string": lambda value: isinstance(value, str),
    "truthy": truthy,
    "undefined": lambda value: value is UNDEFINED,
    "upper": lambda value: _cased(value, methods.upper),
}
CHECKS = {name: lenient(check) for name, check in _CHECKS.items()}
