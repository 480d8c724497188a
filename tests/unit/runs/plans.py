"""Plans by hand, and a model that does what a test tells it to."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.experiments.cells import Arm, Case
from bot.domain.experiments.plan import ModelSpec, Plan, PlannedArm, Template
from bot.domain.scoring import Assertion
from bot.llm.text import TextReply, TextRequest
from bot.services.runs import Providers, Tries

Say = Callable[[TextRequest, int], Any]


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something that other tasks bring about."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110  a condition of the code under test, which sets no event
            await asyncio.sleep(0)


async def no_sleep(_seconds: float) -> None:
    """Retries without waiting."""


AT_ONCE = Tries(sleep=no_sleep, chance=lambda: 0.0)


class Model:
    """Answers with what ``say(request, nth try of its prompt)`` gives: a text, a reply, an error to raise."""

    price_at: tuple[str, str] | None = None

    def __init__(self, say: Say | None = None, *, lane: str = "model", leaves: bool = False) -> None:
        self.lane, self.leaves = lane, leaves
        self.asked: Counter[str] = Counter()
        self.requests: list[TextRequest] = []
        self.flying = self.most = 0
        self.gate: asyncio.Event | None = None
        self._say = say or (lambda request, _: request.prompt)

    def identity(self, request: TextRequest) -> Mapping[str, Any]:
        return {"lane": self.lane, "prompt": request.prompt}

    async def complete(self, request: TextRequest) -> TextReply:
        self.asked[request.prompt] += 1
        self.requests.append(request)
        self.flying += 1
        self.most = max(self.most, self.flying)
        try:
            if self.gate is not None:
                await self.gate.wait()
            await asyncio.sleep(0)
            said = self._say(request, self.asked[request.prompt])
        finally:
            self.flying -= 1
        if isinstance(said, Exception):
            raise said
        return said if isinstance(said, TextReply) else TextReply(said, 10, 5, cost=0.01, latency_ms=100.0)

    async def close(self) -> None:
        """Nothing is open."""

    @property
    def calls(self) -> int:
        return sum(self.asked.values())


def plan_of(cases: int = 6, arms: tuple[str, ...] = ("a", "b"), **rest: Any) -> Plan:
    """Prompts "a: text 0", "a: text 1" …; every output is to contain its number."""
    planned = tuple(
        PlannedArm(Arm(name, name, "model"), Template(name + ": {{q}}"), ModelSpec("model")) for name in arms
    )
    made = tuple(
        Case(f"c{i}", {"q": f"text {i}"}, (Assertion("contains", f"text {i}"),)) for i in range(cases)
    )
    return Plan(planned, made, **rest)


def all_by(model: Model, plan: Plan) -> Providers:
    return Providers({planned.arm.id: model for planned in plan.arms})
