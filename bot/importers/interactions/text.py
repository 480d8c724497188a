"""What people read of messages: the words in them, whichever API's shape they have."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

_OWN_WORDS = ("text", "content", "output_text", "input_text", "output", "message", "kwargs", "value")
_WRAPPERS = (
    "messages",
    "input",
    "contents",
    "choices",
    "generations",
    "output",
    "outputs",
    "content",
    "prompts",
)
_ROLES = {"human": "user", "ai": "assistant"}  # as LangChain names them
_NOT_SAID = {"reasoning", "thinking", "redacted_thinking"}
_INSTRUCTIONS = {"system", "developer"}
_DEEPEST = 6


def words(value: Any, depth: int = _DEEPEST) -> str:
    """The text of a message's content: a string, a part, or a list of parts of OpenAI's, Anthropic's,
    Gemini's or OpenTelemetry's making. Thinking is left out; what is no text is named in brackets."""
    if isinstance(value, str):
        return value
    if value is None or depth == 0:
        return ""
    if isinstance(value, Mapping):
        return _part(value, depth - 1)
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return "\n".join(filter(None, (words(part, depth - 1) for part in value)))
    return str(value) if isinstance(value, int | float) else ""


def said(message: Any) -> str:
    """The text of one message with the tools it calls."""
    if not isinstance(message, Mapping):
        return words(message)
    calls = message.get("tool_calls") or ()
    calls = calls if isinstance(calls, list) else ()
    inner = next(
        (message[name] for name in ("content", "contents", "parts", "output") if message.get(name)), None
    )
    own = words(inner) if inner is not None else words({k: v for k, v in message.items() if k != "role"})
    return "\n".join(filter(None, (own, *(_call(call) for call in calls))))


def asked(messages: Any) -> str:
    """What a model was asked: the one message of the user, or the talk with who said what.

    Instructions are left out: they are the prompt, which a version stands for.
    """
    if not isinstance(messages, list):
        return said(messages)
    turns = [
        (_role(item), text) for item in messages if (text := said(item)) and _role(item) not in _INSTRUCTIONS
    ]
    if len(turns) == 1:
        return turns[0][1]
    return "\n\n".join(f"{role or 'user'}: {text}" for role, text in turns)


def answered(messages: Any) -> str:
    """What a model answered: the first of several choices is not told from parts, so all are joined."""
    if not isinstance(messages, list):
        return said(messages)
    return "\n\n".join(filter(None, map(said, messages)))


def question(value: Any) -> str:
    """What a model was asked, out of whatever a tool kept of it: messages, a request's body, JSON of either,
    or an object of no known kind, which is shown as it is."""
    value = unwrapped(value)
    return asked(value) or _compact(value)


def answer(value: Any) -> str:
    """The same for what it answered."""
    value = unwrapped(value)
    return answered(value) or _compact(value)


def unwrapped(value: Any) -> Any:
    """The messages within a body or its JSON; lists within a list, as LangChain keeps them, are one."""
    value = loaded(value)
    if isinstance(value, dict) and "role" not in value:
        value = next((value[name] for name in _WRAPPERS if value.get(name)), value)
    while isinstance(value, list) and len(value) == 1 and isinstance(value[0], list):
        value = value[0]
    return value


def loaded(value: Any) -> Any:
    """A JSON string as its value; anything else, also text that is no JSON, as it is."""
    if isinstance(value, str) and value[:1] in {"[", "{", '"'}:
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            return value
    return value


def _role(message: Any) -> str:
    if not isinstance(message, Mapping):
        return ""
    inner = message.get("kwargs")
    role = inner.get("type") if isinstance(inner, Mapping) else message.get("role")
    return _ROLES.get(role, role) if isinstance(role, str) else ""


def _part(part: Mapping[str, Any], depth: int) -> str:
    kind = part.get("type")
    kind = kind if isinstance(kind, str) else ""
    if kind in _NOT_SAID:
        return ""
    if kind in {"tool_call", "tool_use", "function_call", "function"}:
        return _call(part)
    if kind in {"tool_call_response", "tool_result", "function_call_output"}:
        own = next((part[name] for name in ("response", "result", "content", "output") if name in part), None)
        return words(own, depth) or _compact(own)
    for name in (*_OWN_WORDS, "contents", "parts", "message_content"):
        if part.get(name):
            return words(part[name], depth)
    return f"[{kind}]" if kind not in {"", "text", "message"} else ""


def _call(call: Any) -> str:
    """A call of a tool as ``name(arguments)``."""
    if not isinstance(call, Mapping):
        return ""
    inner = call.get("function")
    inner = inner if isinstance(inner, Mapping) else call
    given = next((inner[name] for name in ("arguments", "input", "args") if name in inner), "")
    return f"{inner.get('name') or 'tool'}({given if isinstance(given, str) else _compact(given)})"


def _compact(value: Any) -> str:
    try:
        return orjson.dumps(value, default=str).decode() if value else ""
    except (TypeError, orjson.JSONEncodeError):
        return ""
