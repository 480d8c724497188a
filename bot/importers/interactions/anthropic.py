"""Anthropic: results of its Message Batches API, and logs of requests with their answers.

A message does not say when it was made: a log's own moment is taken, or that of the reading.
"""

from collections.abc import Mapping
from typing import Any

from bot.importers.interactions.contract import Format, Row
from bot.importers.interactions.exchanges import around, error_of, request_of, response_of
from bot.importers.interactions.exports import WRITTEN, Values, either
from bot.importers.interactions.text import answer, question

_RESULTS = {"succeeded", "errored", "canceled", "expired"}


def claims(record: Row) -> bool:
    body = _message(record)
    return (body.get("type") == "message" and body.get("role") == "assistant") or _result(record) in _RESULTS


def translate(record: Row) -> Row | None:
    body, request, result = _message(record), request_of(record), _result(record)
    failed = error_of(body, record.get("result"), record) or (
        result if result not in {None, "succeeded"} else None
    )
    if body.get("type") != "message" and not failed:
        return None
    usage = Values(body).inside("usage")
    return {
        **around(record),
        "id": body.get("id") or record.get("id") or record.get("custom_id"),
        "at": Values(record)("timestamp", "at", "time", "created at", "start time"),
        "input": question(request.get("messages")),
        "output": answer(body.get("content")) if body.get("type") == "message" else None,
        "model": body.get("model") or request.get("model"),
        "input_tokens": _all_input(usage),
        "output_tokens": usage("output tokens"),
        "error": failed,
        "user": Values(request).inside("metadata")("user id"),
        "segment": record.get("metadata"),
    }


def _message(record: Row) -> Mapping[str, Any]:
    body = response_of(record)
    inner = body.get("message")
    return inner if isinstance(inner, dict) else body


def _result(record: Row) -> Any:
    result = record.get("result")
    kind = result.get("type") if isinstance(result, dict) else None
    return kind if isinstance(kind, str) else None


def _all_input(usage: Values) -> int | None:
    """What was read from a cache or written to it is counted apart there."""
    counts = [
        usage(name) for name in ("input tokens", "cache read input tokens", "cache creation input tokens")
    ]
    numbers = [count for count in counts if isinstance(count, int)]
    return sum(numbers) if numbers else None


FORMATS = (Format("anthropic", either, translate, claims=claims, rules=WRITTEN),)
