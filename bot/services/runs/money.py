"""What calls of a run cost: set aside before, settled after, within a hard cap."""

from collections.abc import Mapping
from typing import Any

from bot.errors import BudgetReached
from bot.llm.text import TextProvider, TextReply, TextRequest, text_of

LONGEST = 1024  # tokens an answer is taken to have at most where the config does not say


class Purse:
    """The money of one run, in US dollars; ``spent`` is what it starts with."""

    def __init__(self, cap: float | None, spent: float = 0.0) -> None:
        self.cap = cap
        self.spent = spent
        self._reserved = 0.0

    def reserve(self, estimate: float) -> None:
        """Raises BudgetReached where the cap would be passed."""
        if self.cap is not None and self.spent + self._reserved + estimate > self.cap:
            raise BudgetReached(
                f"The next call may cost ${estimate:.4f}; ${self.spent + self._reserved:.4f} of the cap of "
                f"${self.cap:.2f} is spent or set aside.",
                hint="Raise the cap, run fewer cases, or take a cheaper model.",
            )
        self._reserved += estimate

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
