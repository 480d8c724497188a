"""Anthropic's Messages API, and every server that speaks it.

``transform_schema`` is the SDK's own translation of a pydantic model into ``output_config.format``. The SDK's
``messages.parse`` sends the same, but validates before the stop reason can be read: a refusal or a truncation
would come out as a broken schema, without its token counts.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import anthropic
import httpx2
from anthropic.types import OutputConfigParam, RawMessageStreamEvent
from pydantic import BaseModel, ValidationError

from bot.errors import ModelAnswerInvalid, ModelError, ModelRejected
from bot.llm.failures import from_status, no_answer, not_the_api, out_of_credit, raise_from, unreachable
from bot.llm.urls import check_base_url
from bot.llm.wire import Access, OnDelta, Reading, Stop, key_for
from bot.ports import Answer, ModelRequest

DEFAULT_URL = "https://api.anthropic.com"
VENDOR = "Anthropic"
_STOPS: dict[str | None, Stop] = {
    "max_tokens": "truncated",
    "model_context_window_exceeded": "truncated",
    "refusal": "refused",
}
_SPENT = ("contract_spend_limit_reached", "enforced_spend_limit_reached")


class _Usage(BaseModel):
    input_tokens: int | None = None
    output_tokens: int | None = None
    cache_read_input_tokens: int | None = None
    cache_creation_input_tokens: int | None = None

    def updated(self, later: object) -> "_Usage":
        """A stream counts twice, at its start and its end, each with what it knows by then."""
        if later is None:
            return self
        known = _Usage.model_validate(later, from_attributes=True).model_dump(exclude_none=True)
        return self.model_copy(update=known)


class _Block(BaseModel):
    type: str
    text: str = ""


class _Message(BaseModel):
    """What we need of an answer; compatible servers leave out much of the rest."""

    content: list[_Block]
    stop_reason: str | None = None
    usage: _Usage | None = None


class AnthropicProvider:
    """One model by its name at ``base_url`` ("" for Anthropic itself); ``timeout`` in seconds per read."""

    vendor = "anthropic"

    def __init__(self, model: str, *, api_key: str, base_url: str = "", timeout: float = 60.0) -> None:
        self.model = model
        self.base_url = base_url
        self._client = anthropic.AsyncAnthropic(
            api_key=api_key,
            # Always given, so that ANTHROPIC_BASE_URL in the environment cannot pass by the allow-list.
            base_url=base_url or DEFAULT_URL,
            timeout=timeout,
            max_retries=0,
            http_client=anthropic.DefaultAsyncHttpxClient(follow_redirects=False, timeout=timeout),
        )

    async def send(self, request: ModelRequest[Answer], on_delta: OnDelta | None = None) -> Reading:
        with translated():
            return await (self._stream(request, on_delta) if on_delta else self._whole(request))

    async def close(self) -> None:
        await self._client.close()

    async def _whole(self, request: ModelRequest[Answer]) -> Reading:
        response = await self._client.messages.with_raw_response.create(
            model=self.model,
            system=request.system,
            messages=[{"role": "user", "content": request.user}],
            max_tokens=request.max_output_tokens,
            output_config=_format(request),
        )
        message = _message(response.http_response.content)
        text = "".join(block.text for block in message.content if block.type == "text")
        return _reading(text, message.stop_reason, message.usage)

    async def _stream(self, request: ModelRequest[Answer], on_delta: OnDelta) -> Reading:
        pieces: list[str] = []
        usage = _Usage()
        stop_reason: str | None = None
        events = await self._client.messages.create(
            model=self.model,
            system=request.system,
            messages=[{"role": "user", "content": request.user}],
            max_tokens=request.max_output_tokens,
            output_config=_format(request),
            stream=True,
        )
        async with events:
            async for event in events:
                delta = _text_delta(event)
                if delta:
                    pieces.append(delta)
                    on_delta(delta)
                elif event.type == "message_start":
                    usage = usage.updated(event.message.usage)
                elif event.type == "message_delta":
                    usage = usage.updated(event.usage)
                    stop_reason = event.delta.stop_reason
        if stop_reason is None:
            raise no_answer(VENDOR, "the answer broke off")
        return _reading("".join(pieces), stop_reason, usage)


def open_provider(model: str, access: Access) -> AnthropicProvider:
    """Raises SettingsError without a key, or where the base URL may not be used."""
    named = access.base_urls.get("anthropic", "")
    base_url = check_base_url(named, access.allowed_base_urls) if named else ""
    key = key_for("anthropic", access, base_url)
    return AnthropicProvider(model, api_key=key, base_url=base_url, timeout=access.timeout)


def _format(request: ModelRequest[Answer]) -> OutputConfigParam:
    return {"format": {"type": "json_schema", "schema": anthropic.transform_schema(request.answers)}}


def _text_delta(event: RawMessageStreamEvent) -> str:
    if event.type == "content_block_delta" and event.delta.type == "text_delta":
        return event.delta.text
    return ""


def _message(content: bytes) -> _Message:
    try:
        return _Message.model_validate_json(content)
    except ValidationError as error:
        raise_from(not_the_api(VENDOR), error)


def _reading(text: str, stop_reason: str | None, usage: _Usage | None) -> Reading:
    usage = usage or _Usage()
    cached = usage.cache_read_input_tokens or 0
    # Anthropic counts what its own cache served or kept apart from the rest of the input.
    apart = cached + (usage.cache_creation_input_tokens or 0)
    read = None if usage.input_tokens is None else usage.input_tokens + apart
    return Reading(text, _STOPS.get(stop_reason, "done"), read, usage.output_tokens, cached)


@contextmanager
def translated() -> Iterator[None]:
    """Turn whatever the SDK raises into our own kinds."""
    try:
        yield
    except anthropic.AnthropicError as error:
        raise_from(_kind(error), error)
    except httpx2.HTTPError as error:  # a stream that breaks off is not wrapped by the SDK
        raise_from(_transport(error), error)


def _kind(error: anthropic.AnthropicError) -> ModelError:
    match error:
        case anthropic.APIResponseValidationError():
            return ModelAnswerInvalid(f"{VENDOR}'s answer does not have the documented form.")
        case anthropic.RateLimitError() if error.error_code in _SPENT:
            return out_of_credit(VENDOR)
        case anthropic.APIStatusError() if error.status_code < 300:  # an error event within a stream
            return no_answer(VENDOR, "the answer broke off with an error")
        case anthropic.APIStatusError():
            return from_status(VENDOR, error.status_code, error.response.headers)
        case anthropic.APIConnectionError():
            return _transport(error.__cause__ or error)
        case anthropic.APIError() | anthropic.RetryableError():
            return no_answer(VENDOR, "the answer broke off with an error")
        case _:
            return ModelRejected(
                f"{VENDOR}'s client refused the request.", hint="Check the key and the settings."
            )


def _transport(error: BaseException) -> ModelError:
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
        return unreachable(VENDOR)
    timed_out = isinstance(error, httpx2.TimeoutException | anthropic.APITimeoutError)
    return no_answer(VENDOR, "no answer in time" if timed_out else "the connection dropped")
