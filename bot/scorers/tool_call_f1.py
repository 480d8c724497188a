"""tool-call-f1: the F1 of the tools called against the tools expected, whatever their order and number."""

from typing import Any

from bot.domain.jsvalues import to_text
from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.js import SPACES, parse_json
from bot.scorers.scorer import Scorer, negated, require
from bot.scorers.tools import Tools

DEFAULT_THRESHOLD = 1.0


def tool_call_f1(assertion: Assertion, output: Output, _: Tools) -> Score:
    """0..1; "not-" turns the verdict round, not the score."""
    from bot.scorers.kit.json_blocks import TooMuchWork

    expected = _expected(assertion.value)
    try:
        called = called_tools(output.value)
    except TooMuchWork as problem:
        return Score(False, 0.0, str(problem))
    both = len(expected & called)
    precision = both / len(called) if called else 0.0
    recall = both / len(expected)
    f1 = 2 * precision * recall / (precision + recall) if both else 0.0
    threshold = DEFAULT_THRESHOLD if assertion.threshold is None else assertion.threshold
    told = f"Tools expected: {', '.join(sorted(expected))}; called: {', '.join(sorted(called)) or 'none'}"
    return Score((f1 >= threshold) is not negated(assertion), f1, f"{told} (F1 {f1:.3f})")


def _expected(value: Any) -> set[str]:
    require(isinstance(value, str | list), '"tool-call-f1" needs names of tools, a list or between commas')
    names = value.split(",") if isinstance(value, str) else [to_text(each) for each in value]
    expected = {name.strip(SPACES) for name in names} - {""}
    require(expected, '"tool-call-f1" needs at least one name of a tool')
    return expected


def called_tools(output: Any) -> set[str]:
    """Names of the tools that an output calls, as OpenAI, Anthropic or Google write them, or JSON."""
    if isinstance(output, str):
        from bot.scorers.kit.json_blocks import json_blocks

        try:
            return called_tools(parse_json(output))
        except ValueError:
            return {name for block in json_blocks(output) for name in called_tools(block)}
    if isinstance(output, list):
        return {name for item in output if isinstance(item, dict | list) for name in _named_in(item)}
    return _called_by(output) if isinstance(output, dict) else set()


def _called_by(output: dict[str, Any]) -> set[str]:
    calls = output.get("tool_calls")
    if isinstance(calls, list):
        return {name for call in calls for name in (*_name(_part(call, "function")), *_name(call))}
    if output.get("type") in ("tool_use", "function_call") and _name(output):
        return _name(output)
    if _is_object(output.get("functionCall")):
        return _name(output["functionCall"])
    if _is_object(output.get("toolCall")):
        calls = _part(output["toolCall"], "functionCalls")
        return {name for call in calls for name in _name(call)} if isinstance(calls, list) else set()
    return set()


def _named_in(item: Any) -> set[str]:
    """One item of a list of calls or content blocks."""
    if not isinstance(item, dict):
        return set()
    if item.get("type") == "tool_use" and _name(item):
        return _name(item)
    for key in ("functionCall", "function"):
        if _is_object(item.get(key)):
            return _name(item[key])
    return _name(item)


def _name(call: Any) -> set[str]:
    name = _part(call, "name")
    return {name} if isinstance(name, str) else set()


def _part(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def _is_object(value: Any) -> bool:
    return isinstance(value, dict | list)


SCORERS = (Scorer(types=("tool-call-f1",), grade=tool_call_f1),)
