"""Quality, time and cost together: who is beaten in all three, and the cheapest that is good enough."""

from collections.abc import Sequence

from bot.domain.experiments.results import ArmSummary, Comparison, FrontierPoint


def frontier(arms: Sequence[ArmSummary]) -> tuple[FrontierPoint, ...]:
    """Every arm that has a score, best first; on values as seen, not as proven."""
    scored = [(arm, arm.value) for arm in arms if arm.value is not None]
    ranked = sorted(scored, key=lambda both: (-both[1], both[0].cost_per_1000 or 0.0, both[0].arm))
    return tuple(
        FrontierPoint(
            arm.arm,
            value,
            arm.cost_per_1000,
            arm.p50_ms,
            tuple(other.arm for other, _ in ranked if _beats(other, arm)),
        )
        for arm, value in ranked
    )


def _beats(one: ArmSummary, other: ArmSummary) -> bool:
    pairs = [
        (one.value, other.value, 1),
        (one.cost_per_1000, other.cost_per_1000, -1),
        (one.p50_ms, other.p50_ms, -1),
    ]
    gains = [sign * (a - b) for a, b, sign in pairs if a is not None and b is not None]
    return all(gain >= 0 for gain in gains) and any(gain > 0 for gain in gains)


def cheapest_within_margin(
    arms: Sequence[ArmSummary], comparisons: Sequence[Comparison], baseline: str, margin: float
) -> str | None:
    """The arm that costs least among the baseline and those shown to be worse by less than the margin.

    None where the baseline's cost is not known.
    """
    close = {baseline} | {
        each.candidate for each in comparisons if each.interval and each.interval.low > -margin
    }
    costs = {arm.arm: arm.cost_per_1000 for arm in arms if arm.arm in close and arm.cost_per_1000 is not None}
    if baseline not in costs:
        return None
    return min(costs, key=lambda arm: (costs[arm], arm != baseline))
