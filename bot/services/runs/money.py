"""What calls of a run cost: set aside before, settled after, within the run's cap and the team's daily."""

import asyncio
from collections.abc import Mapping
from typing import Any, Protocol

from bot.errors import BudgetReached
from bot.llm.text import TextProvider, TextReply, TextRequest, text_of

LONGEST = 1024  # tokens an answer is taken to have at most where the config does not say


BLOCK = (
    0.25  # US dollars that a run takes from the team's day at once, so that not every call is a transaction
)


class Ledger(Protocol):
    """The money of a team's day, in US dollars, shared by all processes on its database."""

    async def reserve(self, amount: float) -> None:
        """One transaction. Raises BudgetReached where the day's cap would be passed."""
        ...

    async def settle(self, spent: float) -> None:
        """Put what was spent in place of all that was reserved."""
        ...


class Purse:
    """The money of one run, in US dollars; ``spent`` is what it starts with. What ``ledger`` grants is taken
    in blocks and given back by ``close``."""

    def __init__(self, cap: float | None, spent: float = 0.0, ledger: Ledger | None = None) -> None:
        self.cap = cap
        self.spent = spent
        self._began_with = spent
        self._reserved = 0.0
        self._ledger = ledger
        self._granted = 0.0
        self._asking = asyncio.Lock()

    @property
    def limited(self) -> bool:
        """Whether calls have to be estimated at all."""
        return self.cap is not None or self._ledger is not None

    async def reserve(self, estimate: float) -> None:
        """Raises BudgetReached where a cap would be passed."""
        if self.cap is not None and self.spent + self._reserved + estimate > self.cap:
            raise BudgetReached(
                f"The next call may cost ${estimate:.4f}; ${self.spent + self._reserved:.4f} of the cap of "
                f"${self.cap:.2f} is spent or set aside.",
                hint="Raise the cap, run fewer cases, or take a cheaper model.",
            )
        self._reserved += estimate
        try:
            await self._be_granted()
        except BaseException:
            self._reserved -= estimate
            raise

    async def _be_granted(self) -> None:
        """Take from the day what this run may spend by now and has not been granted."""
        if self._ledger is None or self._lacking() <= 0:
            return
        async with self._asking:
            lacking = self._lacking()
            if lacking <= 0:
                return
            wanted = max(lacking, BLOCK)
            try:
                await self._ledger.reserve(wanted)
            except BudgetReached:
                if wanted == lacking:
                    raise
                wanted = lacking  # what is left of the day may do for this call
                await self._ledger.reserve(wanted)
            self._granted += wanted

    def _lacking(self) -> float:
        return self.spent - self._began_with + self._reserved - self._granted

    async def close(self) -> None:
        """Give back to the day what was not spent."""
        if self._ledger is not None and self._granted:
            await self._ledger.settle(self.spent - self._began_with)

    def settle(self, estimate: float, cost: float) -> None:
        self._reserved -= estimate
        self.spent += cost


def highest_cost(provider: TextProvider, request: TextRequest, config: Mapping[str, Any]) -> float:
    """Dollars to set aside for a call: its prompt counted rather too high, and the longest answer."""
    if provider.price_at is None:
        return 0.0
    from bot.llm.prices import Prices, count_tokens

    asked = {**config, **request.config}
    longest = asked.get("max_tokens") or asked.get("max_completion_tokens") or LONGEST
    read = sum(count_tokens(text_of(message.get("content") or "")) + 4 for message in request.messages)
    vendor, model = provider.price_at
    return Prices(vendor, model).counted(read, int(longest))


def cost_of(provider: TextProvider, request: TextRequest, reply: TextReply) -> tuple[float | None, float]:
    """(what the call cost, None where no price is known; what of it counts against a cap)."""
    if reply.cost is not None or provider.price_at is None:
        return reply.cost, reply.cost or 0.0
    from bot.llm.prices import Prices, count_tokens

    vendor, model = provider.price_at
    prices = Prices(vendor, model)
    read, written = reply.input_tokens, reply.output_tokens
    read = count_tokens(request.prompt) if read is None else read
    written = count_tokens(text_of(reply.value)) if written is None else written
    return prices.cost(read, written, reply.cached_tokens), prices.counted(read, written, reply.cached_tokens)
