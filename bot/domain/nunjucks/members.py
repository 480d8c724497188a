"""Properties and methods of values, as far as JavaScript's are supported; never Python's attributes."""

from collections.abc import Callable
from typing import Any

from bot.domain.jsvalues import UNDEFINED, is_index, is_number, to_text
from bot.domain.nunjucks.arguments import lenient
from bot.domain.nunjucks.methods import LIST_METHODS, NUMBER_METHODS, OBJECT_METHODS, STRING_METHODS
from bot.domain.nunjucks.runtime import INHERITED, Function
from bot.domain.nunjucks.values import SafeText
from bot.errors import InputError, Unsupported

_STRING = frozenset(
    [
        "anchor",
        "big",
        "blink",
        "bold",
        "fixed",
        "fontcolor",
        "fontsize",
        "isWellFormed",
        "italics",
        "link",
        "localeCompare",
        "match",
        "matchAll",
        "normalize",
        "search",
        "small",
        "strike",
        "sub",
        "sup",
        "toLocaleLowerCase",
        "toLocaleUpperCase",
        "toWellFormed",
    ]
)
_LIST = frozenset(
    [
        "copyWithin",
        "entries",
        "every",
        "fill",
        "filter",
        "find",
        "findIndex",
        "findLast",
        "findLastIndex",
        "flat",
        "flatMap",
        "forEach",
        "keys",
        "map",
        "reduce",
        "reduceRight",
        "some",
        "sort",
        "splice",
        "toReversed",
        "toSorted",
        "toSpliced",
        "values",
        "with",
    ]
)
_NUMBER = frozenset(("toExponential", "toPrecision"))


def member(target: Any, key: Any) -> Any:
    """target[key]; undefined of null and undefined, as Nunjucks has it."""
    if target is None or target is UNDEFINED:
        return UNDEFINED
    if isinstance(target, dict):
        name = key if isinstance(key, str) else to_text(key)
        return target[name] if name in target else _method(target, name, OBJECT_METHODS, frozenset())
    if isinstance(target, list | str):
        return _element(target, key)
    if isinstance(target, SafeText):
        return _safe(target, to_text(key))
    if isinstance(target, bool):
        return _method(target, to_text(key), OBJECT_METHODS, frozenset())
    if isinstance(target, int | float):
        return _method(target, to_text(key), NUMBER_METHODS, _NUMBER)
    raise Unsupported("Properties of functions are not supported in templates.")


def need(target: Any, key: Any) -> Any:
    """target[key] where Nunjucks does not look first whether there is a target."""
    if target is None or target is UNDEFINED:
        raise InputError(f"Nothing has a property «{to_text(key)}»: the value is {to_text(target)}")
    return member(target, key)


def _element(target: list[Any] | str, key: Any) -> Any:
    if is_number(key) and key % 1 == 0 and 0 <= key < len(target):
        return target[int(key)]
    name = key if isinstance(key, str) else to_text(key)
    if name == "length":
        return float(len(target))
    if is_index(name):
        return target[int(name)] if int(name) < len(target) else UNDEFINED
    if isinstance(target, str):
        return _method(target, name, STRING_METHODS, _STRING)
    return _method(target, name, LIST_METHODS, _LIST)


def _safe(target: SafeText, name: str) -> Any:
    if name == "length":
        return float(len(target.content))
    if name == "val":
        return target.content
    return _method(target.content, name, STRING_METHODS, _STRING)


def _method(target: Any, name: str, methods: dict[str, Callable[..., Any]], refused: frozenset[str]) -> Any:
    found = methods.get(name)
    if found is not None:
        method = lenient(found)
        return Function(lambda *arguments: method(target, *arguments))
    if name in refused or name in INHERITED:
        raise Unsupported(f"JavaScript's «{name}» is not supported in templates.")
    return UNDEFINED
