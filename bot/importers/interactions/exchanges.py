"""A call of a vendor's API as logs keep it: the request's body, the answer's, and what stands around them."""

from collections.abc import Mapping
from typing import Any

from bot.importers.interactions.contract import Row
from bot.importers.interactions.exports import Values
from bot.importers.interactions.text import loaded

_ASKED = ("request", "request_body", "req", "params", "input_body")
_ANSWERED = ("response", "response_body", "resp", "completion", "result", "message", "output_body")


def request_of(record: Row) -> Mapping[str, Any]:
    return _body(record, _ASKED)


def response_of(record: Row) -> Mapping[str, Any]:
    """The answer's body; the record itself where it is one."""
    return _body(record, _ANSWERED) or record


def around(record: Row) -> dict[str, Any]:
    """What a log says of a call besides the bodies: when it was, how long it took, whose it was; read as our
    own JSON would be. What names two calls of different files alike does not name them."""
    return {
        name: value
        for name, value in record.items()
        if name not in {*_ASKED, *_ANSWERED, "id", "custom_id", "request_id", "object", "created", "error"}
        and isinstance(value, str | int | float)
    }


def error_of(*bodies: Any) -> str | None:
    """The kind and words of a failure, wherever a vendor puts them."""
    for body in bodies:
        value = body.get("error") if isinstance(body, Mapping) else None
        while isinstance(value, Mapping) and isinstance(value.get("error"), Mapping):
            value = value["error"]
        if isinstance(value, Mapping):
            found = Values(value)
            return (
                ": ".join(str(part) for part in (found("type", "code"), found("message")) if part) or "error"
            )
        if value:
            return str(value)
    return None


def _body(record: Row, names: tuple[str, ...]) -> Mapping[str, Any]:
    for name in names:
        value = loaded(record.get(name))
        if isinstance(value, dict):
            inner = loaded(value.get("body"))
            return inner if isinstance(inner, dict) else value
    return {}
