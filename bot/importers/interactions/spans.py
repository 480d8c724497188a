"""Spans of OpenTelemetry, from protobuf or JSON alike, and how those of one body belong together."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

ERROR = 2  # of the statuses unset, ok, error


@dataclass(slots=True)
class Span:
    """One span. Ids are in hexadecimal, "" where there are none; times in ns since 1970, 0 for none.

    ``above`` are the attributes of the spans around it, as far as they came with it, the nearest first;
    ``wraps`` tells that another call of a model lies within it.
    """

    trace: str
    id: str
    parent: str
    start: int
    end: int
    attributes: Mapping[str, Any]
    events: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    failed: bool = False
    failure: str = ""
    resource: Mapping[str, Any] = field(default_factory=dict)
    above: tuple[Mapping[str, Any], ...] = ()
    wraps: bool = False


_CALLS = {"chat", "text_completion", "generate_content", "completion"}
_MODELS = ("gen_ai.request.model", "gen_ai.response.model", "llm.model_name")
_SIGNS_OF_A_CALL = (
    "gen_ai.usage.",
    "gen_ai.prompt.",
    "gen_ai.completion.",
    "gen_ai.output.",
    "llm.token_count.",
)
_FARTHEST = 20  # spans up; a trace that is deeper, or whose parents go in a circle, ends there


def is_call(span: Span) -> bool:
    """Whether a span is one call of a model that answers with text: no tool, agent, chain or embedding."""
    attributes = span.attributes
    kind = attributes.get("openinference.span.kind")
    if isinstance(kind, str):
        return kind.upper() == "LLM"
    named = attributes.get("gen_ai.operation.name") or attributes.get("llm.request.type")
    if isinstance(named, str):
        return named in _CALLS
    if "traceloop.span.kind" in attributes:
        return False
    return any(attributes.get(name) for name in _MODELS) and any(
        name.startswith(_SIGNS_OF_A_CALL) for name in attributes
    )


def related(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans, each with what lies around it, and marked where it only wraps another call."""
    every = list(spans)
    by_id = {(span.trace, span.id): span for span in every if span.id}
    for span in every:
        around = list(_ancestors(span, by_id))
        span.above = tuple(ancestor.attributes for ancestor in around)
        if is_call(span):
            for ancestor in around:
                ancestor.wraps = True
    yield from every


def _ancestors(span: Span, by_id: Mapping[tuple[str, str], Span]) -> Iterator[Span]:
    for _ in range(_FARTHEST):
        above = by_id.get((span.trace, span.parent)) if span.parent else None
        if above is None:
            return
        yield above
        span = above
