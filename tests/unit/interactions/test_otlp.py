"""Traces in every dialect: what becomes an interaction, out of which names. Real SDKs: tests/contracts."""

import json
from typing import Any

import pytest
from google.protobuf.json_format import ParseDict  # type: ignore[import-untyped]  # it has no types
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from bot.domain.interactions import Interaction, Outcome
from bot.importers.interactions import Read, read

TRACE = "0af7651916cd43dd8448eb211c80319c"
START = 1763634600 * 10**9


def value(given: Any) -> dict[str, Any]:
    """An AnyValue in OTLP's JSON."""
    match given:
        case bool():
            return {"boolValue": given}
        case int():
            return {"intValue": str(given)}
        case float():
            return {"doubleValue": given}
        case list():
            return {"arrayValue": {"values": [value(item) for item in given]}}
        case dict():
            return {"kvlistValue": {"values": pairs(given)}}
    return {"stringValue": given}


def pairs(attributes: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"key": name, "value": value(given)} for name, given in attributes.items()]


def span(attributes: dict[str, Any], id_: int = 1, parent: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "traceId": TRACE, "spanId": f"{id_:016x}", "parentSpanId": f"{parent:016x}" if parent else "",
        "name": "x", "startTimeUnixNano": str(START), "endTimeUnixNano": str(START + 830_000_000),
        "attributes": pairs(attributes), **more,
    }  # fmt: skip


def event(name: str, attributes: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "timeUnixNano": str(START), "attributes": pairs(attributes)}


def request(*spans: dict[str, Any]) -> dict[str, Any]:
    resource = {"attributes": pairs({"service.name": "shop", "deployment.environment.name": "production"})}
    return {"resourceSpans": [{"resource": resource, "scopeSpans": [{"spans": list(spans)}]}]}


def sent(*spans: dict[str, Any]) -> Read:
    """Read as JSON and as protobuf, which must be the same."""
    asked = request(*spans)
    found = read(json.dumps(asked).encode(), "otlp-json", "reply", limit=100)
    binary = json.loads(json.dumps(asked))
    for each in binary["resourceSpans"][0]["scopeSpans"][0]["spans"]:
        for name in ("traceId", "spanId", "parentSpanId"):  # bytes are base64 in protobuf's own JSON
            each[name] = _base64(each[name])
    body = ParseDict(binary, ExportTraceServiceRequest()).SerializeToString()
    assert read(body, "otlp", "reply", limit=100) == found
    return found


def _base64(hexadecimal: str) -> str:
    from base64 import b64encode

    return b64encode(bytes.fromhex(hexadecimal)).decode()


def one(*spans: dict[str, Any]) -> Interaction:
    found = sent(*spans)
    assert not found.problems
    (interaction,) = found.interactions
    return interaction


CHAT = {"gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-5"}
ASKED = json.dumps([{"role": "user", "parts": [{"type": "text", "content": "Where is my parcel?"}]}])
MESSAGES = json.dumps([{"role": "user", "content": "Where is my parcel?"}])
ANSWERED = json.dumps([{"role": "assistant", "parts": [{"type": "text", "content": "On its way."}]}])
DIALECTS: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {
    "attributes": (
        CHAT | {"gen_ai.input.messages": ASKED, "gen_ai.output.messages": ANSWERED,
                "gen_ai.usage.input_tokens": 20, "gen_ai.usage.output_tokens": 5}, []),
    "structured attributes": (
        CHAT | {"gen_ai.input.messages": json.loads(ASKED), "gen_ai.output.messages": json.loads(ANSWERED),
                "gen_ai.usage.input_tokens": 20, "gen_ai.usage.output_tokens": 5}, []),
    "event of details": (
        CHAT | {"gen_ai.usage.input_tokens": 20, "gen_ai.usage.output_tokens": 5},
        [event("gen_ai.client.inference.operation.details",
               {"gen_ai.input.messages": ASKED, "gen_ai.output.messages": ANSWERED})]),
    "events of messages": (
        {"gen_ai.system": "openai", "gen_ai.response.model": "gpt-5", "gen_ai.operation.name": "chat",
         "gen_ai.usage.prompt_tokens": 20, "gen_ai.usage.completion_tokens": 5},
        [event("gen_ai.system.message", {"content": "Be kind."}),
         event("gen_ai.user.message", {"content": "Where is my parcel?"}),
         event("gen_ai.choice", {"index": 0, "message": json.dumps({"content": "On its way."})})]),
    "events of content": (
        {"gen_ai.response.model": "gpt-5", "gen_ai.usage.prompt_tokens": 20,
         "gen_ai.usage.completion_tokens": 5},
        [event("gen_ai.content.prompt", {"gen_ai.prompt": MESSAGES}),
         event("gen_ai.content.completion", {"gen_ai.completion": '[{"content": "On its way."}]'})]),
    "openllmetry": (
        {"llm.request.type": "chat", "gen_ai.request.model": "gpt-5", "gen_ai.prompt.0.role": "system",
         "gen_ai.prompt.0.content": "Be kind.", "gen_ai.prompt.1.role": "user",
         "gen_ai.prompt.1.content": "Where is my parcel?", "gen_ai.completion.0.role": "assistant",
         "gen_ai.completion.0.content": "On its way.", "gen_ai.completion.0.finish_reason": "stop",
         "gen_ai.usage.prompt_tokens": 20, "gen_ai.usage.completion_tokens": 5}, []),
    "openinference": (
        {"openinference.span.kind": "LLM", "llm.model_name": "gpt-5",
         "llm.input_messages.0.message.role": "user",
         "llm.input_messages.0.message.contents.0.message_content.type": "text",
         "llm.input_messages.0.message.contents.0.message_content.text": "Where is my parcel?",
         "llm.output_messages.0.message.content": "On its way.", "llm.token_count.prompt": 20,
         "llm.token_count.completion": 5}, []),
    "openinference in bodies": (
        {"openinference.span.kind": "LLM", "llm.invocation_parameters": '{"model": "gpt-5"}',
         "input.value": json.dumps({"messages": [{"role": "user", "content": "Where is my parcel?"}]}),
         "output.value": json.dumps({"choices": [{"message": {"content": "On its way."}}]}),
         "llm.token_count.prompt": 20, "llm.token_count.completion": 5}, []),
}  # fmt: skip


@pytest.mark.parametrize("dialect", DIALECTS)
def test_dialects_say_the_same(dialect: str) -> None:
    attributes, events = DIALECTS[dialect]
    found = one(span(attributes, events=events))
    assert (found.input, found.output) == ("Where is my parcel?", "On its way.")
    assert (found.model, found.input_tokens, found.output_tokens) == ("gpt-5", 20, 5)
    assert (found.id, found.trace, found.span) == (f"{1:016x}", TRACE, f"{1:016x}")
    assert (found.latency_ms, found.at.timestamp()) == (830.0, 1763634600)
    assert found.segment["service.name"] == "shop"
    assert found.segment["deployment.environment"] == "production"


@pytest.mark.parametrize("attributes", [
    {},
    {"http.method": "GET"},
    {"gen_ai.operation.name": "embeddings", "gen_ai.request.model": "e"},
    {"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "look"},
    {"gen_ai.operation.name": "invoke_agent", "gen_ai.request.model": "gpt-5"},
    {"openinference.span.kind": "CHAIN", "llm.model_name": "gpt-5"},
    {"traceloop.span.kind": "workflow", "gen_ai.request.model": "gpt-5", "gen_ai.prompt.0.content": "a"},
    {"gen_ai.request.model": "gpt-5"},
])  # fmt: skip
def test_other_spans_are_no_interactions_and_no_errors(attributes: dict[str, Any]) -> None:
    found = sent(span(attributes))
    assert (found.interactions, found.problems, found.apart) == ([], [], 1)


def test_of_calls_within_calls_only_the_leaf_counts() -> None:
    found = sent(
        span(CHAT, 3, parent=2),
        span({"http.method": "POST"}, 2, parent=1),
        span(CHAT, 1),
        span(CHAT, 4, parent=9),
    )
    assert [interaction.id[-1] for interaction in found.interactions] == ["3", "4"]
    assert found.apart == 2


def test_parents_in_a_circle_come_to_an_end() -> None:
    found = sent(span(CHAT, 1, parent=2), span(CHAT, 2, parent=1))
    assert found.apart + len(found.interactions) == 2


def test_what_the_product_says_around_a_call_holds_for_it() -> None:
    around = {
        "plumbline.prompt": "reply@3", "plumbline.segment.plan": "pro", "plumbline.session": "s",
        "enduser.id": "ada", "tag.tags": ["b", "a"],
        "metadata": json.dumps({"region": "eu", "deep": {"no": 1}}),
    }  # fmt: skip
    own = {"llm.prompt_template.version": "9", "session.id": "another"}
    found = one(span(CHAT | own, 2, parent=1), span(around, 1))
    assert (found.prompt, found.session, found.user) == ("reply@3", "s", "ada")
    assert found.segment == {
        "plan": "pro", "region": "eu", "tags": "a, b", "service.name": "shop",
        "deployment.environment": "production",
    }  # fmt: skip


@pytest.mark.parametrize(("attributes", "prompt"), [
    ({"plumbline.prompt": "reply@3", "gen_ai.prompt.name": "other"}, "reply@3"),
    ({"gen_ai.prompt.name": "reply", "gen_ai.prompt.version": "3"}, "reply@3"),
    ({"llm.prompt_template.version": "reply@3"}, "reply@3"),
    ({"traceloop.prompt.key": "reply", "traceloop.prompt.version": 3}, "reply@3"),
    ({"gen_ai.prompt.name": "my own prompt"}, "my-own-prompt"),
])  # fmt: skip
def test_the_prompt_s_version(attributes: dict[str, Any], prompt: str) -> None:
    assert one(span(CHAT | attributes)).prompt == prompt


def test_the_product_s_own_words() -> None:
    found = one(span(CHAT | {
        "plumbline.id": "a1", "plumbline.outcome": "edited", "plumbline.final": "It left.",
        "plumbline.cost": 0.002, "plumbline.confidence": 0.9, "plumbline.fingerprint": "ab",
        "gen_ai.conversation.id": "s", "user.id": "ada",
    }))  # fmt: skip
    assert (found.id, found.outcome, found.final, found.cost) == ("a1", Outcome.EDITED, "It left.", 0.002)
    assert (found.confidence, found.fingerprint, found.session, found.user) == (0.9, "ab", "s", "ada")


def test_values_that_make_no_sense_are_left_out() -> None:
    found = one(
        span(CHAT | {"plumbline.outcome": "fine", "plumbline.confidence": 7, "gen_ai.usage.input_tokens": -1})
    )
    assert (found.outcome, found.confidence, found.input_tokens) == (Outcome.UNKNOWN, None, None)


def test_another_feature_s_spans_are_refused_one_by_one() -> None:
    found = sent(span(CHAT, 1), span(CHAT | {"plumbline.feature": "search"}, 2))
    assert len(found.interactions) == 1
    assert [(problem.row, problem.field) for problem in found.problems] == [(2, "feature")]


def test_failures() -> None:
    thrown = event("exception", {"exception.type": "openai.RateLimitError", "exception.message": "Too many."})
    status = {"code": 2, "message": "RateLimitError: Too many."}
    assert one(span(CHAT, events=[thrown], status=status)).error == "RateLimitError: Too many."
    assert one(span(CHAT, events=[thrown], status={"code": 2})).error == "openai.RateLimitError: Too many."
    assert one(span(CHAT | {"error.type": "timeout"})).error == "timeout"
    assert one(span(CHAT, status={"code": 2})).error == "error"
    assert one(span(CHAT, events=[thrown], status={"code": 1})).error == ""


def test_tools_are_shown_as_calls() -> None:
    parts = [{"type": "tool_call", "id": "1", "name": "look", "arguments": {"id": 7}}]
    found = one(span(CHAT | {"gen_ai.output.messages": json.dumps([{"role": "assistant", "parts": parts}])}))
    assert found.output == 'look({"id":7})'
    named = {
        "openinference.span.kind": "LLM",
        "llm.output_messages.0.message.tool_calls.0.tool_call.function.name": "look",
        "llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments": '{"id": 7}',
    }
    assert one(span(named)).output == 'look({"id": 7})'


def test_a_body_of_nothing_is_fine_and_one_of_something_else_is_not() -> None:
    assert read(b"", "otlp", "reply", limit=9) == Read()
    assert read(b"{}", "otlp-json", "reply", limit=9) == Read()
    refused = read(b'{"resourceSpans": 7}', "otlp-json", "reply", limit=9).refused
    assert refused is not None
    assert "no OTLP message" in refused.message
