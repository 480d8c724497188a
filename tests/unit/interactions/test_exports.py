"""Other tools' exports: bodies that the vendors' SDKs take, or as their documentation has them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from anthropic.types import Message
from anthropic.types.messages import MessageBatchIndividualResponse
from openai.types.chat import ChatCompletion
from openai.types.responses import Response

from bot.domain.interactions import Interaction
from bot.importers.interactions import FORMATS, read

NOW = datetime(2026, 11, 21, tzinfo=UTC)
AT = datetime(2025, 11, 20, 10, 30, tzinfo=UTC)
ASKED = [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Where is my parcel?"}]
CHAT = {
    "id": "chatcmpl-1", "object": "chat.completion", "created": 1763634600, "model": "gpt-5",
    "choices": [{"index": 0, "finish_reason": "stop", "logprobs": None,
                 "message": {"role": "assistant", "content": "On its way.", "refusal": None}}],
    "usage": {"prompt_tokens": 20, "completion_tokens": 5, "total_tokens": 25},
}  # fmt: skip
RESPONSE = {
    "id": "resp_1", "object": "response", "created_at": 1763634600, "model": "gpt-5",
    "parallel_tool_calls": True, "tool_choice": "auto", "tools": [], "metadata": {"plan": "pro"},
    "prompt": {"id": "pmpt_reply", "version": "3"},
    "output": [{"id": "r", "type": "reasoning", "summary": []},
               {"id": "m", "type": "message", "role": "assistant", "status": "completed",
                "content": [{"type": "output_text", "text": "On its way.", "annotations": []}]}],
    "usage": {"input_tokens": 20, "output_tokens": 5, "total_tokens": 25,
              "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
              "output_tokens_details": {"reasoning_tokens": 0}},
}  # fmt: skip
MESSAGE = {
    "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-x", "stop_reason": "end_turn",
    "stop_sequence": None, "content": [{"type": "thinking", "thinking": "Hm.", "signature": "s"},
                                       {"type": "text", "text": "On its way."}],
    "usage": {"input_tokens": 15, "output_tokens": 5, "cache_read_input_tokens": 5},
}  # fmt: skip


def lines(*records: Any) -> bytes:
    return "\n".join(json.dumps(record) for record in records).encode()


def only(name: str, record: Any) -> Interaction:
    found = read(lines(record), name, "reply", limit=9, now=NOW)
    assert not found.problems
    (interaction,) = found.interactions
    return interaction


def test_the_bodies_are_what_the_vendors_sdks_take() -> None:
    ChatCompletion.model_validate(CHAT, strict=True)
    Response.model_validate(RESPONSE)
    Message.model_validate(MESSAGE)
    batch = {"custom_id": "a", "result": {"type": "succeeded", "message": MESSAGE}}
    MessageBatchIndividualResponse.model_validate(batch)


@pytest.mark.parametrize("record", [
    {"id": "batch_req_1", "custom_id": "a", "error": None,
     "response": {"status_code": 200, "request_id": "r", "body": CHAT}},
    {"request": {"model": "gpt-5", "messages": ASKED, "user": "ada"}, "response": CHAT, "latency_ms": 830},
    {"request": json.dumps({"messages": ASKED, "user": "ada"}), "response": json.dumps(CHAT), "latency": 830},
    {**CHAT, "messages": ASKED},
    {"request": {"input": "Where is my parcel?"}, "response": RESPONSE},
])  # fmt: skip
def test_openai(record: dict[str, Any]) -> None:
    found = only("openai", record)
    assert (found.output, found.model, found.input_tokens, found.output_tokens) == (
        "On its way.",
        "gpt-5",
        20,
        5,
    )
    assert found.at == AT
    assert found.id in {"chatcmpl-1", "resp_1"}
    if "request" in record:
        assert found.input == "Where is my parcel?"
    if "latency_ms" in record:
        assert (found.latency_ms, found.user) == (830, "ada")
    if found.id == "resp_1":
        assert (found.prompt, found.segment) == ("pmpt_reply@3", {"plan": "pro"})


def test_openai_s_failures_are_interactions_and_the_rest_is_not() -> None:
    failed = {"id": "batch_req_2", "custom_id": "b", "response": None,
              "error": {"code": "batch_expired", "message": "Too late."}}  # fmt: skip
    asked = {"custom_id": "b", "method": "POST", "url": "/v1/chat/completions", "body": {"messages": ASKED}}
    embedding = {"object": "list", "data": [], "model": "text-embedding-3-small", "usage": {}}
    found = read(lines(failed, asked, {"response": embedding}), "openai", "reply", limit=9, now=NOW)
    assert [x.error for x in found.interactions] == ["batch_expired: Too late."]
    assert found.apart == 2


@pytest.mark.parametrize("record", [
    {"custom_id": "a", "result": {"type": "succeeded", "message": MESSAGE}},
    {"timestamp": "2025-11-20T10:30:00Z", "response": MESSAGE,
     "request": {"messages": ASKED[1:], "metadata": {"user_id": "ada"}}},
])  # fmt: skip
def test_anthropic(record: dict[str, Any]) -> None:
    found = only("anthropic", record)
    assert (found.id, found.output, found.model) == ("msg_1", "On its way.", "claude-x")
    assert (found.input_tokens, found.output_tokens) == (20, 5)
    if "request" in record:
        assert (found.input, found.user, found.at) == ("Where is my parcel?", "ada", AT)
    else:
        assert found.at == NOW


def test_anthropic_s_failures() -> None:
    error = {"type": "error", "error": {"type": "overloaded_error", "message": "Busy."}, "request_id": "r"}
    found = only("anthropic", {"custom_id": "a", "result": {"type": "errored", "error": error}})
    assert (found.id, found.error) == ("a", "overloaded_error: Busy.")
    assert only("anthropic", {"custom_id": "a", "result": {"type": "expired"}}).error == "expired"


OBSERVATION = {
    "id": "o1", "traceId": "0af7651916cd43dd8448eb211c80319c", "type": "GENERATION", "name": "reply",
    "startTime": "2025-11-20T10:30:00.000Z", "endTime": "2025-11-20T10:30:00.830Z", "level": "DEFAULT",
    "input": {"messages": ASKED}, "output": {"role": "assistant", "content": "On its way."}, "model": "gpt-5",
    "usageDetails": {"input": 20, "output": 5, "total": 25}, "totalCost": 0.002, "promptName": "reply",
    "promptVersion": 3, "latency": 0.83, "userId": "ada", "sessionId": "s", "environment": "production",
    "metadata": {"plan": "pro"}, "scores": [{"name": "confidence", "value": 0.9, "dataType": "NUMERIC"}],
}  # fmt: skip


def check_langfuse(found: Interaction) -> None:
    assert (found.id, found.at, found.input) == ("o1", AT, "Where is my parcel?")
    assert (found.output, found.model, found.prompt) == ("On its way.", "gpt-5", "reply@3")
    assert (found.latency_ms, found.cost, found.input_tokens, found.output_tokens) == (830, 0.002, 20, 5)
    assert (found.user, found.session, found.trace) == ("ada", "s", "0af7651916cd43dd8448eb211c80319c")
    assert found.segment["plan"] == "pro"
    assert found.segment["environment"] == "production"


def test_langfuse_observations() -> None:
    span = {**OBSERVATION, "id": "o2", "type": "SPAN"}
    found = read(lines(OBSERVATION, span), "langfuse", "reply", limit=9)
    check_langfuse(found.interactions[0])
    assert (len(found.interactions), found.interactions[0].confidence, found.apart) == (1, 0.9, 1)


def test_langfuse_in_the_words_of_its_blob_storage_and_as_text_of_a_table() -> None:
    words = {"traceId": "trace_id", "startTime": "start_time", "endTime": "end_time",
             "model": "provided_model_name", "usageDetails": "usage_details", "totalCost": "total_cost",
             "promptName": "prompt_name", "promptVersion": "prompt_version",
             "userId": "user_id", "sessionId": "session_id"}  # fmt: skip
    record = {words.get(name, name): value for name, value in OBSERVATION.items()}
    record |= {"start_time": "2025-11-20 10:30:00.000000", "end_time": "2025-11-20 10:30:00.830000"}
    check_langfuse(only("langfuse", record))
    written = {name: v if isinstance(v, str) else json.dumps(v) for name, v in record.items()}
    check_langfuse(only("langfuse", written))


def test_langfuse_traces_with_and_without_their_observations() -> None:
    inner = {
        name: value
        for name, value in OBSERVATION.items()
        if name not in {"userId", "sessionId", "environment"}
    }
    trace = {"id": "t1", "timestamp": "2025-11-20T10:30:00Z", "userId": "ada", "sessionId": "s",
             "bookmarked": False, "environment": "production",
             "observations": [inner, {**inner, "type": "SPAN"}]}  # fmt: skip
    check_langfuse(only("langfuse", trace))
    alone = {**trace, "observations": [], "input": "Hi", "output": "Yes?", "latency": 2}
    found = only("langfuse", alone)
    assert (found.id, found.input, found.output, found.latency_ms) == ("t1", "Hi", "Yes?", 2_000)


def test_langsmith() -> None:
    human = {"lc": 1, "type": "constructor", "id": ["langchain", "schema", "messages", "HumanMessage"],
             "kwargs": {"content": "Where is my parcel?", "type": "human"}}  # fmt: skip
    run = {
        "id": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "run_type": "llm", "name": "ChatOpenAI",
        "session_id": "project", "start_time": "2025-11-20T10:30:00",
        "end_time": "2025-11-20T10:30:00.830000", "inputs": {"messages": [[human]]},
        "outputs": {"generations": [[{"text": "On its way.", "type": "ChatGeneration"}]]}, "error": None,
        "extra": {"metadata": {"ls_model_name": "gpt-5", "thread_id": "s", "user_id": "ada", "plan": "pro",
                               "lc_hub_repo": "reply", "lc_hub_commit_hash": "3"}},
        "prompt_tokens": 20, "completion_tokens": 5, "total_cost": "0.002", "tags": ["b", "a"],
        "trace_id": "7c9e6679-7425-40de-944b-e07fc1f90ae6",
    }  # fmt: skip
    chain = {
        "id": "c",
        "run_type": "chain",
        "inputs": {},
        "start_time": "2025-11-20T10:30:00",
        "child_runs": [run],
    }
    found = read(lines(chain), "langsmith", "reply", limit=9)
    assert found.apart == 1
    (kept,) = found.interactions
    assert (kept.at, kept.input, kept.output, kept.model) == (
        AT,
        "Where is my parcel?",
        "On its way.",
        "gpt-5",
    )
    assert (kept.prompt, kept.latency_ms, kept.cost) == ("reply@3", 830, 0.002)
    assert (kept.input_tokens, kept.output_tokens, kept.user, kept.session) == (20, 5, "ada", "s")
    assert kept.segment == {"ls_model_name": "gpt-5", "plan": "pro", "lc_hub_repo": "reply",
                            "lc_hub_commit_hash": "3", "tags": "a, b"}  # fmt: skip
    assert kept.trace == "7c9e6679742540de944be07fc1f90ae6"


def test_what_is_too_long_is_cut_where_nobody_can_mend_it() -> None:
    found = only("openai", {**CHAT, "messages": [{"role": "user", "content": "x" * 200_000}]})
    assert len(found.input) == 100_000
    assert found.input.endswith("x … [cut]")


@pytest.mark.parametrize(("name", "record"), [
    ("openai", {"custom_id": "a", "error": None, "response": {"status_code": 200, "body": CHAT}}),
    ("openai", {"request": {}, "response": RESPONSE}),
    ("anthropic", {"custom_id": "a", "result": {"type": "canceled"}}),
    ("anthropic", {"request": {}, "response": MESSAGE}),
    ("langfuse", OBSERVATION),
    ("langsmith", {"id": "a", "run_type": "chain", "inputs": {}}),
    ("otlp-json", {"resourceSpans": []}),
])  # fmt: skip
def test_each_make_is_known_by_its_content(name: str, record: dict[str, Any]) -> None:
    assert [format_.name for format_ in FORMATS.values() if format_.claims(record)] == [name]
