"""Tool calls, citations, and personal data that leaks."""

from typing import Any

import pytest

from bot.scorers.scorer import AssertionInvalid
from tests.unit.scorers.say import passes, score

WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


def call(name: str, arguments: str) -> list[dict[str, Any]]:
    return [{"id": "1", "type": "function", "function": {"name": name, "arguments": arguments}}]


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (call("weather", '{"city": "Rome"}'), True),
        ({"tool_calls": call("weather", '{"city": "Rome"}')}, True),
        (call("weather", '{"city": 1}'), False),
        (call("weather", "{"), False),
        (call("other", "{}"), False),
        ([], False),
        ("text", False),
    ],
)
def test_tool_calls_must_fit_the_config(output: Any, expected: bool) -> None:
    config = {"tools": [WEATHER]}
    assert passes("is-valid-openai-tools-call", output=output, provider_config=config) is expected
    assert not passes("is-valid-openai-tools-call", output=output)


def test_a_function_call_must_fit_the_config() -> None:
    output = {"function_call": {"name": "weather", "arguments": '{"city": "Rome"}'}}
    config = {"functions": [WEATHER["function"]]}
    assert passes("is-valid-openai-function-call", output=output, provider_config=config)
    assert not passes("is-valid-openai-function-call", output=output)


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (call("a", "{}"), 2 / 3),
        ([{"type": "tool_use", "name": "a"}, {"functionCall": {"name": "b"}}], 1.0),
        ('{"tool_calls": [{"function": {"name": "a"}}, {"name": "b"}, {"name": "c"}]}', 0.8),
        ('Calling\n[{"name": "a"}]\nand\n  {"type": "function_call", "name": "b"}\nnow', 1.0),
        ('```json\n[{"name": "a"}]\n```', 0.0),  # a fence shows, it does not call
        ('the {"name": "a"} within a line', 0.0),
        ("", 0.0),
        (None, 0.0),
    ],
)
def test_the_f1_of_called_tools(output: Any, expected: float) -> None:
    said = score("tool-call-f1", "a, b", output)
    assert said.value == pytest.approx(expected)
    assert said.passed is (expected == 1)
    assert score("not-tool-call-f1", ["a", "b"], output).value == pytest.approx(expected)


def test_tool_call_f1_needs_names() -> None:
    with pytest.raises(AssertionInvalid):
        score("tool-call-f1", " , ", "x")


SOURCES = {
    "context": ["Refunds take\nfive days.", {"id": "T-7", "text": "No fee."}],
    "other": "Nothing here.",
}


@pytest.mark.parametrize(
    ("output", "share"),
    [
        ("They “take five days.” [T-7]", 1.0),
        ("They “take six days.” [T-7]", 0.5),
        ("Refunds take five days.", 0.0),
        ("See [T-8] and [the page](https://example.org)", 0.0),
    ],
)
def test_citations_stand_in_the_source(output: str, share: float) -> None:
    said = score("citations", None, output, vars=SOURCES)
    assert (said.value, said.passed) == (share, share == 1)
    assert passes("groundedness", "context", output, vars=SOURCES, threshold=0.5) is (share >= 0.5)


def test_citations_need_their_source() -> None:
    assert not passes("citations", "other", "“take five days.”", vars=SOURCES)
    with pytest.raises(AssertionInvalid, match="no variable"):
        score("citations", "missing", "x", vars=SOURCES)


def test_personal_data_may_come_from_the_case_only() -> None:
    output = "Write to ann.lee@example.org"
    assert not passes("pii-leak", None, output)
    assert passes("not-pii-leak", None, output)
    assert passes("pii-leak", None, output, vars={"mail": {"from": "Ann.Lee@example.org"}})
    assert passes("pii-leak", "PHONE", output)
    assert passes("pii-leak", None, "The weather is fine today.")
    with pytest.raises(AssertionInvalid, match="types of personal data"):
        passes("pii-leak", ["SHOE_SIZE"], output)
