"""One cell's call: from the cache or the provider, in its lane, with money set aside, tried again."""

import asyncio
import hashlib
import json
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.experiments.cells import CellKey
from bot.domain.experiments.plan import ModelSpec
from bot.errors import ModelError, ModelRateLimited, ModelUnavailable
from bot.llm.failures import NO_ANSWER
from bot.llm.text import TextProvider, TextReply, TextRequest
from bot.services.runs.lanes import Lane, place
from bot.services.runs.money import Purse, cost_of, highest_cost

FORM = 1  # of what the cache keeps; raise it to forget all older entries


@dataclass(frozen=True, slots=True)
class Tries:
    """How often a call is sent. Failures that pass with time are tried again after .5, 1, 2 … seconds, each
    cut by up to half at random; a 429 when the provider says, else likewise. Longer waits than ``patience_s``
    are not waited."""

    unavailable: int = 4
    limited: int = 10
    longest_s: float = 8.0
    patience_s: float = 120.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random

    def wait(self, tried: int) -> float:
        return min(self.longest_s, 0.5 * 2.0 ** (tried - 1)) * (1 - self.chance() / 2)


@dataclass(slots=True)
class Caller:
    """Sends the calls of one run. ``answer`` looks into the cache, None: there is none."""

    purse: Purse
    answer: Callable[[str], Awaitable[bytes | None]] | None
    tries: Tries = field(default_factory=Tries)
    calls: int = 0

    async def reply(
        self, key: CellKey, spec: ModelSpec, provider: TextProvider, lane: Lane, request: TextRequest
    ) -> tuple[TextReply, str, bool]:
        """(reply, its key in the cache or "", whether it comes from there). Raises ModelError."""
        kept_as = "" if self.answer is None else answer_key(provider, request, key.repeat)
        if self.answer is not None and kept_as:
            kept = await self.answer(kept_as)
            if kept is not None and (reply := _read(kept)) is not None:
                return reply, kept_as, True
        return await self._call(spec, provider, lane, request), kept_as, False

    async def _call(
        self, spec: ModelSpec, provider: TextProvider, lane: Lane, request: TextRequest
    ) -> TextReply:
        limited = unavailable = 0
        while True:
            call = await lane.enter()
            with place(lane):
                try:
                    reply = await self._paid(spec, provider, request)
                except ModelRateLimited as error:
                    limited += 1
                    wait = self.tries.wait(limited) if error.retry_after is None else error.retry_after
                    lane.refused(call, min(wait, self.tries.patience_s))
                    if limited >= self.tries.limited or wait > self.tries.patience_s:
                        raise
                    continue
                except ModelUnavailable as error:
                    unavailable += 1
                    wait = self.tries.wait(unavailable) if error.retry_after is None else error.retry_after
                    if unavailable >= self.tries.unavailable or wait > self.tries.patience_s:
                        raise
                else:
                    lane.went_well()
                    if reply.hold_s:
                        lane.hold(min(reply.hold_s, self.tries.patience_s))
                    if spec.delay_ms:
                        await self.tries.sleep(spec.delay_ms / 1000)
                    return reply
            await self.tries.sleep(wait)

    async def _paid(self, spec: ModelSpec, provider: TextProvider, request: TextRequest) -> TextReply:
        """One try, its money set aside before. What may have been billed stays counted at its estimate."""
        estimate = highest_cost(provider, request, spec.config) if self.purse.limited else 0.0
        await self.purse.reserve(estimate)
        counted = estimate  # also where the call is given up halfway
        self.calls += 1
        try:
            reply = await provider.complete(request)
            cost, counted = cost_of(provider, request, reply)
            return replace(reply, cost=cost)
        except ModelError as error:
            counted = estimate if error.code == NO_ANSWER else 0.0
            raise
        finally:
            self.purse.settle(estimate, counted)


def answer_key(provider: TextProvider, request: TextRequest, repeat: int) -> str:
    """sha256 over all that decides an answer, and the repeat: another one asks anew. "": not to be kept."""
    identity = provider.identity(request)
    if not identity:
        return ""
    parts = [FORM, identity, request.log_probs, repeat]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def kept_form(reply: TextReply) -> bytes:
    """A reply as the cache keeps it: what was said and what it took, not how long."""
    kept: Mapping[str, Any] = {
        "value": reply.value,
        "input_tokens": reply.input_tokens,
        "output_tokens": reply.output_tokens,
        "cached_tokens": reply.cached_tokens,
        "finish_reason": reply.finish_reason,
        "log_probs": reply.log_probs,
    }
    return json.dumps(kept).encode()


def _read(kept: bytes) -> TextReply | None:
    try:
        entry = json.loads(kept)
        log_probs = entry.pop("log_probs")
        return TextReply(cost=0.0, log_probs=None if log_probs is None else tuple(log_probs), **entry)
    except (ValueError, TypeError, KeyError):
        return None
