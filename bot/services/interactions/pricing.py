"""What a product's call cost, where it says how many tokens it took but not what they cost."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.domain.interactions import Interaction

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Rates:
    """US dollars per million tokens, as long as a call has no more than ``until`` input tokens."""

    input: float
    output: float
    until: float


def cost_of(interaction: Interaction) -> float | None:
    """As it was sent; else by the price table that ships with genai-prices; None where that does not say."""
    if interaction.cost is not None:
        return interaction.cost
    asked, answered = interaction.input_tokens, interaction.output_tokens
    if not interaction.model or asked is None or answered is None:
        return None
    model = interaction.model.removeprefix("openai:").removeprefix("anthropic:")  # as we write them ourselves
    rates = _rates(model)
    if rates is None:
        return None
    if asked <= rates.until:
        return (asked * rates.input + answered * rates.output) / MILLION
    return _looked_up(model, asked, answered)


@lru_cache(maxsize=1024)
def _rates(model: str) -> Rates | None:
    """A look into the table takes a sixth of a millisecond; its rates are the same for nearly every call."""
    from genai_prices import Usage, calc_price

    try:
        prices = calc_price(Usage(input_tokens=1, output_tokens=1), model).model_price
    except LookupError:
        return None
    (asked, first), (answered, second) = _rate(prices.input_mtok), _rate(prices.output_mtok)
    return Rates(asked, answered, min(first, second))


def _rate(price: Any) -> tuple[float, float]:
    """A price per million, and how many input tokens it holds for."""
    if price is None:
        return 0.0, 0.0
    tiers = getattr(price, "tiers", None)
    if tiers is None:
        return float(price), float("inf")
    return float(price.base), min((tier.start for tier in tiers), default=float("inf"))


def _looked_up(model: str, asked: int, answered: int) -> float | None:
    from genai_prices import Usage, calc_price

    return float(calc_price(Usage(input_tokens=asked, output_tokens=answered), model).total_price)
