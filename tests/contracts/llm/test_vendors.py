"""What is each vendor's own: exceptions, schemas, environment, addresses."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from typing import Any

import anthropic
import anthropic._error_classes  # defines every class that a status can become
import anthropic._exceptions
import httpx2
import openai
import openai._exceptions
import pytest
from aiohttp import web
from pydantic import BaseModel

from bot import errors
from bot.errors import ModelError, ModelRejected, ModelUnavailable, SettingsError
from bot.llm import Access, GuardedModel, Guards, open_model
from bot.llm import anthropic as anthropic_adapter
from bot.llm import openai as openai_adapter
from bot.llm.failures import NO_ANSWER
from tests.contracts.llm.backends import GOOD, REQUEST, AnthropicBackend, Mood, OpenAIBackend, Watch
from tests.contracts.llm.servers import AnthropicServer, Fail, OpenAIServer, Say, WireServer, serving

REQUEST_SENT = httpx2.Request("POST", "https://model.invalid/v1")
KEYS = {"openai": "sk-test", "anthropic": "sk-ant-test"}


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


def descendants(root: type[BaseException]) -> Iterator[type[BaseException]]:
    for child in root.__subclasses__():
        yield child
        yield from descendants(child)


def module_exceptions(module: Any, root: type[BaseException]) -> set[type[BaseException]]:
    """Every exception class of a vendor's exception module, and every one derived from its root anywhere."""
    shown = {x for x in vars(module).values() if isinstance(x, type) and issubclass(x, Exception)}
    return shown | {root} | set(descendants(root))


def made(kind: type[BaseException], status: int) -> BaseException:
    """An instance as the SDK would raise it, past the constructors, which differ from class to class."""
    error = kind.__new__(kind)
    response = httpx2.Response(status, request=REQUEST_SENT)
    values = {
        "message": "customer text sk-test", "request": REQUEST_SENT, "body": None, "response": response,
        "status_code": status, "code": None, "type": None, "error_code": None, "completion": None,
    }  # fmt: skip
    for name, value in values.items():
        try:
            setattr(error, name, value)
        except AttributeError:  # a property of that class
            continue
    return error


OPENAI_KINDS: dict[str, type[ModelError]] = {
    "APIError": errors.ModelUnavailable,
    "APIConnectionError": errors.ModelUnavailable,
    "APITimeoutError": errors.ModelUnavailable,
    "APIResponseValidationError": errors.ModelAnswerInvalid,
    "LengthFinishReasonError": errors.ModelTruncated,
    "ContentFilterFinishReasonError": errors.ModelRefused,
}
ANTHROPIC_KINDS: dict[str, type[ModelError]] = {
    "APIError": errors.ModelUnavailable,
    "APIConnectionError": errors.ModelUnavailable,
    "APITimeoutError": errors.ModelUnavailable,
    "APIResponseValidationError": errors.ModelAnswerInvalid,
    "APIWebhookValidationError": errors.ModelUnavailable,
    "RetryableError": errors.ModelUnavailable,
}
BY_STATUS: dict[int, type[ModelError]] = {
    **dict.fromkeys((400, 401, 402, 403, 404, 412, 413, 422, 431, 499), errors.ModelRejected),
    **dict.fromkeys((408, 409, 500, 501, 503, 504, 529), errors.ModelUnavailable),
    429: errors.ModelRateLimited,
}


def expected_kind(
    kind: type[BaseException], vendor: Any, named: dict[str, type[ModelError]]
) -> type[ModelError]:
    """By status, else by name. What is neither and no failure of a call is the client's own complaint."""
    if issubclass(kind, vendor.APIStatusError):
        return BY_STATUS[status_of(kind)]
    if issubclass(kind, vendor.APIError):
        return named[kind.__name__]
    return named.get(kind.__name__, errors.ModelRejected)


def status_of(kind: type[BaseException]) -> int:
    return getattr(kind, "status_code", 500 if kind.__name__ == "InternalServerError" else 400)


@pytest.mark.parametrize("kind", sorted(module_exceptions(openai._exceptions, openai.OpenAIError), key=str))
def test_every_exception_of_openai_is_mapped(kind: type[BaseException]) -> None:
    if not issubclass(kind, openai.OpenAIError):
        assert kind is openai.InvalidWebhookSignatureError, "raised by webhooks, which are not used"
        return
    with pytest.raises(ModelError) as caught, openai_adapter.translated():
        raise made(kind, status_of(kind))
    assert type(caught.value) is expected_kind(kind, openai, OPENAI_KINDS)
    assert "sk-test" not in str(caught.value) + caught.value.hint


@pytest.mark.parametrize(
    "kind",
    sorted(module_exceptions(anthropic._exceptions, anthropic.AnthropicError), key=str),
)
def test_every_exception_of_anthropic_is_mapped(kind: type[BaseException]) -> None:
    with pytest.raises(ModelError) as caught, anthropic_adapter.translated():
        raise made(kind, status_of(kind))
    assert type(caught.value) is expected_kind(kind, anthropic, ANTHROPIC_KINDS)
    assert "sk-test" not in str(caught.value) + caught.value.hint


@pytest.mark.parametrize("adapter", [openai_adapter, anthropic_adapter])
@pytest.mark.parametrize("kind", sorted(descendants(httpx2.HTTPError), key=str))
def test_every_failure_of_the_transport_is_mapped(adapter: Any, kind: type[BaseException]) -> None:
    with pytest.raises(ModelUnavailable) as caught, adapter.translated():
        raise made(kind, 500)
    never_sent = kind in (httpx2.ConnectError, httpx2.ConnectTimeout)
    assert (caught.value.code == NO_ANSWER) is not never_sent


@pytest.mark.parametrize("answers", [Mood])
async def test_the_schema_sent_is_the_one_the_sdk_would_send(
    stack: AsyncExitStack, monkeypatch: pytest.MonkeyPatch, answers: type[BaseModel]
) -> None:
    ours = OpenAIBackend(stack, monkeypatch)
    await (await ours.model([Say(GOOD), Say(GOOD)])).complete(REQUEST)
    sdk = openai.AsyncOpenAI(api_key="sk-test", base_url=openai_adapter.DEFAULT_URL)
    messages: Any = [{"role": "user", "content": "x"}]
    await sdk.chat.completions.parse(model="m", messages=messages, response_format=answers)
    await sdk.close()
    sent, theirs = (body["response_format"]["json_schema"] for body in ours.server.bodies)
    assert sent == theirs

    other = AnthropicBackend(stack, monkeypatch)
    await (await other.model([Say(GOOD), Say(GOOD)])).complete(REQUEST)
    client = anthropic.AsyncAnthropic(api_key="sk-ant", base_url=anthropic_adapter.DEFAULT_URL)
    await client.messages.parse(model="m", messages=messages, max_tokens=9, output_format=answers)
    await client.close()
    sent, theirs = (body["output_config"]["format"] for body in other.server.bodies)
    assert sent == theirs


async def test_roles_go_out_apart(stack: AsyncExitStack, monkeypatch: pytest.MonkeyPatch) -> None:
    one = OpenAIBackend(stack, monkeypatch)
    await (await one.model([Say(GOOD)])).complete(REQUEST)
    assert one.server.bodies[0]["messages"] == [
        {"role": "system", "content": REQUEST.system},
        {"role": "user", "content": REQUEST.user},
    ]
    assert one.server.bodies[0]["max_completion_tokens"] == 500
    assert "tools" not in one.server.bodies[0]
    other = AnthropicBackend(stack, monkeypatch)
    await (await other.model([Say(GOOD)])).complete(REQUEST)
    assert other.server.bodies[0]["system"] == REQUEST.system
    assert other.server.bodies[0]["messages"] == [{"role": "user", "content": REQUEST.user}]
    assert "tools" not in other.server.bodies[0]


@pytest.mark.parametrize(
    ("name", "server_class", "path"),
    [("openai:llama3", OpenAIServer, "/v1"), ("anthropic:claude-x", AnthropicServer, "")],
)
class TestBaseUrls:
    """Servers of one's own, by the allow-list."""

    async def open(
        self, stack: AsyncExitStack, name: str, server: WireServer, path: str, allow: bool
    ) -> GuardedModel:
        url = await stack.enter_async_context(serving(server)) + path
        access = Access(
            base_urls={name.split(":")[0]: url}, allowed_base_urls=(url + "/",) if allow else (), timeout=5
        )
        model = open_model(name, access, Watch().guards())
        stack.push_async_callback(model.close)
        return model

    async def test_named(self, stack: AsyncExitStack, name: str, server_class: Any, path: str) -> None:
        server = server_class([Say(GOOD)])
        model = await self.open(stack, name, server, path, allow=True)
        reply = await model.complete(REQUEST)
        assert reply.answer.mood == "cross"
        assert reply.cost is None
        assert server.bodies[0].get("max_tokens") == 500
        assert "sk-" not in json.dumps([dict(headers) for headers in server.headers])

    async def test_not_named(self, stack: AsyncExitStack, name: str, server_class: Any, path: str) -> None:
        with pytest.raises(SettingsError, match="not allowed"):
            await self.open(stack, name, server_class([]), path, allow=False)


async def test_the_environment_diverts_nothing(
    stack: AsyncExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Base URLs, keys and profiles of the SDKs' own variables would pass by the settings."""
    for name in ("OPENAI_BASE_URL", "ANTHROPIC_BASE_URL"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/elsewhere")
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"):
        monkeypatch.setenv(name, "from-the-environment")
    for backend in (OpenAIBackend(stack, monkeypatch), AnthropicBackend(stack, monkeypatch)):
        model = await backend.model([Say(GOOD)])
        await model.complete(REQUEST)
        assert backend.calls == 1
        assert "from-the-environment" not in json.dumps([dict(each) for each in backend.server.headers])


async def test_a_redirect_is_not_followed(stack: AsyncExitStack, monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[str] = []

    async def elsewhere(request: web.Request) -> web.Response:
        reached.append(request.path)
        return web.json_response({})

    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", elsewhere)
    runner = web.AppRunner(app)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    target = f"http://127.0.0.1:{runner.addresses[0][1]}/steal"
    for backend in (OpenAIBackend(stack, monkeypatch), AnthropicBackend(stack, monkeypatch)):
        for status in (301, 302, 307, 308):
            model = await backend.model([Fail(status, {"location": target})])
            with pytest.raises(ModelRejected, match="redirect"):
                await model.complete(REQUEST)
    assert reached == []


@pytest.mark.parametrize("name", ["openai:gpt-4o-mini", "anthropic:claude-haiku-4-5"])
async def test_nobody_there_costs_nothing(stack: AsyncExitStack, name: str) -> None:
    async with serving(OpenAIServer([])) as url:
        pass  # a port that was free a moment ago and that nobody listens on
    watch = Watch()
    access = Access(base_urls=dict.fromkeys(KEYS, url), allowed_base_urls=(url,), timeout=5)
    model = open_model(name, access, watch.guards())
    stack.push_async_callback(model.close)
    with pytest.raises(ModelUnavailable, match="cannot be reached"):
        await model.complete(REQUEST)
    assert watch.slept == [0.5, 1.0, 2.0]
    assert watch.budget.spent == 0


@pytest.mark.parametrize(
    ("backend_class", "code"),
    [(OpenAIBackend, "insufficient_quota"), (AnthropicBackend, "contract_spend_limit_reached")],
)
async def test_an_empty_account_is_not_waited_for(
    stack: AsyncExitStack, monkeypatch: pytest.MonkeyPatch, backend_class: Any, code: str
) -> None:
    backend = backend_class(stack, monkeypatch)
    model = await backend.model([Fail(429, code=code)])
    with pytest.raises(ModelRejected, match="credit"):
        await model.complete(REQUEST)
    assert backend.watch.slept == []


class _ErrorWithin:
    """A server whose stream breaks off with an error event, as overloaded vendors do."""

    def __init__(self, text: str) -> None:
        self.text = text

    async def handle(self, request: web.Request) -> web.StreamResponse:
        return web.Response(text=self.text, content_type="text/event-stream")


@pytest.mark.parametrize(
    ("name", "path", "text"),
    [
        (
            "openai:m",
            "/chat/completions",
            'data: {"error": {"message": "Overloaded", "type": "server_error"}}\n\n',
        ),
        (
            "anthropic:m",
            "/v1/messages",
            'event: error\ndata: {"type": "error", "error": {"type": "overloaded_error", "message": ""}}\n\n',
        ),
    ],
)
async def test_an_error_within_a_stream(stack: AsyncExitStack, name: str, path: str, text: str) -> None:
    server: Any = _ErrorWithin(text)
    server.path, server.stop = path, lambda: None
    url = await stack.enter_async_context(serving(server))
    access = Access(base_urls=dict.fromkeys(KEYS, url), allowed_base_urls=(url,), timeout=5)
    model = open_model(name, access, Watch().guards())
    stack.push_async_callback(model.close)
    with pytest.raises(ModelUnavailable):
        await model.stream(REQUEST, lambda _piece: None)


@pytest.mark.parametrize("name", ["gpt-4o", "mistral:large", "openai:", ":gpt-4o", ""])
def test_a_wrong_name_lists_the_providers(name: str) -> None:
    with pytest.raises(SettingsError) as failure:
        open_model(name, Access(api_keys=KEYS), Guards(str, str))
    assert "openai, anthropic, scripted" in failure.value.hint


@pytest.mark.parametrize("name", ["openai:gpt-4o", "anthropic:claude-haiku-4-5"])
def test_a_missing_key_is_named(name: str) -> None:
    with pytest.raises(SettingsError) as failure:
        open_model(name, Access(), Guards(str, str))
    assert f"{name.split(':')[0].upper()}_API_KEY" in failure.value.hint
