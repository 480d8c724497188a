"""Arms, comparisons and verdicts as plain data for machines, the same wherever they are printed."""

from dataclasses import asdict
from typing import Any

from bot.domain.experiments.cells import Cell
from bot.domain.experiments.preference import Preference
from bot.domain.experiments.results import ArmSummary, Comparison, Interval, Ratio, Verdict


def arm_facts(arm: ArmSummary) -> dict[str, Any]:
    return {
        "arm": arm.arm,
        "measure": arm.measure,
        "n": arm.n,
        "value": arm.value,
        "interval": limits(arm.interval),
        "errors": arm.errors,
        "flaky": arm.flaky,
        "pass_hat_k": arm.pass_hat_k,
        "pass_at_k": arm.pass_at_k,
        "cost_per_1000": arm.cost_per_1000,
        "p50_ms": arm.p50_ms,
        "p95_ms": arm.p95_ms,
        "first_token_ms": arm.first_token_ms,
        "named_scores": dict(arm.named),
    }


def comparison_facts(one: Comparison) -> dict[str, Any]:
    return {
        "baseline": one.baseline,
        "candidate": one.candidate,
        "measure": one.measure,
        "n": one.n,
        "clusters": one.clusters,
        "difference": one.difference,
        "interval": limits(one.interval),
        "level": one.interval.level if one.interval else None,
        "p": one.p,
        "p_adjusted": one.p_adjusted,
        "wins": one.wins,
        "losses": one.losses,
        "ties": one.ties,
        "e_value": one.e_value,
        "excluded": one.excluded,
        "if_errors_fail": one.if_errors_fail,
        "detectable": one.detectable,
        "cost": _ratio(one.cost),
        "latency": _ratio(one.latency),
    }


def verdict_facts(one: Verdict) -> dict[str, Any]:
    return {
        "candidate": one.candidate,
        "verdict": one.kind.value,
        "sentence": one.sentence,
        "needed_cases": one.needed_cases,
    }


def preference_facts(one: Preference) -> dict[str, Any]:
    return {**asdict(one), "n": one.n, "p": one.p}


def cell_facts(cell: Cell) -> dict[str, Any]:
    return {
        "arm": cell.key.arm,
        "case": cell.key.case,
        "repeat": cell.key.repeat,
        "output": cell.output,
        "pass": cell.passed,
        "score": cell.score,
        "named_scores": dict(cell.named_scores),
        "latency_ms": cell.latency_ms,
        "cost": cell.cost,
        "error": cell.error or None,
    }


def limits(interval: Interval | None) -> list[float] | None:
    return [interval.low, interval.high] if interval else None


def _ratio(one: Ratio | None) -> dict[str, Any] | None:
    return {"ratio": one.value, "interval": limits(one.interval), "n": one.n} if one else None
