"""Langfuse: observations and traces, from its tables (CSV, JSON, JSON Lines), its API and its blob storage.

A generation is an interaction; spans, events and tools are not. Traces that were exported without their
observations are taken as they are: what the product was asked and what it answered.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.importers.interactions.contract import Format, Row
from bot.importers.interactions.exports import WRITTEN, Values, either, seconds
from bot.importers.interactions.text import answer, loaded, question

_KINDS = {
    "GENERATION", "SPAN", "EVENT", "TOOL", "AGENT", "CHAIN", "RETRIEVER", "EMBEDDING", "EVALUATOR",
    "GUARDRAIL",
}  # fmt: skip


def claims(record: Row) -> bool:
    found = Values(record)
    kind = found("type")
    observation = isinstance(kind, str) and kind.upper() in _KINDS and "trace id" in found
    trace = "timestamp" in found and "bookmarked" in found
    return observation or trace or bool(found.items("observations"))


def unfold(record: Row) -> Iterable[Row]:
    """The observations within a trace, each with whom and what the trace was of."""
    found = Values(record)
    trace = found.inside("trace")
    inside = found.items("observations")
    if not inside:
        return (record,)
    around = found if trace("id") is None else trace
    shared = {
        name: around(name) for name in ("user id", "session id", "release", "environment", "tags", "metadata")
    }
    return [{**_absent(shared, observation), **observation} for observation in inside]


def _absent(shared: Mapping[str, Any], observation: Mapping[str, Any]) -> dict[str, Any]:
    there = Values(observation)
    return {name: value for name, value in shared.items() if value is not None and there(name) is None}


def translate(record: Row) -> Row | None:
    found = Values(record)
    kind = found("type")
    if isinstance(kind, str) and kind.upper() != "GENERATION":
        return None
    usage, cost = found.inside("usage details", "usage"), found.inside("cost details")
    level, said = found("level"), found("status message")
    scores = found.items("scores")
    return {
        "id": found("id"),
        "at": found("start time", "timestamp"),
        "input": question(found("input")),
        "output": answer(found("output")),
        "model": found("provided model name", "model"),
        "prompt": found("prompt name"),
        "prompt_version": found("prompt version") if found("prompt name") else None,
        "latency_s": seconds(found) or found("latency"),  # in seconds there
        "cost": found("total cost", "calculated total cost") or cost("total"),
        "input_tokens": found("prompt tokens", "input tokens", "input usage")
        or usage("input", "prompt tokens"),
        "output_tokens": found("completion tokens", "output tokens", "output usage")
        or usage("output", "completion tokens"),
        "confidence": next((s.get("value") for s in scores if s.get("name") == "confidence"), None),
        "error": (said or "error") if level == "ERROR" else None,
        "session": found("session id"),
        "user": found("user id"),
        "segment": _segment(found, scores),
        "trace": found("trace id") if kind else found("id"),
        "span": found("id") if kind else None,
    }


def _segment(found: Values, scores: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Its metadata, what ran where, and scores that are words."""
    metadata = loaded(found("metadata"))
    named = {name: found(name) for name in ("environment", "release", "version", "trace name")}
    tags = loaded(found("tags", "trace tags"))
    if isinstance(tags, list):
        named["tags"] = ", ".join(sorted(tag for tag in tags if isinstance(tag, str)))
    judged = {f"score.{s.get('name')}": s.get("stringValue") for s in scores if s.get("stringValue")}
    return {**(metadata if isinstance(metadata, dict) else {}), **named, **judged}


FORMATS = (Format("langfuse", either, translate, unfold, claims, WRITTEN),)
