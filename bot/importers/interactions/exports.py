"""What readers of other tools' exports share: values by name however it is written, and nested ones."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import orjson

from bot.importers.interactions.contract import Bad, BodyRefused, Rules
from bot.importers.interactions.plain import documents, lines
from bot.importers.interactions.text import loaded
from bot.importers.interactions.values import Wrong, moment
from bot.importers.reading.vocabulary import key

WRITTEN = Rules(written=True, cut=True)
"""Tables hold numbers as text, and nobody at hand can mend what a tool wrote."""
_LONGEST_NAME = 64
_key = lru_cache(maxsize=4_096)(key)


def either(body: bytes) -> Iterator[Any]:
    """The records of a body that is a JSON document or JSON Lines."""
    try:
        orjson.loads(body)
    except orjson.JSONDecodeError:
        if b"\n" in body.strip():
            return _some(lines(body))
    return documents(body)


def _some(records: Iterator[Any]) -> Iterator[Any]:
    """Lines, of which the first must be readable: else it is no JSON at all."""
    for number, record in enumerate(records):
        if number == 0 and isinstance(record, Bad):
            raise BodyRefused(record.message, record.hint)
        yield record


class Values:
    """A record's values: "startTime", "start_time" and "Start Time" are one name."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self._values = {
            _key(name): value
            for name, value in record.items()
            if isinstance(name, str) and len(name) <= _LONGEST_NAME
        }

    def __call__(self, *names: str) -> Any:
        """The first of these that holds anything."""
        for name in names:
            value = self._values.get(name)
            if value is not None and value != "":
                return value
        return None

    def inside(self, *names: str) -> "Values":
        """An object among the values, also one that a table holds as JSON."""
        value = loaded(self(*names))
        return Values(value if isinstance(value, dict) else {})

    def items(self, name: str) -> list[Mapping[str, Any]]:
        value = loaded(self(name))
        return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []

    def __contains__(self, name: str) -> bool:
        return name in self._values


def seconds(found: Values) -> float | None:
    """From start to end, where both are told."""
    try:
        start, end = (moment(found(name), WRITTEN) for name in ("start time", "end time"))
    except Wrong:
        return None
    return float((end - start).total_seconds()) if start and end and end >= start else None
