"""The charts of the page: values of a conclusion laid out by the domain's geometry, with their words."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.domain.experiments import charts
from bot.domain.experiments import telling as say
from bot.domain.experiments.charts import Bar, Dot, Scale
from bot.domain.experiments.results import (
    PASS_RATE,
    ArmSummary,
    Comparison,
    Conclusion,
    Interval,
    SliceResult,
    Verdict,
)

Label = Callable[[float | None], str]


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One interval in a chart. ``tone``: "better", "worse", "open" (both are possible) or "few"."""

    arm: str
    name: str
    value: str
    limits: str
    tone: str
    bar: Bar | None
    note: str = ""
    n: int = 0


@dataclass(frozen=True, slots=True)
class Intervals:
    """Rows on one axis. ``zero`` and ``margin`` in percent; ``margin`` None where there is none."""

    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    zero: float | None = None
    margin: float | None = None


@dataclass(frozen=True, slots=True)
class Scatter:
    """Quality against cost or time. ``unbeaten`` arms are beaten by none in quality, cost and time together;
    ``edge``: the dots that are best for what they cost here, from left to right."""

    title: str
    x: tuple[Tick, ...]
    y: tuple[Tick, ...]
    dots: tuple[Dot, ...]
    unbeaten: frozenset[str]
    edge: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class SliceGroup:
    column: str
    figure: Intervals


def differences(found: Conclusion) -> Intervals | None:
    """Each candidate's difference from the baseline, against zero and the margin."""
    shown = [one for one in found.comparisons if one.difference is not None]
    if not shown:
        return None
    scale = _difference_scale(
        [one.interval for one in shown], [one.difference or 0.0 for one in shown], found
    )
    verdicts = {one.candidate: one for one in found.verdicts}
    rows = tuple(_difference_row(scale, one, verdicts.get(one.candidate)) for one in shown)
    return _on_zero(scale, rows, found)


def _difference_row(scale: Scale, one: Comparison, verdict: Verdict | None) -> Row:
    return Row(
        one.candidate,
        one.candidate,
        say.change(one.difference, one.measure),
        say.change_span(one.interval, one.measure),
        tone(one.interval),
        _bar(scale, one.difference, one.interval),
        say.spoken(verdict).lower() if verdict else "",
        one.n,
    )


def tone(interval: Interval | None) -> str:
    if interval is None:
        return "few"
    return "better" if interval.low > 0 else "worse" if interval.high < 0 else "open"


def levels(found: Conclusion) -> Intervals | None:
    """Every arm's score on one axis."""
    shown = [arm for arm in found.arms if arm.value is not None]
    if not shown:
        return None
    scale = _level_scale(shown, found.measure)
    rows = tuple(
        Row(arm.arm, arm.arm, say.level(arm.value, arm.measure), say.span(arm.interval, arm.measure), "plain",
            _bar(scale, arm.value, arm.interval))
        for arm in shown
    )  # fmt: skip
    return Intervals(_level_ticks(scale, found.measure), rows)


def scatters(found: Conclusion) -> list[Scatter]:
    """Score against cost, and against the typical time, for what was measured of two arms or more."""
    arms = {arm.arm: arm for arm in found.arms if arm.value is not None}
    cost = {name: arm.cost_per_1000 for name, arm in arms.items() if arm.cost_per_1000 is not None}
    time = {name: arm.p50_ms for name, arm in arms.items() if arm.p50_ms is not None}
    made = (
        _scatter("Cost of 1,000 calls", cost, found, [*arms.values()], say.money),
        _scatter("Typical time of a call", time, found, [*arms.values()], say.duration),
    )
    return [one for one in made if one is not None]


def _scatter(
    title: str, across: Mapping[str, float], found: Conclusion, arms: Sequence[ArmSummary], label: Label
) -> Scatter | None:
    known = [arm for arm in arms if across.get(arm.arm, 0) > 0]
    if len(known) < 2:
        return None
    x = charts.logarithmic(across[arm.arm] for arm in known)
    y = _level_scale(known, found.measure)
    dots = charts.apart([_dot(arm, x.at(across[arm.arm]), y) for arm in known])
    beaten = {point.arm for point in found.frontier if point.beaten_by}
    return Scatter(
        title,
        tuple(Tick(x.at(tick), label(tick)) for tick in x.ticks),
        tuple(Tick(100 - y.at(tick), _short(say.level(tick, found.measure))) for tick in y.ticks),
        dots,
        frozenset(dot.name for dot in dots) - beaten,
        tuple(_edge(dots)),
    )


def _edge(dots: Sequence[Dot]) -> Iterator[Dot]:
    best = math.inf
    for dot in sorted(dots, key=lambda dot: (dot.x, dot.y)):
        if dot.y < best:  # y grows downwards
            best = dot.y
            yield dot


def _dot(arm: ArmSummary, x: float, y: Scale) -> Dot:
    low, high = (arm.interval.low, arm.interval.high) if arm.interval else (arm.value, arm.value)
    up = [round(100 - y.at(value or 0.0), 3) for value in (arm.value, high, low)]
    return Dot(arm.arm, x, up[0], up[1], up[2])


def slices(found: Conclusion, candidate: str) -> list[SliceGroup]:
    """One candidate's difference within each slice, grouped by column."""
    shown = [one for one in found.slices if one.candidate == candidate]
    judged = [one for one in shown if one.judged and one.difference is not None]
    scale = _difference_scale(
        [one.interval for one in judged], [one.difference or 0.0 for one in judged], found
    )
    groups = groupby(sorted(shown, key=lambda one: one.column), key=lambda one: one.column)
    return [
        SliceGroup(
            column,
            _on_zero(
                scale, tuple(_slice_row(scale, one, found.measure, found.alpha) for one in members), found
            ),
        )
        for column, members in groups
    ]


def _slice_row(scale: Scale, one: SliceResult, measure: str, alpha: float) -> Row:
    levels = f"{say.level(one.baseline_value, measure)} → {say.level(one.candidate_value, measure)}"
    if not one.judged:
        return Row(one.candidate, one.value, "too few to judge", "", "few", None, levels, one.n)
    return Row(
        one.candidate,
        one.value,
        say.change(one.difference, measure),
        say.change_span(one.interval, measure),
        tone(one.interval) if one.p_adjusted is not None and one.p_adjusted <= alpha else "open",
        _bar(scale, one.difference, one.interval),
        levels,
        one.n,
    )


def _bar(scale: Scale, middle: float | None, interval: Interval | None) -> Bar | None:
    if middle is None:
        return None
    return charts.bar(scale, middle, interval or Interval(middle, middle))


def _difference_scale(
    intervals: Sequence[Interval | None], values: Sequence[float], found: Conclusion
) -> Scale:
    ends = [end for one in intervals if one for end in (one.low, one.high)]
    scale = charts.linear([0.0, -found.margin, found.margin, *values, *ends], least=0.1, count=6)
    return charts.within(scale, -1.0, 1.0) if found.measure == PASS_RATE else scale


def _level_scale(arms: Sequence[ArmSummary], measure: str) -> Scale:
    values = [arm.value or 0.0 for arm in arms]
    ends = [end for arm in arms if arm.interval for end in (arm.interval.low, arm.interval.high)]
    scale = charts.linear([*values, *ends], least=0.2)
    return charts.within(scale, 0.0, 1.0) if measure == PASS_RATE else scale


def _level_ticks(scale: Scale, measure: str) -> tuple[Tick, ...]:
    return tuple(Tick(scale.at(tick), _short(say.level(tick, measure))) for tick in scale.ticks)


def _on_zero(scale: Scale, rows: tuple[Row, ...], found: Conclusion) -> Intervals:
    labels = tuple(Tick(scale.at(tick), _short(say.change(tick, found.measure))) for tick in scale.ticks)
    margin = scale.at(-found.margin) if found.margin > 0 else None
    return Intervals(labels, rows, scale.at(0.0), margin)


def _short(label: str) -> str:
    """ "0.05" for "0.050": ticks are round."""
    return label.rstrip("0").removesuffix(".") if "." in label and label[-1] == "0" else label
