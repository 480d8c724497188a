"""The switch that shows every model request and response, redacted."""

import json
from collections.abc import Callable
from typing import Any, TextIO

Traffic = Callable[[dict[str, Any]], None]
Redact = Callable[[str], str]


def nothing(_record: dict[str, Any]) -> None:
    """The switch is off."""


def print_to(stream: TextIO) -> Traffic:
    """One JSON object a line."""

    def show(record: dict[str, Any]) -> None:
        print(json.dumps(record, ensure_ascii=False), file=stream, flush=True)

    return show


def redacted(value: Any, redact: Redact) -> Any:
    """Every string within a JSON value, keys too, through ``redact``."""
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict):
        return {redact(key): redacted(item, redact) for key, item in value.items()}
    if isinstance(value, list):
        return [redacted(item, redact) for item in value]
    return value
