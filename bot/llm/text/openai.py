"""OpenAI's chat completions, and every server that speaks them, with promptfoo's config keys and defaults.

A wire client of our own rather than the SDK (why: see http1). A contract test sends the same through the SDK
and through this to one server and compares the readings.
"""

import json
import re
import time
from typing import Any

from bot.errors import SettingsError
from bot.llm.failures import no_answer, not_the_api
from bot.llm.text.calling import Connection, call, check_status, encoded, hold_s, json_body
from bot.llm.text.http1 import HttpReply
from bot.llm.text.sse import Events
from bot.llm.text.wire import JsonObject, TextAccess, TextReply, TextRequest

VENDOR = "OpenAI"
DEFAULT_URL = "https://api.openai.com/v1"
_REASONS = re.compile(r"(?:.*/)?(?:o\d|gpt-5)")  # models that take no temperature and count otherwise
_PASSED = (
    "seed", "top_p", "presence_penalty", "frequency_penalty", "functions", "function_call", "tools",
    "tool_choice", "response_format", "stop", "service_tier", "user", "metadata", "store", "verbosity",
    "reasoning_effort", "max_completion_tokens",
)  # fmt: skip
_FINISH = {"function_call": "tool_calls"}


class OpenAIText(Connection):
    """One model by its name at an address."""

    def __init__(self, model: str, config: JsonObject, access: TextAccess) -> None:
        super().__init__("openai", DEFAULT_URL, model, config, access)

    def identity(self, request: TextRequest) -> JsonObject:
        return {"url": self._url, **self._payload(request)}

    async def complete(self, request: TextRequest) -> TextReply:
        config = {**self._config, **request.config}
        headers = {"content-type": "application/json", **(config.get("headers") or {})}
        if self._key:
            headers["authorization"] = f"Bearer {self._key}"
        if config.get("organization"):
            headers["openai-organization"] = str(config["organization"])
        body = encoded(self._payload(request))
        stream = _Stream() if config.get("stream") else None
        started = time.perf_counter()
        reply = await call(
            self._client, VENDOR, "POST", f"{self._url}/chat/completions", headers, body, self._timeout,
            stream.events.feed if stream else None,
        )  # fmt: skip
        latency = (time.perf_counter() - started) * 1000
        check_status(VENDOR, reply)
        answer = json_body(VENDOR, reply) if stream is None else stream.answer()
        return _reply(answer, config, reply, latency, stream.first_ms(started) if stream else None)

    def _payload(self, request: TextRequest) -> dict[str, Any]:
        config = {**self._config, **request.config}
        payload: dict[str, Any] = {"model": self._model, "messages": list(request.messages)}
        payload.update((key, config[key]) for key in _PASSED if config.get(key) is not None)
        if not _REASONS.match(self._model):
            payload.pop("max_completion_tokens", None)
            payload["temperature"] = config.get("temperature", 0)
            payload["max_tokens"] = config.get("max_tokens", 1024)
        if request.log_probs:
            payload["logprobs"] = True
        if config.get("stream"):
            payload |= {"stream": True, "stream_options": {"include_usage": True}}
        return payload | dict(config.get("passthrough") or {})


def open_text(model: str, config: JsonObject, access: TextAccess) -> OpenAIText:
    """``model`` is "chat:MODEL" or "MODEL". Raises SettingsError: no key, or an address not allowed."""
    kind, colon, name = model.partition(":")
    if colon and kind != "chat" and kind != "ft":
        raise SettingsError(f"openai:{kind} is not run here.", hint="Use openai:chat:MODEL.")
    name = name if kind == "chat" else model
    if not name:
        raise SettingsError("openai:chat names no model.", hint="Write openai:chat:MODEL.")
    return OpenAIText(name, config, access)


class _Stream:
    """Puts the chunks of a streamed answer together into one as it comes whole."""

    def __init__(self) -> None:
        self.events = Events(self._take)
        self._text: list[str] = []
        self._refusal: list[str] = []
        self._finish: str | None = None
        self._usage: Any = None
        self._first: float | None = None
        self._calls: dict[int, dict[str, Any]] = {}

    def first_ms(self, started: float) -> float | None:
        return None if self._first is None else (self._first - started) * 1000

    def answer(self) -> dict[str, Any]:
        if self._finish is None:
            raise no_answer(VENDOR, "the answer broke off")
        message: dict[str, Any] = {"content": "".join(self._text) or None}
        if self._refusal:
            message["refusal"] = "".join(self._refusal)
        if self._calls:
            message["tool_calls"] = [self._calls[index] for index in sorted(self._calls)]
        return {"choices": [{"message": message, "finish_reason": self._finish}], "usage": self._usage}

    def _take(self, chunk: dict[str, Any]) -> None:
        self._usage = chunk.get("usage") or self._usage
        for choice in chunk.get("choices") or []:
            self._finish = choice.get("finish_reason") or self._finish
            delta = choice.get("delta") or {}
            said = delta.get("content") or delta.get("refusal") or delta.get("tool_calls")
            if said and self._first is None:
                self._first = time.perf_counter()
            self._text.append(delta.get("content") or "")
            if delta.get("refusal"):
                self._refusal.append(delta["refusal"])
            for piece in delta.get("tool_calls") or []:
                self._add_call(piece)

    def _add_call(self, piece: dict[str, Any]) -> None:
        whole = self._calls.setdefault(
            piece.get("index", 0), {"id": "", "type": "function", "function": {"name": "", "arguments": ""}}
        )
        whole["id"] = piece.get("id") or whole["id"]
        function = piece.get("function") or {}
        whole["function"]["name"] += function.get("name") or ""
        whole["function"]["arguments"] += function.get("arguments") or ""


def _reply(
    answer: dict[str, Any], config: JsonObject, reply: HttpReply, latency: float, first_ms: float | None
) -> TextReply:
    try:
        choice = answer["choices"][0]
        message = choice["message"]
        usage = answer.get("usage") or {}
        details = usage.get("prompt_tokens_details") or {}
        finish = choice.get("finish_reason")
        return TextReply(
            _value(message, finish, config),
            usage.get("prompt_tokens"),
            usage.get("completion_tokens"),
            details.get("cached_tokens") or 0,
            latency_ms=latency,
            first_token_ms=first_ms,
            finish_reason=_FINISH.get(finish, finish),
            log_probs=_log_probs(choice),
            hold_s=hold_s(reply.headers),
        )
    except (KeyError, IndexError, TypeError, AttributeError):
        raise not_the_api(VENDOR) from None


def _value(message: dict[str, Any], finish: str | None, config: JsonObject) -> Any:
    """As promptfoo takes it: a refusal's words, tool calls as JSON, an answer to a schema decoded."""
    content, calls = message.get("content"), message.get("function_call") or message.get("tool_calls")
    if message.get("refusal"):
        return message["refusal"]
    if finish == "content_filter":
        return content or "Content filtered by provider"
    if calls:
        return message if content else calls
    if (config.get("response_format") or {}).get("type") == "json_schema" and isinstance(content, str):
        try:
            return json.loads(content)
        except ValueError:
            return content
    return content or ""


def _log_probs(choice: dict[str, Any]) -> tuple[float, ...] | None:
    tokens = (choice.get("logprobs") or {}).get("content")
    return tuple(float(token["logprob"]) for token in tokens) if tokens else None
