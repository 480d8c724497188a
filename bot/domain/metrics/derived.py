"""What interactions say of a feature: metrics with n and interval, from sums that a database makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from bot.domain.experiments.results import Interval
from bot.domain.features import Threshold, Watched
from bot.domain.metrics.catalogue import METRICS, Metric, Unit
from bot.domain.statistics.clusters import ClusterSums, clustered_mean, clustered_share

TOO_FEW = 12
EDITED_COUNTS = 0.5
"""An edited output spared about half of the work: a convention, and said wherever minutes are shown."""


class Standing(StrEnum):
    """Where a metric stands against the minimum it must reach."""

    MET = "met"  # the whole interval is on the good side
    NOT_MET = "not met"
    OPEN = "cannot tell yet"


@dataclass(frozen=True, slots=True)
class Quantile:
    """A quantile of waits in milliseconds, with the order statistics around it; n waits in all."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What the store knows of a feature between two moments. ``sums`` by metric; ``outcomes`` how many of
    each; ``users`` how many different ones are known, ``sampled`` where a metric is of so many of so many."""

    interactions: int = 0
    users: int = 0
    sums: Mapping[str, ClusterSums] = field(default_factory=lambda: MappingProxyType({}))
    quantiles: Mapping[str, Quantile] = field(default_factory=lambda: MappingProxyType({}))
    outcomes: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    spent: float = 0.0
    sources: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric in a window. ``value`` None: nobody said anything. ``enough``: n is not too few to judge by.
    ``source`` says by whom or of what, where that is a choice."""

    metric: Metric
    value: float | None
    interval: Interval | None
    n: int
    source: str = ""
    threshold: Threshold | None = None

    @property
    def enough(self) -> bool:
        return self.n >= TOO_FEW

    @property
    def standing(self) -> Standing | None:
        """Against the minimum; None where there is none."""
        return None if self.threshold is None else stands(self, self.threshold.minimum)

    @property
    def goal(self) -> Standing | None:
        """Against the goal; None where there is none."""
        if self.threshold is None or self.threshold.goal is None:
            return None
        return stands(self, self.threshold.goal)


@dataclass(frozen=True, slots=True)
class Worth:
    """What it comes to. ``minutes`` None: nobody said how long a task takes. ``errors`` is from-to in US
    dollars: what an override cost is not known by kind; None where no cost is set."""

    accepted: int
    edited: int
    overridden: int
    minutes: float | None = None
    baseline: str = ""
    errors: tuple[float, float] | None = None
    spent: float = 0.0


@dataclass(frozen=True, slots=True)
class BusinessNumber:
    """The last value sent of the metric a feature should move."""

    metric: str
    value: float
    at: datetime
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A feature between two moments: ``figures`` in the order of METRICS, those with a threshold included
    even where nobody said anything."""

    feature: Watched
    since: datetime
    until: datetime
    interactions: int
    users: int
    figures: tuple[Figure, ...]
    worth: Worth
    business: BusinessNumber | None = None

    def figure(self, name: str) -> Figure | None:
        return next((each for each in self.figures if each.metric.name == name), None)

    @property
    def standings(self) -> Sequence[Figure]:
        return [each for each in self.figures if each.threshold is not None]


def stands(figure: Figure, bound: float) -> Standing:
    """The interval against a bound; with too few to judge it is open."""
    interval = figure.interval
    if interval is None or not figure.enough:
        return Standing.OPEN
    higher = figure.metric.better == "higher"
    if (interval.low >= bound) if higher else (interval.high <= bound):
        return Standing.MET
    if (interval.high < bound) if higher else (interval.low > bound):
        return Standing.NOT_MET
    return Standing.OPEN


def scorecard(
    feature: Watched,
    counted: Counted,
    since: datetime,
    until: datetime,
    business: BusinessNumber | None = None,
) -> Scorecard:
    """Every metric somebody said something of, and every one with a threshold."""
    thresholds = {each.metric: each for each in feature.thresholds}
    figures = (_figure(metric, counted, thresholds.get(name)) for name, metric in METRICS.items())
    kept = tuple(each for each in figures if each.n or each.threshold)
    worth = _worth(feature, counted)
    return Scorecard(feature, since, until, counted.interactions, counted.users, kept, worth, business)


def _figure(metric: Metric, counted: Counted, threshold: Threshold | None) -> Figure:
    source = counted.sources.get(metric.name, "")
    quantile = counted.quantiles.get(metric.name)
    if quantile is not None:
        interval = Interval(quantile.low, quantile.high)
        return Figure(metric, quantile.value, interval, quantile.n, source, threshold)
    sums = counted.sums.get(metric.name, ClusterSums())
    if not sums.n:
        return Figure(metric, None, None, 0, source, threshold)
    plain_share = metric.unit is Unit.SHARE and metric.name != "edit_distance"
    found = clustered_share(sums) if plain_share else _within(metric, clustered_mean(sums))
    return Figure(metric, sums.mean, found, sums.n, source, threshold)


def _within(metric: Metric, interval: Interval | None) -> Interval | None:
    """What cannot be less than nothing, or more than all, is not."""
    if interval is None:
        return None
    high = min(1.0, interval.high) if metric.unit is Unit.SHARE else interval.high
    return Interval(max(0.0, interval.low), high, interval.level)


def _worth(feature: Watched, counted: Counted) -> Worth:
    accepted, edited, overridden = (
        counted.outcomes.get(outcome, 0) for outcome in ("accepted", "edited", "overridden")
    )
    minutes = None
    if feature.minutes_saved is not None:
        minutes = (accepted + EDITED_COUNTS * edited) * feature.minutes_saved
    costs = [cost for cost in (feature.false_positive_cost, feature.false_negative_cost) if cost is not None]
    errors = (overridden * min(costs), overridden * max(costs)) if costs else None
    return Worth(accepted, edited, overridden, minutes, feature.baseline, errors, counted.spent)
