"""OpenAI, and every server that speaks its chat completions.

Chat completions rather than the Responses API, because most compatible servers know only the former. The
SDK itself turns the pydantic model into a strict schema, the same that its ``parse`` sends; ``parse`` is not
used, because it raises before the token counts of a truncated or broken answer can be read.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import openai
from openai.types.chat import ChatCompletionMessageParam
from openai.types.shared_params import ResponseFormatJSONSchema
from pydantic import BaseModel, Field, ValidationError

from bot.errors import ModelAnswerInvalid, ModelError, ModelRefused, ModelRejected, ModelTruncated
from bot.llm.failures import from_status, no_answer, not_the_api, out_of_credit, raise_from, unreachable
from bot.llm.urls import check_base_url
from bot.llm.wire import Access, OnDelta, Reading, Stop, key_for
from bot.ports import Answer, ModelRequest

DEFAULT_URL = "https://api.openai.com/v1"
VENDOR = "OpenAI"
_STOPS: dict[str | None, Stop] = {"length": "truncated", "content_filter": "refused"}


class _Details(BaseModel):
    cached_tokens: int | None = None


class _Usage(BaseModel):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    prompt_tokens_details: _Details | None = None


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    """What we need of an answer; compatible servers leave out much of the rest."""

    choices: list[_Choice] = Field(min_length=1)
    usage: _Usage | None = None


class OpenAIProvider:
    """One model by its name at ``base_url`` ("" for OpenAI itself); ``timeout`` in seconds per read."""

    vendor = "openai"

    def __init__(self, model: str, *, api_key: str, base_url: str = "", timeout: float = 60.0) -> None:
        self.model = model
        self.base_url = base_url
        self._client = openai.AsyncOpenAI(
            api_key=api_key,
            # Always given, so that OPENAI_BASE_URL in the environment cannot pass by the allow-list.
            base_url=base_url or DEFAULT_URL,
            timeout=timeout,
            max_retries=0,
            http_client=openai.DefaultAsyncHttpxClient(follow_redirects=False, timeout=timeout),
        )

    async def send(self, request: ModelRequest[Answer], on_delta: OnDelta | None = None) -> Reading:
        with translated():
            return await (self._stream(request, on_delta) if on_delta else self._whole(request))

    async def close(self) -> None:
        await self._client.close()

    async def _whole(self, request: ModelRequest[Answer]) -> Reading:
        ours, theirs = self._limits(request)
        response = await self._client.chat.completions.with_raw_response.create(
            model=self.model,
            messages=_messages(request),
            response_format=_format(request),
            max_completion_tokens=ours,
            max_tokens=theirs,
        )
        completion = _completion(response.http_response.content)
        choice = completion.choices[0]
        stop = "refused" if choice.message.refusal else _STOPS.get(choice.finish_reason, "done")
        return _reading(choice.message.content or "", stop, completion.usage)

    async def _stream(self, request: ModelRequest[Answer], on_delta: OnDelta) -> Reading:
        ours, theirs = self._limits(request)
        pieces: list[str] = []
        finish, refused, usage = "", False, None
        chunks = await self._client.chat.completions.create(
            model=self.model,
            messages=_messages(request),
            response_format=_format(request),
            max_completion_tokens=ours,
            max_tokens=theirs,
            stream=True,
            stream_options={"include_usage": True},
        )
        async with chunks:
            async for chunk in chunks:
                usage = chunk.usage or usage  # in a chunk of its own, after the last choice
                for choice in chunk.choices:
                    finish = choice.finish_reason or finish
                    refused = refused or bool(choice.delta.refusal)
                    if choice.delta.content:
                        pieces.append(choice.delta.content)
                        on_delta(choice.delta.content)
        if not finish:
            raise no_answer(VENDOR, "the answer broke off")
        counted = None if usage is None else _Usage.model_validate(usage, from_attributes=True)
        return _reading("".join(pieces), "refused" if refused else _STOPS.get(finish, "done"), counted)

    def _limits(self, request: ModelRequest[Answer]) -> tuple[int | openai.Omit, int | openai.Omit]:
        """(max_completion_tokens, max_tokens): OpenAI knows the former only, most others only the latter."""
        if self.base_url:
            return openai.omit, request.max_output_tokens
        return request.max_output_tokens, openai.omit


def open_provider(model: str, access: Access) -> OpenAIProvider:
    """Raises SettingsError without a key, or where the base URL may not be used."""
    named = access.base_urls.get("openai", "")
    base_url = check_base_url(named, access.allowed_base_urls) if named else ""
    key = key_for("openai", access, base_url)
    return OpenAIProvider(model, api_key=key, base_url=base_url, timeout=access.timeout)


def _format(request: ModelRequest[Answer]) -> ResponseFormatJSONSchema:
    schema = openai.pydantic_function_tool(request.answers)["function"]["parameters"]
    name = request.answers.__name__
    return {"type": "json_schema", "json_schema": {"name": name, "schema": schema, "strict": True}}


def _messages(request: ModelRequest[Answer]) -> list[ChatCompletionMessageParam]:
    return [{"role": "system", "content": request.system}, {"role": "user", "content": request.user}]


def _completion(content: bytes) -> _Completion:
    try:
        return _Completion.model_validate_json(content)
    except ValidationError as error:
        raise_from(not_the_api(VENDOR), error)


def _reading(text: str, stop: Stop, usage: _Usage | None) -> Reading:
    if usage is None:
        return Reading(text, stop)
    details = usage.prompt_tokens_details
    cached = (details.cached_tokens if details else 0) or 0
    return Reading(text, stop, usage.prompt_tokens, usage.completion_tokens, cached)


@contextmanager
def translated() -> Iterator[None]:
    """Turn whatever the SDK raises into our own kinds."""
    try:
        yield
    except openai.OpenAIError as error:
        raise_from(_kind(error), error)
    except httpx2.HTTPError as error:  # a stream that breaks off is not wrapped by the SDK
        raise_from(_transport(error), error)


def _kind(error: openai.OpenAIError) -> ModelError:
    match error:
        case openai.LengthFinishReasonError():
            return ModelTruncated(f"{VENDOR}'s answer hit its token limit.")
        case openai.ContentFilterFinishReasonError():
            return ModelRefused(f"{VENDOR} filtered the answer.")
        case openai.APIResponseValidationError():
            return ModelAnswerInvalid(f"{VENDOR}'s answer does not have the documented form.")
        case openai.RateLimitError(code="insufficient_quota"):
            return out_of_credit(VENDOR)
        case openai.APIStatusError():
            return from_status(VENDOR, error.status_code, error.response.headers)
        case openai.APIConnectionError():
            return _transport(error.__cause__ or error)
        case openai.APIError():  # an error event within a stream
            return no_answer(VENDOR, "the answer broke off with an error")
        case _:
            return ModelRejected(
                f"{VENDOR}'s client refused the request.", hint="Check the key and the settings."
            )


def _transport(error: BaseException) -> ModelError:
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
        return unreachable(VENDOR)
    timed_out = isinstance(error, httpx2.TimeoutException | openai.APITimeoutError)
    return no_answer(VENDOR, "no answer in time" if timed_out else "the connection dropped")
