"""LangSmith: runs as its API, its SDK and its bulk export give them. Only runs of type "llm" are calls."""

from collections.abc import Iterable
from typing import Any

from bot.importers.interactions.contract import Format, Row
from bot.importers.interactions.exports import WRITTEN, Values, either, seconds
from bot.importers.interactions.text import answer, question

_MOST = 10_000  # runs within one


def claims(record: Row) -> bool:
    return "run_type" in record and ("inputs" in record or "outputs" in record)


def unfold(record: Row) -> Iterable[Row]:
    """A run and those below it, as far as they came with it."""
    waiting: list[Row] = [record]
    found: list[Row] = []
    while waiting and len(found) < _MOST:
        run = waiting.pop(0)
        found.append(run)
        below = run.get("child_runs")
        waiting += [child for child in below if isinstance(child, dict)] if isinstance(below, list) else []
    return found


def translate(record: Row) -> Row | None:
    found = Values(record)
    if found("run type") != "llm":
        return None
    extra = found.inside("extra")
    metadata, asked = extra.inside("metadata"), extra.inside("invocation params")
    outputs = found.inside("outputs")
    usage = outputs.inside("usage metadata", "usage")
    counted = outputs.inside("llm output").inside("token usage")
    return {
        "id": found("id"),
        "at": found("start time"),
        "input": question(found("inputs")),
        "output": answer(found("outputs")),
        "model": metadata("ls model name") or asked("model", "model name") or outputs("model"),
        "prompt": metadata("lc hub repo", "prompt name"),
        "prompt_version": metadata("lc hub commit hash", "prompt version")
        if metadata("lc hub repo", "prompt name")
        else None,
        "latency_s": seconds(found),
        "cost": found("total cost"),
        "input_tokens": found("prompt tokens")
        or usage("input tokens", "prompt tokens")
        or counted("prompt tokens"),
        "output_tokens": found("completion tokens")
        or usage("output tokens", "completion tokens")
        or counted("completion tokens"),
        "error": found("error"),
        # A run's own session_id is its project; a conversation's is among the metadata.
        "session": metadata("session id", "thread id", "conversation id"),
        "user": metadata("user id"),
        "segment": _segment(found, extra("metadata")),
        "trace": found("trace id"),
        "span": found("id"),
    }


_SPLIT = {"session_id", "thread_id", "conversation_id", "user_id", "ls_run_depth", "ls_method"}


def _segment(found: Values, metadata: Any) -> dict[str, Any]:
    kept = metadata if isinstance(metadata, dict) else {}
    tags = found("tags")
    joined = (
        ", ".join(sorted(tag for tag in tags if isinstance(tag, str))) if isinstance(tags, list) else None
    )
    return {**{name: value for name, value in kept.items() if name not in _SPLIT}, "tags": joined}


FORMATS = (Format("langsmith", either, translate, unfold, claims, WRITTEN),)
