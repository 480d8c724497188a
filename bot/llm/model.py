"""A provider with its guards on: redaction, cache, concurrency, retries, time limit, budget, schema."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from bot.errors import ModelAnswerInvalid, ModelError, ModelRefused, ModelTruncated
from bot.llm.budget import Budget, MemoryBudget
from bot.llm.cache import MemoryCache, ResponseCache, cache_key
from bot.llm.failures import NO_ANSWER, no_answer
from bot.llm.prices import Prices, count_tokens, request_tokens
from bot.llm.retry import Retry
from bot.llm.traffic import Redact, Traffic, nothing, redacted
from bot.llm.wire import OnDelta, Provider, Reading
from bot.ports import Answer, ModelReply, ModelRequest


@dataclass(frozen=True, slots=True)
class Guards:
    """What stands between a caller and a provider. ``timeout`` in seconds for one try, to its last byte.

    ``redact_calls`` runs over what goes out and what comes back; ``redact_shown`` over the traffic shown. The
    former should take structured types only: a guess at a name or address would eat into sentences.
    """

    redact_calls: Redact
    redact_shown: Redact
    cache: ResponseCache = field(default_factory=MemoryCache)
    budget: Budget = field(default_factory=lambda: MemoryBudget(0.0))
    retry: Retry = field(default_factory=Retry)
    on_traffic: Traffic = nothing
    timeout: float = 60.0
    concurrency: int = 4
    timer: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True)
class _Call:
    """A reading with what it took."""

    reading: Reading
    input_tokens: int
    output_tokens: int
    cost: float | None
    latency_ms: float


class GuardedModel:
    """A ``LanguageModel``: every call goes through all guards, whichever provider answers."""

    def __init__(self, provider: Provider, guards: Guards) -> None:
        self._provider = provider
        self._guards = guards
        self._prices = Prices.of(provider)
        self._slots = asyncio.Semaphore(guards.concurrency)

    @property
    def name(self) -> str:
        return f"{self._provider.vendor}:{self._provider.model}"

    def estimate(self, request: ModelRequest[Answer]) -> float | None:
        """Dollars if the answer uses all its tokens, None where the price is not known."""
        return self._prices.cost(request_tokens(request), request.max_output_tokens)

    def highest(self, request: ModelRequest[Answer]) -> float:
        """Dollars to hold against a cap: as ``estimate``, and an assumed price where none is known."""
        return self._prices.counted(request_tokens(request), request.max_output_tokens)

    async def complete(self, request: ModelRequest[Answer]) -> ModelReply[Answer]:
        return await self._ask(request, None)

    async def stream(self, request: ModelRequest[Answer], on_delta: OnDelta) -> ModelReply[Answer]:
        """As ``complete``, handing on the pieces as they come: unchecked, for timing and progress only.

        A stream that broke after its first piece is not tried again. An answer from the cache comes whole.
        """
        return await self._ask(request, on_delta)

    async def close(self) -> None:
        await self._provider.close()

    async def _ask(self, request: ModelRequest[Answer], on_delta: OnDelta | None) -> ModelReply[Answer]:
        guards = self._guards
        # Line by line, as the tickets were: across lines a fence would look like part of an address.
        lines = request.user.split("\n")
        request = replace(request, user="\n".join(guards.redact_calls(line) for line in lines))
        key = cache_key(self._provider, request)
        kept = await guards.cache.get(key)
        if kept is not None and (reply := self._from_cache(kept, request)):
            return reply
        self._show("request", request, system=request.system, user=request.user)
        pieces = _Pieces(on_delta)
        try:
            async with self._slots:
                call = await guards.retry.run(
                    lambda: self._attempt(request, pieces if on_delta else None), lambda: not pieces.any
                )
            answer = _answer(call.reading, request, guards.redact_calls)
        except ModelError as error:
            self._show("failure", request, code=error.code, message=error.message)
            raise
        reply = ModelReply(
            answer, self.name, call.input_tokens, call.output_tokens, call.cost, call.latency_ms
        )
        await guards.cache.put(key, _kept(reply))
        return reply

    async def _attempt(self, request: ModelRequest[Answer], on_delta: OnDelta | None) -> _Call:
        """One try, with money set aside before. What may have been billed stays counted at its estimate."""
        guards = self._guards
        estimate = self.highest(request)
        reserved = await guards.budget.reserve(self.name, request.prompt, estimate)
        spent, tokens = estimate, (0, 0)
        try:
            call = await self._send(request, on_delta)
            tokens = (call.input_tokens, call.output_tokens)
            spent = self._prices.counted(*tokens, call.reading.cached_tokens)
        except ModelError as error:
            spent = estimate if error.code == NO_ANSWER else 0.0
            raise
        finally:
            await guards.budget.settle(reserved, spent, *tokens)
        return call

    async def _send(self, request: ModelRequest[Answer], on_delta: OnDelta | None) -> _Call:
        started = self._guards.timer()
        try:
            async with asyncio.timeout(self._guards.timeout):
                reading = await self._provider.send(request, on_delta)
        except TimeoutError:
            raise no_answer(self._provider.vendor, "no answer in time") from None
        latency = (self._guards.timer() - started) * 1000
        read, written = reading.input_tokens, reading.output_tokens
        read = request_tokens(request) if read is None else read
        written = count_tokens(reading.text) if written is None else written
        cost = self._prices.cost(read, written, reading.cached_tokens)
        self._show(
            "response", request, text=reading.text, stop=reading.stop, input_tokens=read,
            output_tokens=written, counted_here=reading.output_tokens is None, cost=cost, latency_ms=latency,
        )  # fmt: skip
        return _Call(reading, read, written, cost, latency)

    def _from_cache(self, kept: bytes, request: ModelRequest[Answer]) -> ModelReply[Answer] | None:
        entry = json.loads(kept)
        try:
            answer = request.answers.model_validate(entry["answer"])
        except ValidationError:  # a rule that the schema does not show has become stricter since
            return None
        self._show("cached", request, answer=entry["answer"])
        tokens = entry["input_tokens"], entry["output_tokens"]
        return ModelReply(answer, self.name, *tokens, cost=0.0, latency_ms=0.0, cached=True)

    def _show(self, event: str, request: ModelRequest[Answer], **values: Any) -> None:
        if self._guards.on_traffic is nothing:
            return
        said = redacted(values, self._guards.redact_shown)
        self._guards.on_traffic({"event": event, "model": self.name, "prompt": request.prompt, **said})


class _Pieces:
    """Hands on pieces of a stream and remembers whether there were any."""

    def __init__(self, on_delta: OnDelta | None) -> None:
        self._on_delta = on_delta
        self.any = False

    def __call__(self, text: str) -> None:
        self.any = True
        if self._on_delta is not None:
            self._on_delta(text)


class _NoNumber(Exception):
    """NaN or an infinity, which Python reads and JSON does not have."""


def _no_number(name: str) -> float:
    raise _NoNumber(name)


def _answer(reading: Reading, request: ModelRequest[Answer], redact: Redact) -> Answer:
    """The checked answer. Redacted value by value once decoded: escapes in JSON would hide an address."""
    if reading.stop == "refused":
        raise ModelRefused("The model declined to answer.", hint="Draft this one without a model.")
    if reading.stop == "truncated":
        raise ModelTruncated(
            f"The answer was longer than {request.max_output_tokens} tokens and was cut off.",
            hint="Draft from fewer tickets.",
        )
    try:
        said = json.loads(reading.text, parse_constant=_no_number)
        return request.answers.model_validate(redacted(said, redact))
    except (json.JSONDecodeError, RecursionError, _NoNumber):
        raise ModelAnswerInvalid("The model's answer is not JSON.") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        # The name of a key that is not in the schema is the model's own words.
        known = first["loc"][:-1] if first["type"] == "extra_forbidden" else first["loc"]
        where = ".".join(str(part) for part in known)
        raise ModelAnswerInvalid(
            f"The model's answer does not fit its schema at {where or 'the top'}: {first['msg']}.",
            field=where,
        ) from None


def _kept(reply: ModelReply[Answer]) -> bytes:
    entry = {
        "answer": reply.answer.model_dump(mode="json"),
        "input_tokens": reply.input_tokens,
        "output_tokens": reply.output_tokens,
    }
    return json.dumps(entry).encode()
