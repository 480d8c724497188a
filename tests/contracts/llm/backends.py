"""One way to ask for a behaviour of each provider, so that one suite runs over all."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from bot.llm import Access, GuardedModel, Guards, MemoryBudget, Retry, open_model
from bot.llm.failures import from_status, no_answer, not_the_api
from bot.llm.scripted import Said, ScriptedProvider, Step
from bot.llm.wire import Reading
from bot.ports import ModelRequest
from tests.contracts.llm.servers import (
    INPUT_TOKENS,
    OUTPUT_TOKENS,
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


class Mood(BaseModel):
    """The answer that the suite asks for."""

    model_config = ConfigDict(extra="forbid")

    mood: Literal["calm", "cross"]
    reasons: list[str] = Field(max_length=3)


GOOD = '{"mood": "cross", "reasons": ["waited a week", "no answer"]}'
REQUEST = ModelRequest(
    system="Say the mood.", user="Where is my card?", answers=Mood, max_output_tokens=500, prompt="mood@1"
)


@dataclass
class Watch:
    """What the guards did: seconds slept, records shown."""

    slept: list[float] = field(default_factory=list)
    shown: list[dict[str, Any]] = field(default_factory=list)
    budget: MemoryBudget = field(default_factory=lambda: MemoryBudget(10.0))

    def guards(self, **changes: Any) -> Guards:
        async def sleep(seconds: float) -> None:
            self.slept.append(seconds)

        values: dict[str, Any] = {
            "redact_calls": lambda text: text,
            "redact_shown": lambda text: text,
            "budget": self.budget,
            "retry": Retry(sleep=sleep, chance=lambda: 0.0),
            "on_traffic": self.shown.append,
            "timeout": 5.0,
        }
        return Guards(**{**values, **changes})


class Backend:
    """A provider that plays behaviours; ``calls`` counts requests, ``priced`` whether its price is known."""

    priced = True

    def __init__(self, stack: AsyncExitStack, patch: pytest.MonkeyPatch) -> None:
        self._stack = stack
        self._patch = patch
        self.watch = Watch()

    async def model(self, behaviours: Iterable[Behaviour], **guards: Any) -> GuardedModel:
        raise NotImplementedError

    @property
    def calls(self) -> int:
        raise NotImplementedError


class ServerBackend(Backend):
    """The real SDK against a local server in the vendor's place."""

    name = ""
    adapter = ""
    path = ""
    server_class: type[WireServer]

    async def model(self, behaviours: Iterable[Behaviour], **guards: Any) -> GuardedModel:
        self.server = self.server_class(behaviours)
        origin = await self._stack.enter_async_context(serving(self.server))
        self._patch.setattr(self.adapter, origin + self.path)
        access = Access(api_keys={"openai": "sk-test", "anthropic": "sk-ant-test"}, timeout=5.0)
        model = open_model(self.name, access, self.watch.guards(**guards))
        self._stack.push_async_callback(model.close)
        return model

    @property
    def calls(self) -> int:
        return len(self.server.bodies)


class OpenAIBackend(ServerBackend):
    name = "openai:gpt-4o-mini"
    adapter = "bot.llm.openai.DEFAULT_URL"
    path = "/v1"
    server_class = OpenAIServer
    cost = (INPUT_TOKENS * 0.15 + OUTPUT_TOKENS * 0.60) / 1_000_000


class AnthropicBackend(ServerBackend):
    name = "anthropic:claude-haiku-4-5"
    adapter = "bot.llm.anthropic.DEFAULT_URL"
    server_class = AnthropicServer
    cost = (INPUT_TOKENS * 1.00 + OUTPUT_TOKENS * 5.00) / 1_000_000


class ScriptedBackend(Backend):
    name = "scripted:script"
    priced = False
    cost = 0.0

    async def model(self, behaviours: Iterable[Behaviour], **guards: Any) -> GuardedModel:
        self.provider = ScriptedProvider(_steps(behaviours))
        return GuardedModel(self.provider, self.watch.guards(**guards))

    @property
    def calls(self) -> int:
        return len(self.provider.requests)


BACKENDS: dict[str, Callable[[AsyncExitStack, pytest.MonkeyPatch], Backend]] = {
    "openai": OpenAIBackend,
    "anthropic": AnthropicBackend,
    "scripted": ScriptedBackend,
}


def _steps(behaviours: Iterable[Behaviour]) -> Iterator[Step]:
    async def hang(_request: ModelRequest[Any]) -> Said:
        await asyncio.Event().wait()
        raise AssertionError

    for behaviour in behaviours:
        match behaviour:
            case Say():
                tokens = (INPUT_TOKENS, OUTPUT_TOKENS) if behaviour.usage else (None, None)
                yield Reading(behaviour.text, behaviour.stop, *tokens)
            case Fail():
                yield from_status("Script", behaviour.status, behaviour.headers)
            case Drop():
                yield no_answer("Script", "the connection dropped")
            case Plain():
                yield not_the_api("Script")
            case Hang():
                yield hang
