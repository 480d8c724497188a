"""The geometry of an experiment's charts: scales, ticks and places, in percent of the drawing."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.experiments.results import Interval

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps ``low``..``high`` onto 0..100 percent; ``ticks`` are values within. ``log``: both ends above 0."""

    low: float
    high: float
    ticks: tuple[float, ...] = ()
    log: bool = False

    def at(self, value: float) -> float:
        """Where the value stands, in percent; what lies outside stands at the edge."""
        value = min(max(value, self.low), self.high)
        if self.log:
            share = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return round(share * 100, 3)


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval with its middle, in percent."""

    left: float
    middle: float | None
    right: float

    @property
    def width(self) -> float:
        return round(self.right - self.left, 3)


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a scatter: ``x`` and ``y`` in percent (y downwards), ``dx`` pixels to the side so that
    points on one spot stay apart."""

    name: str
    x: float
    y: float
    top: float
    bottom: float
    dx: int = 0


def linear(values: Iterable[float], *, around: float = 0.06, count: int = 5, least: float = 0.0) -> Scale:
    """A scale that holds all values with some room on both sides, and at most about ``count`` round ticks.

    ``least``: the shortest stretch it may show, so that a trifle does not fill the drawing.
    """
    known = [value for value in values if math.isfinite(value)] or [0.0]
    low, high = min(known), max(known)
    short = max(least, 1e-9 + abs(high) * 1e-6) - (high - low)
    if short > 0:
        low, high = low - short / 2, high + short / 2
    room = (high - low) * around
    low, high = low - room, high + room
    return Scale(low, high, ticks(low, high, count))


def logarithmic(values: Iterable[float], *, around: float = 0.08) -> Scale:
    """For costs and times, all above 0: ticks at 1, 2 and 5 of each power of ten, over a long way at 1, and
    evenly over a short one."""
    known = [value for value in values if math.isfinite(value) and value > 0] or [1.0]
    low, high = min(known), max(known)
    room = max((high / low) ** around, 1.25)
    low, high = low / room, high * room
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = (1, 2, 5) if high / low < 200 else (1,)
    found = tuple(tick for power in powers for step in steps if low <= (tick := step * 10.0**power) <= high)
    even = tuple(min(max(tick, low), high) for tick in ticks(low, high, 6))  # rounded, it may stand beyond
    return Scale(low, high, found if len(found) > 2 else even, log=True)


def within(scale: Scale, low: float, high: float) -> Scale:
    """The scale without what cannot be, such as a share above 1."""
    low, high = max(scale.low, low), min(scale.high, high)
    return replace(
        scale, low=low, high=high, ticks=tuple(tick for tick in scale.ticks if low <= tick <= high)
    )


def ticks(low: float, high: float, count: int = 5) -> tuple[float, ...]:
    """Round values from ``low`` to ``high``: multiples of 1, 2, 2.5 or 5 powers of ten (Heckbert 1990)."""
    if not high > low:
        return (low,)
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(round(number * step, 12) + 0.0 for number in range(first, last + 1))


def bar(scale: Scale, middle: float | None, interval: Interval) -> Bar:
    return Bar(scale.at(interval.low), None if middle is None else scale.at(middle), scale.at(interval.high))


def apart(dots: Sequence[Dot], *, width: float = 420, height: float = 240, size: int = 24) -> tuple[Dot, ...]:
    """The dots, each moved sideways by whole sizes until it covers none before it."""
    placed: list[Dot] = []
    for dot in dots:
        steps = (sign * step * size for step in range(len(dots) + 1) for sign in (1, -1))
        moved = (replace(dot, dx=dx) for dx in steps)
        placed.append(
            next(one for one in moved if not any(_cover(one, other, width, height, size) for other in placed))
        )
    return tuple(placed)


def _cover(one: Dot, other: Dot, width: float, height: float, size: int) -> bool:
    across = (one.x - other.x) / 100 * width + one.dx - other.dx
    down = (one.y - other.y) / 100 * height
    return math.hypot(across, down) < size - 1e-9
