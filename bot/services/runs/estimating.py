"""What a run would take and could show, before anything is spent."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.experiments.cells import CellKey
from bot.domain.experiments.plan import Plan
from bot.errors import InputError
from bot.llm.text import TextProvider, TextReply, TextRequest
from bot.services.runs.money import cost_of, highest_cost
from bot.services.runs.rendering import rendered
from bot.services.runs.values import Providers

SAMPLE = 40  # prompts per arm that are filled in to count their tokens
USUAL_ANSWER = 200  # tokens, for the lower figure
CALL_S = 2.0  # what a call usually takes, where nothing is known


@dataclass(frozen=True, slots=True)
class Estimate:
    """``calls`` that would be sent at most (cells that are there already not counted); ``cost_low`` and
    ``cost_high`` in US dollars for usual and for the longest answers, None where a price is not known;
    ``seconds`` by the concurrency and ``call_s`` per call; ``detectable`` the smallest difference of pass
    rates that so many cases show with power .8 (None: one arm, or none at all); ``sentence`` says it.
    """

    calls: int
    cost_low: float | None
    cost_high: float | None
    seconds: float
    detectable: float | None
    sentence: str


def estimate(
    plan: Plan, providers: Providers, *, done: Sequence[CellKey] = (), call_s: float = CALL_S
) -> Estimate:
    """Fills in a sample of the prompts; sends nothing."""
    there = set(done)
    idle = {case.id for case in plan.cases if case.refused or "providerOutput" in case.options}
    keys = [
        key
        for key in plan.cells()
        if key not in there and key.case not in idle and providers.of(key) is not None
    ]
    low, high = _cost(plan, providers, keys)
    detectable, sentence = _shows(plan)
    lanes: dict[str, int] = {}
    for key in keys:
        provider = providers.of(key)
        if provider is not None:
            lanes[provider.lane] = lanes.get(provider.lane, 0) + 1
    seconds = max((math.ceil(calls / plan.concurrency) * call_s for calls in lanes.values()), default=0.0)
    return Estimate(len(keys), low, high, seconds, detectable, sentence)


def _cost(plan: Plan, providers: Providers, keys: Sequence[CellKey]) -> tuple[float | None, float | None]:
    cases = {case.id: case for case in plan.cases}
    low = high = 0.0
    for planned in plan.arms:
        mine = [key for key in keys if key.arm == planned.arm.id]
        step = max(1, len(mine) // SAMPLE)
        prices = []
        for key in mine[::step]:
            provider = providers.of(key)
            try:
                request = rendered(planned.template, cases[key.case])
            except InputError:
                continue  # its cell will be an error and cost nothing
            if provider is not None:
                prices.append(_prices(provider, request, planned.model.config))
        if any(price is None for price in prices):
            return None, None
        known = [price for price in prices if price is not None]
        if known:
            low += len(mine) * sum(price[0] for price in known) / len(known)
            high += len(mine) * sum(price[1] for price in known) / len(known)
    return low, high


def _prices(
    provider: TextProvider, request: TextRequest, config: Mapping[str, Any]
) -> tuple[float, float] | None:
    """(usual, highest) dollars for a call, None where the price is not known."""
    if provider.price_at is None:
        return 0.0, 0.0
    usual, _ = cost_of(provider, request, TextReply("", None, USUAL_ANSWER))
    if usual is None:
        return None
    return usual, max(usual, highest_cost(provider, request, config))


def _shows(plan: Plan) -> tuple[float | None, str]:
    if len(plan.arms) < 2:
        return None, ""
    from bot.domain.experiments.sizes import advise

    size = advise(len(plan.cases), candidates=len(plan.arms) - 1)
    return size.detectable, size.sentence
