"""The metrics that a feature is watched by, in three layers, and which way is better."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Literal

from bot.errors import InputError


class Layer(StrEnum):
    """Technical quality, what people make of it, what it is for."""

    TECHNICAL = "technical"
    SATISFACTION = "satisfaction"
    BUSINESS = "business"


class Unit(StrEnum):
    SHARE = "share"  # within 0-1
    MILLISECONDS = "milliseconds"
    DOLLARS = "dollars"


@dataclass(frozen=True, slots=True)
class Metric:
    """``name`` as thresholds have it, ``label`` as people read it, ``of`` what n counts."""

    name: str
    label: str
    layer: Layer
    of: str
    better: Literal["higher", "lower"] = "higher"
    unit: Unit = Unit.SHARE


_EACH = (
    Metric("accuracy", "Judged right", Layer.TECHNICAL, "judged outputs"),
    Metric("coverage", "Handled confidently", Layer.TECHNICAL, "outputs with a confidence"),
    Metric("error_rate", "Failed calls", Layer.TECHNICAL, "calls", "lower"),
    Metric("latency_p50", "Typical wait", Layer.TECHNICAL, "timed calls", "lower", Unit.MILLISECONDS),
    Metric("latency_p95", "Longest waits (p95)", Layer.TECHNICAL, "timed calls", "lower", Unit.MILLISECONDS),
    Metric("cost", "Cost of a call", Layer.TECHNICAL, "calls with a cost", "lower", Unit.DOLLARS),
    Metric("positive_rate", "Thumbs up", Layer.SATISFACTION, "votes"),
    Metric("acceptance_rate", "Used as it was", Layer.SATISFACTION, "outcomes"),
    Metric("edited_rate", "Used after an edit", Layer.SATISFACTION, "outcomes", "lower"),
    Metric("edit_distance", "Changed in an edit", Layer.SATISFACTION, "edited outputs", "lower"),
    Metric("override_rate", "Overridden", Layer.SATISFACTION, "outcomes", "lower"),
    Metric("escalation_rate", "Handed to a person", Layer.SATISFACTION, "outcomes", "lower"),
)
METRICS: Mapping[str, Metric] = {metric.name: metric for metric in _EACH}


def metric_named(name: str) -> Metric:
    """Raises InputError for a name that no metric has."""
    found = METRICS.get(name)
    if found is None:
        near = get_close_matches(name, METRICS, 1)
        hint = f"Did you mean {near[0]}?" if near else f"One of: {', '.join(METRICS)}."
        raise InputError(f"{name[:60]!r} is no metric.", hint=hint)
    return found
