"""Who may see what people said, and their words without personal data."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any, TypeVar

from bot.domain.redaction import redact
from bot.domain.storable import storable

Sees = Callable[[Collection[str]], Awaitable[Collection[str]]]
"""Of the private channels that outputs came from ("" for none) those whose outputs may be shown here."""
Value = TypeVar("Value")


async def openly(origins: Collection[str]) -> Collection[str]:
    """Only what came from no private channel."""
    return {""} & set(origins)


async def everywhere(origins: Collection[str]) -> Collection[str]:
    """All of it: for whoever holds the database anyway."""
    return origins


def redacted(text: str) -> str:
    return redact(storable(text)).text if text else text


def redacted_within(value: Any) -> Any:
    """A JSON value with every text in it redacted; the names of fields stay."""
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, Mapping):
        return {storable(str(name)): redacted_within(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [redacted_within(each) for each in value]
    return value
