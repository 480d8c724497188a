"""is-valid-openai-tools-call and -function-call: calls that the provider's config knows, rightly made."""

from collections.abc import Mapping
from typing import Any

from bot.domain.jsvalues import stringify
from bot.domain.scoring import Assertion, Output, Score
from bot.errors import Unsupported
from bot.scorers.kit.js import parse_json
from bot.scorers.resolving import filled
from bot.scorers.scorer import PASSED, Scorer, require
from bot.scorers.tools import NO_TOOLS, Tools


class _Wrong(Exception):
    """What is wrong with a call."""


def is_valid_tools_call(assertion: Assertion, output: Output, _: Tools) -> Score:
    """Every call names a function of the config's tools and fits its schema. "not-" changes nothing here."""
    value = output.value
    text = value if isinstance(value, str) else stringify(value) or ""
    if "MCP Tool Error" in text:
        return Score(False, 0.0, "A tool call of MCP failed")
    if "MCP Tool Result" in text:
        return Score(True, 1.0, "A tool call of MCP succeeded")
    require(value is not None, "There is no output to look for tool calls in")
    calls = value["tool_calls"] if isinstance(value, dict) and "tool_calls" in value else value
    try:
        _check_tools(calls, _configured(output, "tools"))
    except _Wrong as problem:
        return Score(False, 0.0, str(problem))
    return Score(True, 1.0, PASSED)


def is_valid_function_call(assertion: Assertion, output: Output, _: Tools) -> Score:
    """The one call names a function of the config and fits its schema. "not-" changes nothing here."""
    value = output.value
    call = value["function_call"] if isinstance(value, dict) and "function_call" in value else value
    try:
        _check_call(call, _configured(output, "functions") or [])
    except _Wrong as problem:
        return Score(False, 0.0, str(problem))
    return Score(True, 1.0, PASSED)


def _configured(output: Output, key: str) -> Any:
    return _rendered(output.provider_config.get(key), output.vars)


def _rendered(value: Any, variables: Mapping[str, Any]) -> Any:
    if isinstance(value, dict):
        return {key: _rendered(each, variables) for key, each in value.items()}
    if isinstance(value, list):
        return [_rendered(each, variables) for each in value]
    if isinstance(value, str) and value.startswith("file://"):
        raise Unsupported(f"Tools from a file ({value}) are not supported.")
    return filled(value, variables, NO_TOOLS)


def _check_tools(calls: Any, tools: Any) -> None:
    if not isinstance(calls, list) or not calls or not all(_names_a_function(call) for call in calls):
        raise _Wrong("The output holds no tool calls of the form that OpenAI gives")
    if not tools:
        raise _Wrong("The provider's config has no tools, but the output calls some")
    if not isinstance(tools, list) or not all(isinstance(tool, dict) for tool in tools):
        raise _Wrong("The tools of the provider's config are no list")
    functions = [tool["function"] for tool in tools if tool.get("type") == "function" and "function" in tool]
    for call in calls:
        _check_call(call["function"], functions)


def _names_a_function(call: Any) -> bool:
    return isinstance(call, dict) and _is_call(call.get("function"))


def _is_call(call: Any) -> bool:
    return isinstance(call, dict) and all(isinstance(call.get(key), str) for key in ("name", "arguments"))


def _check_call(call: Any, functions: list[Any]) -> None:
    if not _is_call(call):
        raise _Wrong("The output holds no function call of the form that OpenAI gives")
    from bot.scorers.kit.schema import Schema, SchemaInvalid

    name = call["name"]
    try:
        arguments = parse_json(call["arguments"])
    except ValueError:
        raise _Wrong(f'The arguments of "{name}" are not JSON') from None
    schema = next((each.get("parameters") for each in functions if each.get("name") == name), None)
    if not schema:
        raise _Wrong(f'There is no function named "{name}"')
    try:
        problem = Schema(schema).problem(arguments)
    except SchemaInvalid as error:
        raise _Wrong(error.message) from None
    if problem:
        raise _Wrong(f'The arguments of "{name}" do not fit: it {problem}')


SCORERS = (
    Scorer(types=("is-valid-openai-tools-call",), grade=is_valid_tools_call),
    Scorer(types=("is-valid-openai-function-call", "is-valid-function-call"), grade=is_valid_function_call),
)
