"""A call of a model in the words of OpenTelemetry's GenAI conventions, old and new, OpenLLMetry's and
OpenInference's.

What a trace says of the prompt's version, the person or the outcome may stand on the call's span or on one
around it that came in the same body; ``plumbline.*`` goes before every other name.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.importers.interactions.contract import Row
from bot.importers.interactions.spans import Span, is_call
from bot.importers.interactions.text import answered, asked, loaded, unwrapped

_OWN = {
    "model": (
        "gen_ai.response.model", "llm.response.model_name", "gen_ai.request.model", "llm.model_name",
        "llm.request.model_name",
    ),
    "input_tokens": ("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.token_count.prompt"),
    "output_tokens": (
        "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "llm.token_count.completion",
    ),
    "cost": ("plumbline.cost", "gen_ai.usage.cost", "llm.cost.total"),
    "confidence": ("plumbline.confidence",),
    "outcome": ("plumbline.outcome",),
    "final": ("plumbline.final",),
    "fingerprint": ("plumbline.fingerprint", "traceloop.prompt.version_hash"),
}  # fmt: skip
_AROUND = {
    "feature": ("plumbline.feature",),
    "prompt": (
        "plumbline.prompt", "gen_ai.prompt.name", "llm.prompt_template.name", "traceloop.prompt.key",
        "prompt.id",
    ),
    "prompt_version": (
        "plumbline.prompt.version", "gen_ai.prompt.version", "llm.prompt_template.version",
        "traceloop.prompt.version", "prompt.version",
    ),
    "session": (
        "plumbline.session", "gen_ai.conversation.id", "session.id",
        "traceloop.association.properties.session_id", "traceloop.association.properties.conversation_id",
    ),
    "user": (
        "plumbline.user", "enduser.id", "user.id", "gen_ai.user", "llm.user", "enduser.pseudo.id",
        "traceloop.association.properties.user_id",
    ),
}  # fmt: skip
_RESOURCE = ("service.name", "service.version", "deployment.environment.name", "deployment.environment")
_PROVIDER = ("gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system")
_SEGMENT, _ASSOCIATED = "plumbline.segment.", "traceloop.association.properties."
_INPUT = ("gen_ai.input.messages", "gen_ai.prompt.", "llm.input_messages.", "gen_ai.prompt", "input.value")
_OUTPUT = (
    "gen_ai.output.messages", "gen_ai.completion.", "llm.output_messages.", "gen_ai.completion",
    "output.value",
)  # fmt: skip
_DETAILS = "gen_ai.client.inference.operation.details"
_SAYING = {
    "gen_ai.user.message": "user",
    "gen_ai.assistant.message": "assistant",
    "gen_ai.tool.message": "tool",
}
_DEEPEST = 8


def translate(span: Span) -> Row | None:
    """A span as an interaction's values; None where it is no call of a model, or only wraps one."""
    if not is_call(span) or span.wraps:
        return None
    own = _with_details(span)
    row: dict[str, Any] = {field: _first((own,), names) for field, names in _OWN.items()}
    row |= {field: _known((own, *span.above), names) for field, names in _AROUND.items()}
    row["model"] = row["model"] or _named_in(own)
    return {
        **row,
        "id": _first((own,), ("plumbline.id",)) or span.id,
        "at": span.start or span.end or None,
        "input": _text(own, _INPUT, asked) or asked([*_said(span)]),
        "output": _text(own, _OUTPUT, answered) or answered([*_chosen(span)]),
        "latency_ms": (span.end - span.start) / 1e6 if 0 < span.start <= span.end else None,
        "error": _error(span),
        "segment": _segment(span, own),
        "trace": span.trace,
        "span": span.id,
    }


def _with_details(span: Span) -> Mapping[str, Any]:
    """The span's attributes; those of the event that newer instrumentations put the words into."""
    details = [attributes for name, attributes in span.events if name == _DETAILS]
    return {**details[0], **span.attributes} if details else span.attributes


def _named_in(own: Mapping[str, Any]) -> Any:
    """The model that was asked for, where a failed call's span names it among the parameters only."""
    parameters = loaded(own.get("llm.invocation_parameters"))
    return parameters.get("model") if isinstance(parameters, dict) else None


def _first(places: Iterable[Mapping[str, Any]], names: Iterable[str]) -> Any:
    """The first value that is there: a nearer place before a better name."""
    for attributes in places:
        for name in names:
            value = attributes.get(name)
            if value is not None and value != "":
                return value
    return None


def _known(places: Sequence[Mapping[str, Any]], names: Iterable[str]) -> Any:
    """The same, but our own names before all others, wherever they stand."""
    ours = [name for name in names if name.startswith("plumbline.")]
    found = _first(places, ours)
    return _first(places, names) if found is None else found


def _text(attributes: Mapping[str, Any], names: Iterable[str], render: Any) -> str:
    """The text under the first of ``names`` that holds any; a name that ends in a dot stands for numbered
    attributes ("gen_ai.prompt.0.content")."""
    for name in names:
        value = gathered(attributes, name) if name.endswith(".") else unwrapped(attributes.get(name))
        text: str = render(value) if value else ""
        if text:
            return text
    return ""


def gathered(attributes: Mapping[str, Any], prefix: str) -> list[Any]:
    """Numbered attributes as the list of objects they were made of."""
    tree: dict[str, Any] = {}
    for name, value in attributes.items():
        if not name.startswith(prefix):
            continue
        *path, last = name[len(prefix) :].split(".")[:_DEEPEST]
        node = tree
        for part in path:
            inner = node.setdefault(part, {})
            if not isinstance(inner, dict):
                inner = node[part] = {}
            node = inner
        node.setdefault(last, value)
    items = _listed(tree)
    return (
        [item.get("message", item) if isinstance(item, dict) else item for item in items]
        if isinstance(items, list)
        else []
    )


def _listed(node: Any) -> Any:
    """Objects whose names are all numbers are lists."""
    if not isinstance(node, dict):
        return node
    inner = {name: _listed(value) for name, value in node.items()}
    if inner and all(name.isdecimal() and name.isascii() for name in inner):
        return [value.get("tool_call", value) if isinstance(value, dict) else value
                for _, value in sorted(inner.items(), key=lambda pair: (len(pair[0]), pair[0]))]  # fmt: skip
    return inner


def _said(span: Span) -> Iterable[Mapping[str, Any]]:
    """What went in, from events of the older form."""
    for name, attributes in span.events:
        if name in _SAYING:
            yield {"role": _SAYING[name], **_message(attributes, "gen_ai.prompt")}
        elif name == "gen_ai.content.prompt":
            yield {"role": "user", "content": asked(loaded(attributes.get("gen_ai.prompt")))}


def _chosen(span: Span) -> Iterable[Mapping[str, Any]]:
    """What came out, from events of the older form."""
    for name, attributes in span.events:
        if name == "gen_ai.choice":
            yield _message(attributes, "gen_ai.completion")
        elif name == "gen_ai.content.completion":
            yield {"content": answered(loaded(attributes.get("gen_ai.completion")))}


def _message(attributes: Mapping[str, Any], other: str) -> Mapping[str, Any]:
    inner = loaded(attributes.get("message"))
    if isinstance(inner, Mapping):
        return inner
    content = inner or attributes.get("content") or attributes.get(other)
    return {"content": loaded(content), "tool_calls": loaded(attributes.get("tool_calls"))}


def _error(span: Span) -> str:
    """The kind of a failure and what was said of it."""
    thrown = next((attributes for name, attributes in span.events if name == "exception"), {})
    kind = _first((span.attributes,), ("error.type",)) or (
        thrown.get("exception.type") if span.failed else None
    )
    said = span.failure or (thrown.get("exception.message") if span.failed else None)
    parts = [part for part in (kind, said) if isinstance(part, str) and part]
    if len(parts) == 2 and parts[1].startswith(parts[0].rpartition(".")[2]):
        parts = parts[1:]
    return ": ".join(parts)[:2_000] or ("error" if span.failed else "")


def _segment(span: Span, own: Mapping[str, Any]) -> dict[str, Any]:
    """What numbers may be split by: the product's own first, then OpenInference's, then where it ran."""
    found: dict[str, Any] = {}
    for attributes in (own, *span.above):
        for name, value in attributes.items():
            if name.startswith(_SEGMENT):
                found.setdefault(name.removeprefix(_SEGMENT), value)
    for name, value in own.items():
        if name.startswith(_ASSOCIATED) and name not in (*_AROUND["session"], *_AROUND["user"]):
            found.setdefault(name.removeprefix(_ASSOCIATED), value)
    extra = loaded(_first((own, *span.above), ("metadata",)))
    if isinstance(extra, dict):
        found = {**extra, **found}
    tags = _first((own, *span.above), ("tag.tags",))
    if isinstance(tags, list) and tags:
        found.setdefault("tags", ", ".join(sorted(tag for tag in tags if isinstance(tag, str))))
    found.setdefault("provider", _first((own,), _PROVIDER))
    for name in _RESOURCE:
        found.setdefault(
            name.removesuffix(".name") if name.startswith("deployment") else name, span.resource.get(name)
        )
    return found
