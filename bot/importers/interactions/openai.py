"""OpenAI: output of its Batch API, stored completions, and logs of requests with their answers; chat
completions and responses alike.

The Batch API keeps questions and answers in two files; of the output alone the questions are unknown.
"""

from collections.abc import Mapping
from typing import Any

from bot.importers.interactions.contract import Format, Row
from bot.importers.interactions.exchanges import around, error_of, request_of, response_of
from bot.importers.interactions.exports import WRITTEN, Values, either
from bot.importers.interactions.text import answer, question

_OBJECTS = {"chat.completion", "text_completion", "response"}


def claims(record: Row) -> bool:
    body = response_of(record)
    return _is_answer(body) or _failed_batch(record)


def translate(record: Row) -> Row | None:
    body, request = response_of(record), request_of(record)
    failed = error_of(body, record, record.get("response"))
    if not _is_answer(body) and not (failed and (request or _failed_batch(record))):
        return None  # embeddings, a batch's own requests
    usage, prompt = Values(body).inside("usage"), Values(body).inside("prompt")
    asked = next(
        (each[name] for each in (request, body, record) for name in ("messages", "input") if each.get(name)),
        None,
    )
    return {
        **around(record),
        "id": body.get("id") or record.get("id"),
        "at": _when(record, body),
        "input": question(asked),
        "output": answer(_said(body)),
        "model": body.get("model") or request.get("model"),
        "prompt": prompt("id"),
        "prompt_version": prompt("version") if prompt("id") else None,
        "input_tokens": usage("prompt tokens", "input tokens"),
        "output_tokens": usage("completion tokens", "output tokens"),
        "error": failed,
        "user": request.get("user") or request.get("safety_identifier") or body.get("user"),
        "session": Values(body).inside("conversation")("id"),
        "segment": body.get("metadata") or request.get("metadata") or record.get("metadata"),
    }


def _is_answer(body: Mapping[str, Any]) -> bool:
    made = body.get("object")
    return (isinstance(made, str) and made in _OBJECTS) or isinstance(body.get("choices"), list)


def _failed_batch(record: Row) -> bool:
    return "custom_id" in record and bool(record.get("error")) and "response" in record


def _when(record: Row, body: Mapping[str, Any]) -> Any:
    """A log's own moment is the call's; the body's is when the answer began."""
    return (
        Values(record)("timestamp", "at", "time", "start time")
        or body.get("created_at")
        or body.get("created")
    )


def _said(body: Mapping[str, Any]) -> Any:
    """The first choice, or what the Responses API put out."""
    choices = body.get("choices")
    if isinstance(choices, list) and choices:
        return [choices[0].get("message") or choices[0].get("text")] if isinstance(choices[0], dict) else None
    return body.get("output") or body.get("output_text")


FORMATS = (Format("openai", either, translate, claims=claims, rules=WRITTEN),)
