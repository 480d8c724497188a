"""Our wire clients and the vendors' SDKs on one server: the same is sent, the same is read, failures are the
same kinds; and the rest of what a text model's answer may be."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import anthropic
import openai
import pytest
from aiohttp import web

from bot.errors import (
    ModelAnswerInvalid,
    ModelError,
    ModelRateLimited,
    ModelRejected,
    ModelUnavailable,
    SettingsError,
)
from bot.llm import anthropic as anthropic_adapter
from bot.llm import openai as openai_adapter
from bot.llm.text import TextAccess, TextReply, TextRequest, open_text_provider
from tests.contracts.llm.servers import (
    AnthropicServer,
    Behaviour,
    Drop,
    Fail,
    Hang,
    OpenAIServer,
    Plain,
    Say,
    WireServer,
    serving,
)

MESSAGES = ({"role": "system", "content": "Be brief."}, {"role": "user", "content": 'Say "ä" — now 🎈'})
REQUEST = TextRequest('Say "ä" — now 🎈', MESSAGES)
LOCAL = TextAccess(loopback=True, timeout=20.0)


class FreeOpenAI(OpenAIServer):
    """Asks for no schema: experiments send whatever prompt there is."""

    def fault(self, request: web.Request, body: dict[str, Any]) -> str:
        return "" if request.headers.get("authorization", "").startswith("Bearer ") else "no key"


class FreeAnthropic(AnthropicServer):
    """Likewise."""

    def fault(self, request: web.Request, body: dict[str, Any]) -> str:
        if not request.headers.get("anthropic-version"):
            return "anthropic-version: header is required"
        bad = any(message["role"] not in ("user", "assistant") for message in body["messages"])
        return "messages: Unexpected role" if bad else ""


@dataclass(frozen=True)
class Vendor:
    """How each side reaches a vendor's server at ``origin``."""

    name: str
    server: type[WireServer]

    def config(self, origin: str, stream: bool) -> dict[str, Any]:
        base = f"{origin}/v1" if self.name == "openai" else origin
        sampling = (
            {"temperature": 0.5} if self.name == "openai" else {}
        )  # the other's SDK knows none any more
        return {"apiBaseUrl": base, "apiKey": "none", "stream": stream, "max_tokens": 50, **sampling}


VENDORS = [Vendor("openai", FreeOpenAI), Vendor("anthropic", FreeAnthropic)]
each_vendor = pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.name)
each_way = pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])


async def ours(vendor: Vendor, origin: str, stream: bool, access: TextAccess = LOCAL) -> TextReply:
    kind = "chat" if vendor.name == "openai" else "messages"
    provider = open_text_provider(f"{vendor.name}:{kind}:m-1", vendor.config(origin, stream), access)
    try:
        return await provider.complete(REQUEST)
    finally:
        await provider.close()


Read = tuple[str, str | None, int | None, int | None]


async def by_openai(origin: str, stream: bool) -> Read:
    async with openai.AsyncOpenAI(api_key="none", base_url=f"{origin}/v1", max_retries=0) as client:
        asked: dict[str, Any] = {
            "model": "m-1", "messages": list(MESSAGES), "temperature": 0.5, "max_tokens": 50
        }  # fmt: skip
        if not stream:
            whole = await client.chat.completions.create(**asked)
            choice, usage = whole.choices[0], whole.usage
            text = choice.message.refusal or choice.message.content or ""
            finish = choice.finish_reason
        else:
            text, finish, usage = "", None, None
            chunks = await client.chat.completions.create(
                **asked, stream=True, stream_options={"include_usage": True}
            )
            async for chunk in chunks:
                usage = chunk.usage or usage
                for piece in chunk.choices:
                    text += piece.delta.content or piece.delta.refusal or ""
                    finish = piece.finish_reason or finish
        return text, finish, usage and usage.prompt_tokens, usage and usage.completion_tokens


async def by_anthropic(origin: str, stream: bool) -> Read:
    async with anthropic.AsyncAnthropic(api_key="none", base_url=origin, max_retries=0) as client:
        asked: dict[str, Any] = {
            "model": "m-1", "system": "Be brief.", "messages": [MESSAGES[1]], "max_tokens": 50,
        }  # fmt: skip
        if stream:
            async with client.messages.stream(**asked) as events:
                message = await events.get_final_message()
        else:
            message = await client.messages.create(**asked)
        text = "".join(block.text for block in message.content if block.type == "text")
        return text, message.stop_reason, message.usage.input_tokens, message.usage.output_tokens


FINISH = {"end_turn": "stop", "max_tokens": "length"}


@each_vendor
@each_way
@pytest.mark.parametrize(
    "say", [Say('Sure: {"a": 1} — ä 🎈 \n done'), Say("cut", stop="truncated"), Say("No.", stop="refused")]
)
async def test_the_same_is_sent_and_read(vendor: Vendor, stream: bool, say: Say) -> None:
    server = vendor.server([say, say])
    async with serving(server) as origin:
        theirs = await (by_openai if vendor.name == "openai" else by_anthropic)(origin, stream)
        reply = await ours(vendor, origin, stream)
    text, finish, read, written = theirs
    assert (reply.value, reply.input_tokens, reply.output_tokens) == (text, read, written)
    assert reply.finish_reason == FINISH.get(finish or "", finish)
    assert _without_none(server.bodies[1]) == _without_none(server.bodies[0])
    assert (reply.first_token_ms is not None) is stream
    assert reply.latency_ms >= (reply.first_token_ms or 0) > -1


def _without_none(body: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if value is not None}


FAILURES: list[Behaviour] = [
    *(Fail(status) for status in (400, 401, 403, 404, 408, 409, 413, 422, 500, 503)),
    Fail(429), Fail(429, {"retry-after": "7"}), Fail(429, {"retry-after-ms": "1500"}), Drop(), Plain(),
    Fail(529, {"retry-after": "Mon, 16 Nov 2026 09:00:30 GMT", "date": "Mon, 16 Nov 2026 09:00:00 GMT"}),
    Fail(307, {"location": "http://127.0.0.1:9/"}),
]  # fmt: skip


@each_vendor
@pytest.mark.parametrize("behaviour", FAILURES, ids=str)
async def test_failures_are_the_same_kinds(vendor: Vendor, behaviour: Behaviour) -> None:
    server = vendor.server([behaviour, behaviour])
    async with serving(server) as origin:
        mine = await _failure(ours(vendor, origin, stream=False))
        theirs = await _failure(_by_adapter(vendor, origin))
    assert type(mine) is type(theirs)
    assert mine.message == theirs.message
    assert mine.code == theirs.code
    assert getattr(mine, "retry_after", None) == getattr(theirs, "retry_after", None)


async def _by_adapter(vendor: Vendor, origin: str) -> object:
    """The SDK, its exceptions as the house's other adapter translates them."""
    if vendor.name == "openai":
        with openai_adapter.translated():
            async with openai.AsyncOpenAI(
                api_key="none", base_url=f"{origin}/v1", max_retries=0,
                http_client=openai.DefaultAsyncHttpxClient(follow_redirects=False),
            ) as client:  # fmt: skip
                raw = await client.chat.completions.with_raw_response.create(
                    model="m", messages=[{"role": "user", "content": "x"}]
                )
                return openai_adapter._completion(raw.http_response.content)
    with anthropic_adapter.translated():
        async with anthropic.AsyncAnthropic(
            api_key="none", base_url=origin, max_retries=0,
            http_client=anthropic.DefaultAsyncHttpxClient(follow_redirects=False),
        ) as other:  # fmt: skip
            answer = await other.messages.with_raw_response.create(
                model="m", max_tokens=9, messages=[{"role": "user", "content": "x"}]
            )
            return anthropic_adapter._message(answer.http_response.content)


async def _failure(call: Any) -> ModelError:
    with pytest.raises(ModelError) as caught:
        await call
    return caught.value


@each_vendor
async def test_no_waiting_mends_an_empty_account(vendor: Vendor) -> None:
    code = {"openai": "insufficient_quota", "anthropic": "enforced_spend_limit_reached"}[vendor.name]
    async with serving(vendor.server([Fail(429, code=code)])) as origin:
        assert isinstance(await _failure(ours(vendor, origin, stream=False)), ModelRejected)


@each_vendor
async def test_no_answer_in_time(vendor: Vendor) -> None:
    async with serving(vendor.server([Hang()])) as origin:
        error = await _failure(ours(vendor, origin, False, TextAccess(loopback=True, timeout=0.1)))
    assert isinstance(error, ModelUnavailable)
    assert "in time" in error.message


@each_vendor
async def test_a_stream_that_breaks_off_is_no_answer(vendor: Vendor) -> None:
    async with serving(vendor.server([Drop()])) as origin:
        assert isinstance(await _failure(ours(vendor, origin, stream=True)), ModelUnavailable)


async def test_nobody_there() -> None:
    error = await _failure(ours(VENDORS[0], "http://127.0.0.1:9", stream=False))
    assert isinstance(error, ModelUnavailable)
    assert "cannot be reached" in error.message


async def test_one_connection_serves_many_calls_and_a_stale_one_is_not_used() -> None:
    ports: list[int] = []

    async def handle(request: web.Request) -> web.Response:
        assert request.transport is not None
        ports.append(request.transport.get_extra_info("peername")[1])
        message = {"role": "assistant", "content": str(len(ports))}
        response = web.json_response({"choices": [{"message": message, "finish_reason": "stop"}]})
        if len(ports) == 3:
            response.force_close()
        return response

    async with _serving(handle) as origin:
        config = {"apiBaseUrl": f"{origin}/v1", "apiKey": "none"}
        provider = open_text_provider("openai:m", config, LOCAL)
        said = [(await provider.complete(REQUEST)).value for _ in range(5)]
        await provider.close()
    assert said == ["1", "2", "3", "4", "5"]
    assert [len(set(ports[:3])), len(set(ports[3:]))] == [1, 1]
    assert len(set(ports)) == 2


async def test_headers_say_when_to_wait() -> None:
    async def handle(_request: web.Request) -> web.Response:
        headers = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1m2.5s"}
        message = {"role": "assistant", "content": "x"}
        return web.json_response(
            {"choices": [{"message": message, "finish_reason": "stop"}]}, headers=headers
        )

    async with _serving(handle) as origin:
        reply = await ours(VENDORS[0], origin, stream=False)
    assert reply.hold_s == 62.5


@pytest.mark.parametrize(
    ("message", "config", "value"),
    [
        ({"content": None, "tool_calls": [{"id": "1"}]}, {}, [{"id": "1"}]),
        ({"content": '{"a": 1}'}, {"response_format": {"type": "json_schema"}}, {"a": 1}),
        ({"content": '{"a": 1}'}, {"response_format": {"type": "json_object"}}, '{"a": 1}'),
        ({"content": None}, {}, ""),
    ],
)
async def test_values_of_openai_are_taken_as_promptfoo_takes_them(
    message: dict[str, Any], config: dict[str, Any], value: object
) -> None:
    async def handle(_request: web.Request) -> web.Response:
        return web.json_response({"choices": [{"message": message, "finish_reason": "stop"}]})

    async with _serving(handle) as origin:
        settings = {"apiBaseUrl": f"{origin}/v1", "apiKey": "none", **config}
        provider = open_text_provider("openai:chat:m", settings, LOCAL)
        assert (await provider.complete(REQUEST)).value == value
        await provider.close()


HTTP_REQUEST = TextRequest('Say "hi"\nnow', vars={"name": 'O"Neil', "n": 3})


@pytest.mark.parametrize(
    ("config", "sent", "value"),
    [
        ({"body": {"ask": "{{prompt}}", "n": "{{n}}"}}, {"ask": 'Say "hi"\nnow', "n": "3"},
         {"said": "hello"}),
        ({"body": '{"ask": "{{name}}"}', "headers": {"Content-Type": "application/json"}}, {"ask": 'O"Neil'},
         {"said": "hello"}),
        ({"body": {"a": "{{prompt}}"}, "transformResponse": "json.said"}, {"a": 'Say "hi"\nnow'}, "hello"),
        ({"body": {"a": 1}, "transformResponse": "(json, text) => text.length"}, {"a": 1}, 17),
        ({"body": {"a": "{{prompt}}"}, "transformRequest": "prompt.toUpperCase()",
          "transformResponse": "({output: json.said, tokenUsage: {prompt: 4, completion: 2}})"},
         {"a": 'SAY "HI"\nNOW'}, "hello"),
    ],
    ids=["object", "text that is json", "transform", "function", "both"],
)  # fmt: skip
async def test_the_http_provider(config: dict[str, Any], sent: object, value: object) -> None:
    bodies: list[Any] = []

    async def handle(request: web.Request) -> web.Response:
        bodies.append(await request.json())
        assert request.query["name"] == 'O"Neil'
        return web.json_response({"said": "hello"})

    async with _serving(handle) as origin:
        whole = {"url": f"{origin}/ask", "method": "POST", "queryParams": {"name": "{{name}}"}, **config}
        provider = open_text_provider("https", whole, LOCAL)
        reply = await provider.complete(HTTP_REQUEST)
        await provider.close()
    assert (bodies, reply.value) == ([sent], value)


@pytest.mark.parametrize(
    ("status", "config", "kind"),
    [(500, {}, ModelUnavailable), (429, {}, ModelRateLimited), (302, {}, ModelRejected),
     (404, {"validateStatus": "status < 300"}, ModelRejected),
     (200, {"transformResponse": "json.no.such"}, ModelAnswerInvalid)],
)  # fmt: skip
async def test_failures_of_the_http_provider(
    status: int, config: dict[str, Any], kind: type[ModelError]
) -> None:
    async def handle(_request: web.Request) -> web.Response:
        return web.json_response({}, status=status, headers={"location": "http://127.0.0.1:9/"})

    async with _serving(handle) as origin:
        whole = {"method": "POST", "body": {"a": "{{prompt}}"}, **config}
        provider = open_text_provider(f"{origin}/ask", whole, LOCAL)
        with pytest.raises(kind):
            await provider.complete(HTTP_REQUEST)
        await provider.close()


@pytest.mark.parametrize(
    ("provider", "config"),
    [
        ("openai:chat:m", {"apiBaseUrl": "https://other.example/v1", "apiKey": "k"}),
        ("openai:chat:m", {"apiHost": "169.254.169.254", "apiKey": "k"}),
        ("anthropic:messages:m", {"apiBaseUrl": "http://10.0.0.7", "apiKey": "k"}),
        ("https://other.example/ask", {"body": {"a": 1}}),
        ("https", {"url": "https://{{host}}/ask", "body": {"a": 1}}),
        ("openai:chat:m", {}),
        ("anthropic:messages:m", {}),
        ("openai:embedding:m", {"apiKey": "k"}),
        ("bedrock:m", {}),
        ("https://127.0.0.1/x", {"body": {"a": 1}, "auth": {"type": "oauth"}}),
    ],
)
def test_what_may_not_be_called_is_refused_before_a_call(provider: str, config: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        open_text_provider(provider, config, LOCAL)


def test_a_server_of_this_machine_needs_a_command_line_or_the_settings() -> None:
    config = {"apiBaseUrl": "http://127.0.0.1:1/v1", "apiKey": "k"}
    with pytest.raises(SettingsError, match="not allowed"):
        open_text_provider("openai:m", config, TextAccess())
    open_text_provider("openai:m", config, TextAccess(allowed_base_urls=("http://127.0.0.1:1/v1",)))


@asynccontextmanager
async def _serving(handle: Any) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await asyncio.shield(runner.cleanup())
