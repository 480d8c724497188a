"""What the filters share."""

from typing import Any

from bot.domain.jsvalues import UNDEFINED, to_number, to_text, truthy
from bot.domain.nunjucks.members import member
from bot.domain.nunjucks.runtime import MAX_TEXT
from bot.domain.nunjucks.values import SafeText
from bot.errors import InputError, Unsupported


def normal(value: Any) -> Any:
    """Null, undefined and false count as empty text."""
    return "" if value is None or value is UNDEFINED or value is False else value


def text_of(value: Any) -> str:
    """A value that has a string's methods; raises InputError for others, as JavaScript does."""
    if isinstance(value, str):
        return value
    if isinstance(value, SafeText):
        return value.content
    raise InputError("A filter for text got something else")


def written(value: Any) -> str:
    """value.toString(), null and undefined being empty."""
    return "" if value is None or value is UNDEFINED else to_text(value, limit=MAX_TEXT)


def as_safe_as(source: Any, text: str) -> str | SafeText:
    return SafeText(text) if isinstance(source, SafeText) else text


def or_else(value: Any, default: float) -> float:
    """Number(value || default); NaN for what is no number and not falsy either."""
    return to_number(value) if truthy(value) else default


def list_of(value: Any) -> list[Any]:
    """A list, and nothing else; raises InputError as JavaScript does where a method is missing."""
    if isinstance(value, list):
        return value
    raise InputError("A filter for lists got something else")


def copied(value: Any) -> list[Any]:
    """The elements of what has a length: Nunjucks's lib.map."""
    if isinstance(value, list | str):
        return list(value)
    if isinstance(value, SafeText) or (isinstance(value, dict) and "length" in value):
        raise Unsupported("A list is made of something that only looks like one; that is not supported.")
    return []


def size_of(value: Any) -> Any:
    """value.length; raises InputError for null and undefined."""
    if value is None or value is UNDEFINED:
        raise InputError("A filter got nothing")
    return member(value, "length")
