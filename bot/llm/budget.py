"""A hard cap on spending: the estimate is reserved before a call, the cost settled after."""

import itertools
from typing import Protocol

from bot.errors import BudgetReached


class Budget(Protocol):
    """Money for model calls, in US dollars. Where processes share a cap, ``reserve`` is one transaction."""

    async def reserve(self, model: str, prompt: str, estimate: float) -> int:
        """Set money aside; returns the id of the call. Raises BudgetReached when the cap would be passed."""
        ...

    async def settle(self, call: int, cost: float, input_tokens: int, output_tokens: int) -> None:
        """Put the real cost in place of what was set aside."""
        ...


class MemoryBudget:
    """A cap within one process."""

    def __init__(self, cap: float) -> None:
        self.cap = cap
        self._calls = itertools.count(1)
        self._reserved: dict[int, float] = {}
        self._settled = 0.0

    @property
    def spent(self) -> float:
        """Settled costs and open reservations."""
        return self._settled + sum(self._reserved.values())

    async def reserve(self, model: str, prompt: str, estimate: float) -> int:
        if self.spent + estimate > self.cap:
            raise budget_reached(model, estimate, self.spent, self.cap)
        call = next(self._calls)
        self._reserved[call] = estimate
        return call

    async def settle(self, call: int, cost: float, input_tokens: int, output_tokens: int) -> None:
        del self._reserved[call]
        self._settled += cost


def budget_reached(model: str, estimate: float, spent: float, cap: float) -> BudgetReached:
    """The one sentence for a cap, whoever keeps the money."""
    return BudgetReached(
        f"The next call to {model} may cost ${estimate:.4f}; ${spent:.4f} of the cap of ${cap:.2f} is spent.",
        hint="Raise PLUMB_SPEND_CAP_USD, draft fewer stories, or take a cheaper model.",
    )
