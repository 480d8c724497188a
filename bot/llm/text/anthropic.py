"""Anthropic's messages, and every server that speaks them, with promptfoo's config keys and defaults.

A wire client of our own rather than the SDK; why, and what holds them equal, stands in http1 and openai.
Unlike promptfoo no temperature is sent that the config does not name: newer models refuse one.
"""

import time
from typing import Any

from bot.errors import SettingsError
from bot.llm.failures import no_answer, not_the_api
from bot.llm.text.calling import Connection, call, check_status, encoded, hold_s, json_body
from bot.llm.text.http1 import HttpReply
from bot.llm.text.sse import Events
from bot.llm.text.wire import JsonObject, TextAccess, TextReply, TextRequest

VENDOR = "Anthropic"
DEFAULT_URL = "https://api.anthropic.com"
VERSION = "2023-06-01"
_PASSED = (
    "top_p",
    "top_k",
    "stop_sequences",
    "tools",
    "tool_choice",
    "thinking",
    "metadata",
    "output_config",
)
_FINISH = {"end_turn": "stop", "stop_sequence": "stop", "max_tokens": "length", "tool_use": "tool_calls"}
"""promptfoo's words for why an answer ended."""


class AnthropicText(Connection):
    """One model by its name at an address."""

    def __init__(self, model: str, config: JsonObject, access: TextAccess) -> None:
        super().__init__("anthropic", DEFAULT_URL, model, config, access)

    def identity(self, request: TextRequest) -> JsonObject:
        return {"url": self._url, **self._payload(request)}

    async def complete(self, request: TextRequest) -> TextReply:
        config = {**self._config, **request.config}
        headers = {
            "content-type": "application/json",
            "anthropic-version": VERSION,
            "x-api-key": self._key or "none",
            **(config.get("headers") or {}),
        }
        stream = _Stream() if config.get("stream") else None
        started = time.perf_counter()
        reply = await call(
            self._client, VENDOR, "POST", f"{self._url}/v1/messages", headers,
            encoded(self._payload(request)), self._timeout, stream.events.feed if stream else None,
        )  # fmt: skip
        latency = (time.perf_counter() - started) * 1000
        check_status(VENDOR, reply)
        answer = json_body(VENDOR, reply) if stream is None else stream.answer()
        return _reply(answer, reply, latency, stream.first_ms(started) if stream else None)

    def _payload(self, request: TextRequest) -> dict[str, Any]:
        config = {**self._config, **request.config}
        system = [m for m in request.messages if m.get("role") == "system"]
        payload: dict[str, Any] = {
            "model": self._model,
            "messages": [m for m in request.messages if m.get("role") != "system"],
            "max_tokens": config.get("max_tokens", 1024),
        }
        if system:
            payload["system"] = "\n".join(str(m.get("content", "")) for m in system)
        payload.update((key, config[key]) for key in _PASSED if config.get(key) is not None)
        if config.get("stream"):
            payload["stream"] = True
        return payload | dict(config.get("extra_body") or {})


def open_text(model: str, config: JsonObject, access: TextAccess) -> AnthropicText:
    """``model`` is "messages:MODEL" or "MODEL". Raises SettingsError: no key, or an address not allowed."""
    kind, colon, name = model.partition(":")
    if colon and kind != "messages":
        raise SettingsError(f"anthropic:{kind} is not run here.", hint="Use anthropic:messages:MODEL.")
    name = name if colon else model
    if not name:
        raise SettingsError("anthropic:messages names no model.", hint="Write anthropic:messages:MODEL.")
    return AnthropicText(name, config, access)


class _Stream:
    """Puts the events of a streamed answer together into one as it comes whole."""

    def __init__(self) -> None:
        self.events = Events(self._take)
        self._blocks: dict[int, dict[str, Any]] = {}
        self._usage: dict[str, Any] = {}
        self._stop: str | None = None
        self._first: float | None = None

    def first_ms(self, started: float) -> float | None:
        return None if self._first is None else (self._first - started) * 1000

    def answer(self) -> dict[str, Any]:
        if self._stop is None:
            raise no_answer(VENDOR, "the answer broke off")
        blocks = [self._blocks[index] for index in sorted(self._blocks)]
        return {"content": blocks, "stop_reason": self._stop, "usage": self._usage}

    def _take(self, event: dict[str, Any]) -> None:
        kind = event.get("type")
        if kind == "message_start":
            self._count(event.get("message", {}).get("usage"))
        elif kind == "content_block_start":
            self._blocks[event["index"]] = dict(event.get("content_block") or {})
        elif kind == "content_block_delta":
            self._add(self._blocks.setdefault(event["index"], {"type": "text"}), event.get("delta") or {})
        elif kind == "message_delta":
            self._count(event.get("usage"))
            self._stop = (event.get("delta") or {}).get("stop_reason") or self._stop

    def _add(self, block: dict[str, Any], delta: dict[str, Any]) -> None:
        said = delta.get("text") or delta.get("partial_json")
        if not said:
            return
        if self._first is None:
            self._first = time.perf_counter()
        key = "text" if "text" in delta else "partial_json"
        block[key] = block.get(key, "") + said

    def _count(self, usage: Any) -> None:
        """A stream counts twice, at its start and its end, each with what it knows by then."""
        self._usage |= {key: value for key, value in (usage or {}).items() if value is not None}


def _reply(answer: dict[str, Any], reply: HttpReply, latency: float, first_ms: float | None) -> TextReply:
    try:
        usage = answer.get("usage") or {}
        cached = usage.get("cache_read_input_tokens") or 0
        # Anthropic counts what its own cache served or kept apart from the rest of the input.
        apart = cached + (usage.get("cache_creation_input_tokens") or 0)
        read = usage.get("input_tokens")
        stop = str(answer.get("stop_reason") or "")
        return TextReply(
            _value(answer["content"]),
            None if read is None else read + apart,
            usage.get("output_tokens"),
            cached,
            latency_ms=latency,
            first_token_ms=first_ms,
            finish_reason=_FINISH.get(stop, stop) or None,
            hold_s=hold_s(reply.headers),
        )
    except (KeyError, TypeError, AttributeError):
        raise not_the_api(VENDOR) from None


def _value(blocks: list[dict[str, Any]]) -> str:
    """As promptfoo takes it: the text; with tools every block on its own, tools as JSON."""
    from json import dumps, loads

    said: list[str] = []
    for block in blocks:
        if block["type"] == "text":
            said.append(str(block.get("text", "")))
        elif block["type"] == "tool_use":
            called = dict(block)
            if "partial_json" in called:
                called["input"] = loads(called.pop("partial_json") or "{}")
            said.append(dumps(called, ensure_ascii=False, separators=(",", ":")))
    return "\n\n".join(said)
