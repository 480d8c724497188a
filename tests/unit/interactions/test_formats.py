"""Every format: listed, and never anything but problems, whatever the bytes."""

import json
import pkgutil
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from bot.importers import interactions
from bot.importers.interactions import FORMATS, Read, read
from bot.importers.interactions.contract import MOST_SEGMENTS, MOST_TEXT
from tests.unit.interactions.test_exports import CHAT, MESSAGE, OBSERVATION, RESPONSE

NOW = datetime(2026, 11, 21, tzinfo=UTC)
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["2026-11-20T10:30:00Z", "1e999", "\0", "\ud800", "x" * 200_001, "{}", "[[[", "LLM"])
)  # fmt: skip
SEEDS: list[Any] = [
    {"id": 1, "at": 1763634600, "input": "a", "output": "b", "segment": {"plan": "pro"}},
    {"custom_id": "a", "error": None, "response": {"status_code": 200, "body": CHAT}},
    {"request": {"input": [{"role": "user", "content": "a"}]}, "response": RESPONSE},
    {"custom_id": "a", "result": {"type": "succeeded", "message": MESSAGE}},
    {"id": "t", "timestamp": "2026-11-20", "observations": [OBSERVATION]},
    {"id": "a", "run_type": "llm", "inputs": {"messages": [[{"kwargs": {"content": "a"}}]]},
     "extra": {"metadata": {}}, "outputs": {"generations": [[{"text": "b"}]]}, "start_time": "2026-11-20",
     "child_runs": [{}], "trace_id": "x"},
]  # fmt: skip


def attribute(key: str, **value: Any) -> dict[str, Any]:
    return {"key": key, "value": value}


SPAN = {
    "traceId": "0af7651916cd43dd8448eb211c80319c", "spanId": "b7ad6b7169203331", "parentSpanId": "",
    "startTimeUnixNano": "1763634600000000000", "endTimeUnixNano": 1, "status": {"code": 2, "message": "m"},
    "events": [{"name": "gen_ai.choice", "attributes": [attribute("message", stringValue="{}")]}],
    "attributes": [
        attribute("gen_ai.operation.name", stringValue="chat"),
        attribute("gen_ai.prompt.0.content", stringValue="a"),
        attribute("llm.input_messages.0.message.contents.1.message_content.text", intValue="5"),
        attribute("gen_ai.output.messages", arrayValue={"values": [{"stringValue": "b"}]}),
        attribute("metadata", kvlistValue={"values": [attribute("plan", stringValue="pro")]}),
        attribute("tag.tags", arrayValue={"values": [{"stringValue": "b"}]}),
    ],
}  # fmt: skip
RESOURCE = {"attributes": [attribute("service.name", stringValue="shop")]}
SEEDS.append({"resourceSpans": [{"resource": RESOURCE, "scopeSpans": [{"spans": [SPAN]}]}]})


def test_every_module_with_a_format_is_listed() -> None:
    modules = [
        import_module(f"{interactions.__name__}.{m.name}")
        for m in pkgutil.iter_modules(interactions.__path__)
    ]
    own = [module.FORMATS for module in modules if isinstance(getattr(module, "FORMATS", None), tuple)]
    assert {format_.name for formats in own for format_ in formats} == set(FORMATS)


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The place of everything within a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for name, below in inner for path in paths(below, (*at, name)))]


def with_value(seed: Any, path: tuple[Any, ...], value: Any) -> Any:
    copy = json.loads(json.dumps(seed))
    if not path:
        return value
    place = copy
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return copy


ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
MUTATED = st.sampled_from(SEEDS).flatmap(
    lambda seed: st.builds(with_value, st.just(seed), st.sampled_from(paths(seed)), ANYTHING)
)


def check(found: Read) -> None:
    """What a store may rely on."""
    for each in found.interactions:
        assert each.id
        assert each.feature == "reply"
        assert each.at.tzinfo is not None
        texts = (
            each.input,
            each.output,
            each.final,
            each.error,
            each.model,
            each.user,
            *each.segment.values(),
        )
        assert all(len(text) <= MOST_TEXT and "\0" not in text for text in texts)
        "".join(texts).encode()
        assert len(each.segment) <= MOST_SEGMENTS
        assert each.confidence is None or 0 <= each.confidence <= 1
        assert each.latency_ms is None or 0 <= each.latency_ms <= 1e9
        assert each.input_tokens is None or isinstance(each.input_tokens, int)
    assert all(problem.message.endswith(".") for problem in found.problems)


@given(st.binary(max_size=200))
@example(b"\x1f\x8b")
@example(b"[" * 100_000)
@example(b'{"a":' * 50_000)
@example(b'"\\ud800"')
@example(b"id,at\n\xff\xfe,\x00")
@settings(max_examples=60, deadline=None)
def test_bytes(body: bytes) -> None:
    for name in FORMATS:
        check(read(body, name, "reply", limit=50, now=NOW))


@given(MUTATED)
@settings(max_examples=200, deadline=None)
def test_json_that_is_nearly_right(value: Any) -> None:
    body = json.dumps(value).encode()
    for name in FORMATS:
        check(read(body, name, "reply", limit=50, now=NOW))


def traces() -> bytes:
    request = ExportTraceServiceRequest()
    span = (
        request.resource_spans.add()
        .scope_spans.add()
        .spans.add(trace_id=b"t" * 16, span_id=b"s" * 8, start_time_unix_nano=1763634600 * 10**9, name="chat")
    )
    for key, value in (
        ("gen_ai.operation.name", "chat"),
        ("gen_ai.prompt.0.content", "Hi"),
        ("user.id", "ada"),
    ):
        span.attributes.add(key=key).value.string_value = value
    span.events.add(name="gen_ai.choice").attributes.add(
        key="message"
    ).value.string_value = '{"content": "Yes"}'
    body: bytes = request.SerializeToString()
    return body


@given(st.integers(0, 2**20), st.integers(0, 255), st.booleans())
@settings(max_examples=150, deadline=None)
def test_protobuf_that_is_nearly_right(place: int, byte: int, cut: bool) -> None:
    body = bytearray(traces())
    place %= len(body)
    body[place] = byte
    check(read(bytes(body[:place] if cut else body), "otlp", "reply", limit=50, now=NOW))


@pytest.mark.parametrize("body", [b"\xff" * 40, b"\x0a\xff\xff\xff\xff\x0f", b"{}"])
def test_protobuf_that_is_none_is_one_sentence(body: bytes) -> None:
    found = read(body, "otlp", "reply", limit=50)
    assert found.refused is not None
    assert "protobuf" in found.refused.message
