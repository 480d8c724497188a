"""Local servers that speak OpenAI's chat completions and Anthropic's messages as the vendors document them.

A server plays behaviours one a request, and answers 400 to what the vendor would: a missing header, a schema
keyword that structured outputs do not know, an object that is not closed.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.llm.wire import Stop


@dataclass(frozen=True)
class Say:
    """Answer with this text; without ``usage`` the server counts nothing."""

    text: str
    stop: Stop = "done"
    usage: bool = True
    pieces: int = 3


@dataclass(frozen=True)
class Fail:
    """Answer with an HTTP error."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    code: str = ""


@dataclass(frozen=True)
class Hang:
    """Take the request and say nothing."""


@dataclass(frozen=True)
class Drop:
    """Break the connection off in the middle of the body."""


@dataclass(frozen=True)
class Plain:
    """Answer 200 with something that is not the API."""

    body: str = "<html>Welcome to nginx!</html>"


Behaviour = Say | Fail | Hang | Drop | Plain
INPUT_TOKENS, OUTPUT_TOKENS = 1200, 340

# What each vendor's page "Structured outputs" says it takes in a schema. Lengths of strings: neither does.
KEYWORDS = {
    "openai": {
        "type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "$ref",
        "$defs", "title", "description", "pattern", "format", "multipleOf", "maximum", "exclusiveMaximum",
        "minimum", "exclusiveMinimum", "minItems", "maxItems",
    },
    "anthropic": {
        "type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "allOf",
        "$ref", "$defs", "title", "description", "format", "minItems",
    },
}  # fmt: skip


def schema_faults(schema: Any, vendor: str, at: str = "") -> Iterator[str]:
    """What a vendor would reject in a strict schema."""
    if not isinstance(schema, dict):
        return
    yield from (f"{at}: {key}" for key in schema if key not in KEYWORDS[vendor])
    if schema.get("type") == "object":
        if schema.get("additionalProperties") is not False:
            yield f"{at}: open object"
        if set(schema.get("required", [])) != set(schema.get("properties", {})):
            yield f"{at}: optional properties"
    if vendor == "anthropic" and schema.get("minItems", 0) > 1:
        yield f"{at}: minItems above 1"
    for name in ("properties", "$defs"):
        for key, value in schema.get(name, {}).items():
            yield from schema_faults(value, vendor, f"{at}.{key}")
    yield from schema_faults(schema.get("items"), vendor, f"{at}[]")
    for variant in schema.get("anyOf", []):
        yield from schema_faults(variant, vendor, f"{at}|")


class WireServer:
    """Plays ``behaviours``; keeps what it was sent in ``bodies`` and ``headers``."""

    vendor = ""
    path = ""

    def __init__(self, behaviours: Iterable[Behaviour]) -> None:
        self._behaviours = iter(behaviours)
        self._closing = asyncio.Event()
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[Mapping[str, str]] = []

    def fault(self, request: web.Request, body: dict[str, Any]) -> str:
        raise NotImplementedError

    def error(self, status: int, message: str, code: str) -> dict[str, Any]:
        raise NotImplementedError

    def whole(self, say: Say, model: str) -> dict[str, Any]:
        raise NotImplementedError

    def events(self, say: Say, model: str) -> Iterator[str]:
        raise NotImplementedError

    def stop(self) -> None:
        self._closing.set()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.bodies.append(body)
        self.headers.append(dict(request.headers))
        fault = self.fault(request, body)
        if fault:
            return web.json_response(self.error(400, fault, "invalid_request_error"), status=400)
        behaviour = next(self._behaviours)
        match behaviour:
            case Fail():
                error = self.error(behaviour.status, "no", behaviour.code)
                return web.json_response(error, status=behaviour.status, headers=behaviour.headers)
            case Plain():
                return web.Response(text=behaviour.body, content_type="text/html")
            case Hang():
                await self._closing.wait()
                return web.Response(status=503)
            case Drop():
                return await self._drop(request, body)
            case Say():
                if body.get("stream"):
                    return await self._stream(request, self.events(behaviour, body["model"]))
                return web.json_response(self.whole(behaviour, body["model"]))

    async def _stream(self, request: web.Request, events: Iterable[str]) -> web.StreamResponse:
        response = web.StreamResponse(headers={"content-type": "text/event-stream"})
        await response.prepare(request)
        for event in events:
            await response.write(event.encode())
        return response

    async def _drop(self, request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        say = Say('{"mood": "cross", ')
        if body.get("stream"):
            text = "".join(self.events(say, body["model"]))
            response = web.StreamResponse(headers={"content-type": "text/event-stream"})
        else:
            text = json.dumps(self.whole(say, body["model"]))
            response = web.StreamResponse(
                headers={"content-type": "application/json", "content-length": str(len(text))}
            )
        await response.prepare(request)
        await response.write(text[: len(text) // 2].encode())
        assert request.transport is not None
        request.transport.close()
        return response


class OpenAIServer(WireServer):
    """POST /v1/chat/completions."""

    vendor = "openai"
    path = "/v1/chat/completions"
    finish: Mapping[Stop, str] = {"done": "stop", "truncated": "length", "refused": "stop"}

    def fault(self, request: web.Request, body: dict[str, Any]) -> str:
        if not request.headers.get("authorization", "").startswith("Bearer "):
            return "You didn't provide an API key."
        if "max_tokens" in body and "max_completion_tokens" in body:
            return "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported."
        form = body.get("response_format", {})
        if form.get("type") != "json_schema" or form["json_schema"].get("strict") is not True:
            return "Missing required parameter: 'response_format'."
        return ", ".join(schema_faults(form["json_schema"]["schema"], self.vendor))

    def error(self, status: int, message: str, code: str) -> dict[str, Any]:
        return {"error": {"message": message, "type": "error", "param": None, "code": code or None}}

    def whole(self, say: Say, model: str) -> dict[str, Any]:
        refused = say.stop == "refused"
        message = {"role": "assistant", "content": None if refused else say.text}
        message["refusal"] = say.text if refused else None
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": self.finish[say.stop]}
        answer = {**self._head("chat.completion", model), "choices": [choice]}
        return {**answer, "usage": self._usage()} if say.usage else answer

    def events(self, say: Say, model: str) -> Iterator[str]:
        name = "refusal" if say.stop == "refused" else "content"
        yield self._chunk(model, {"role": "assistant", "content": ""}, None)
        for piece in in_pieces(say.text, say.pieces):
            yield self._chunk(model, {name: piece}, None)
        yield self._chunk(model, {}, self.finish[say.stop])
        if say.usage:
            usage = {**self._head("chat.completion.chunk", model), "choices": [], "usage": self._usage()}
            yield f"data: {json.dumps(usage)}\n\n"
        yield "data: [DONE]\n\n"

    def _chunk(self, model: str, delta: dict[str, Any], finish: str | None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return f"data: {json.dumps({**self._head('chat.completion.chunk', model), 'choices': [choice]})}\n\n"

    def _head(self, kind: str, model: str) -> dict[str, Any]:
        return {"id": "chatcmpl-1", "object": kind, "created": 1790000000, "model": model}

    def _usage(self) -> dict[str, Any]:
        return {
            "prompt_tokens": INPUT_TOKENS,
            "completion_tokens": OUTPUT_TOKENS,
            "total_tokens": INPUT_TOKENS + OUTPUT_TOKENS,
            "prompt_tokens_details": {"cached_tokens": 0},
        }


class AnthropicServer(WireServer):
    """POST /v1/messages."""

    vendor = "anthropic"
    path = "/v1/messages"
    reasons: Mapping[Stop, str] = {"done": "end_turn", "truncated": "max_tokens", "refused": "refusal"}

    def fault(self, request: web.Request, body: dict[str, Any]) -> str:
        # Documented as x-api-key; version 2 of the SDK sends the key as a bearer.
        bearer = request.headers.get("authorization", "").startswith("Bearer ")
        if not bearer and not request.headers.get("x-api-key"):
            return "x-api-key header is required"
        if not request.headers.get("anthropic-version"):
            return "anthropic-version: header is required"
        if not isinstance(body.get("max_tokens"), int):
            return "max_tokens: Field required"
        if any(message["role"] not in ("user", "assistant") for message in body["messages"]):
            return "messages: Unexpected role"
        form = body.get("output_config", {}).get("format", {})
        if form.get("type") != "json_schema":
            return "output_config.format: Field required"
        return ", ".join(schema_faults(form["schema"], self.vendor))

    def error(self, status: int, message: str, code: str) -> dict[str, Any]:
        details = {"error_code": code} if code else None
        error = {"type": "error", "message": message, "details": details}
        return {"type": "error", "error": error, "request_id": "req_1"}

    def whole(self, say: Say, model: str) -> dict[str, Any]:
        usage = {"usage": self._usage(OUTPUT_TOKENS)} if say.usage else {}
        content = [{"type": "text", "text": say.text}]
        return {**self._head(model), "content": content, "stop_reason": self.reasons[say.stop], **usage}

    def events(self, say: Say, model: str) -> Iterator[str]:
        usage = {"usage": self._usage(1)} if say.usage else {}
        yield self._event("message_start", message={**self._head(model), "content": [], **usage})
        yield self._event("content_block_start", index=0, content_block={"type": "text", "text": ""})
        yield self._event("ping")
        for piece in in_pieces(say.text, say.pieces):
            yield self._event("content_block_delta", index=0, delta={"type": "text_delta", "text": piece})
        yield self._event("content_block_stop", index=0)
        delta = {"stop_reason": self.reasons[say.stop], "stop_sequence": None}
        ended = {"usage": {"output_tokens": OUTPUT_TOKENS}} if say.usage else {}
        yield self._event("message_delta", delta=delta, **ended)
        yield self._event("message_stop")

    def _event(self, name: str, **values: Any) -> str:
        return f"event: {name}\ndata: {json.dumps({'type': name, **values})}\n\n"

    def _head(self, model: str) -> dict[str, Any]:
        return {"id": "msg_1", "type": "message", "role": "assistant", "model": model, "stop_sequence": None}

    def _usage(self, output: int) -> dict[str, Any]:
        return {"input_tokens": INPUT_TOKENS, "output_tokens": output, "cache_read_input_tokens": 0}


def in_pieces(text: str, count: int) -> Iterator[str]:
    size = max(1, -(-len(text) // count))
    yield from (text[start : start + size] for start in range(0, len(text), size))


@asynccontextmanager
async def serving(server: WireServer) -> AsyncIterator[str]:
    """Run a server on a free loopback port; gives its origin."""
    app = web.Application()
    app.router.add_post(server.path, server.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}"
    finally:
        server.stop()
        await runner.cleanup()
