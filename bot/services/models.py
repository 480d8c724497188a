"""What model calls keep in the store: money reserved and settled, answers by request."""

from datetime import datetime

from bot.llm.budget import budget_reached
from bot.ports import Clock
from bot.store import Store


class StoredBudget:
    """A cap on what is spent since ``since``, shared by every process on the same database."""

    def __init__(self, store: Store, clock: Clock, cap: float, since: datetime) -> None:
        self._store = store
        self._clock = clock
        self._cap = cap
        self._since = since

    async def reserve(self, model: str, prompt: str, estimate: float) -> int:
        async with self._store.write() as unit:
            spent = await unit.spending.spent_since(self._since)
            if spent + estimate > self._cap:
                raise budget_reached(model, estimate, spent, self._cap)
            return await unit.spending.reserve(model, prompt, estimate, self._clock.now())

    async def settle(self, call: int, cost: float, input_tokens: int, output_tokens: int) -> None:
        async with self._store.write() as unit:
            await unit.spending.settle(call, cost, input_tokens, output_tokens)


class StoredCache:
    """Validated answers, kept in the database."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def get(self, key: str) -> bytes | None:
        async with self._store.read() as unit:
            return await unit.responses.get(key)

    async def put(self, key: str, response: bytes) -> None:
        async with self._store.write() as unit:
            await unit.responses.put(key, response, self._clock.now())
