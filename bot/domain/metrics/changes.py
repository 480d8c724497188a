"""Whether a metric moved: a week against the weeks before it, knowing that weeks wobble by themselves."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.experiments.results import Interval
from bot.domain.metrics.catalogue import Metric
from bot.domain.metrics.derived import Figure
from bot.domain.statistics.distributions import normal_cdf, two_sided_t, two_sided_z
from bot.domain.statistics.multiple import benjamini_hochberg

FALSE_SHARE = 0.05
"""Of all that is told as moved in a feature's week, so much may be noise."""
WEEKS, ASSUMED = 4, 0.05
"""Before so many earlier weeks can be judged nobody knows how weeks wobble: this share of the level is
assumed."""


class Judged(StrEnum):
    """What may be said of a change."""

    BETTER = "better"
    WORSE = "worse"
    NOISE = "noise"  # nothing beyond what weeks do anyway
    TOO_FEW = "too few to judge"


@dataclass(frozen=True, slots=True)
class Change:
    """``now`` of one week against ``before``, the weeks before it pooled. ``difference`` in the metric's
    unit, None where a side is empty; ``interval`` counts in by how much weeks wobble (``wobble``, one
    standard deviation between weeks beyond what their numbers explain)."""

    metric: Metric
    now: Figure
    before: Figure
    difference: float | None = None
    interval: Interval | None = None
    wobble: float = 0.0
    p: float | None = None
    judged: Judged = Judged.TOO_FEW

    @property
    def moved(self) -> bool:
        return self.judged in (Judged.BETTER, Judged.WORSE)


def changes(
    now: Sequence[Figure], before: Sequence[Figure], weeks: Sequence[Sequence[Figure]]
) -> list[Change]:
    """Of every metric of ``now``; ``weeks`` are the figures of single weeks before it, from which the wobble
    is estimated. Of what is told as moved at most FALSE_SHARE is expected to be noise (Benjamini and Hochberg
    1995)."""
    pooled = {figure.metric.name: figure for figure in before}
    found = []
    for figure in now:
        earlier = pooled.get(figure.metric.name)
        if earlier is not None:
            single = [each for week in weeks for each in week if each.metric.name == figure.metric.name]
            found.append(change(figure, earlier, single))
    tested = [each for each in found if each.p is not None]
    adjusted = benjamini_hochberg([each.p for each in tested if each.p is not None])
    judged = {id(each): p for each, p in zip(tested, adjusted, strict=True)}
    return [replace(each, judged=_judged(each, judged.get(id(each)))) for each in found]


def change(now: Figure, before: Figure, weeks: Sequence[Figure]) -> Change:
    """One metric, not yet judged among others.

    The difference's interval is put together from both sides' (the method of variance estimates recovery:
    Newcombe 1998 for shares, Zou and Donner 2008), widened by the wobble between weeks.
    """
    if now.value is None or before.value is None:
        return Change(now.metric, now, before)
    difference = now.value - before.value
    if now.interval is None or before.interval is None or not (now.enough and before.enough):
        return Change(now.metric, now, before, difference)
    wobble, reach = _wobble(before.value, weeks)
    over = wobble * reach * math.sqrt(1 + 1 / max(1, len(weeks)))
    low = _arm(now.value - now.interval.low, before.interval.high - before.value, over)
    high = _arm(now.interval.high - now.value, before.value - before.interval.low, over)
    interval = Interval(difference - low, difference + high)
    toward_nothing = low if difference > 0 else high
    z = abs(difference) / (toward_nothing / two_sided_z(0.95)) if toward_nothing else math.inf
    p = 2 * (1 - normal_cdf(z)) if difference else 1.0
    return Change(now.metric, now, before, difference, interval, wobble, p)


def _wobble(level: float, weeks: Sequence[Figure]) -> tuple[float, float]:
    """The wobble, and by how many of it a week may be off: few weeks tell little of how weeks wobble, and
    Student's quantile pays for that."""
    judged = sum(each.enough and each.interval is not None for each in weeks)
    if judged < WEEKS:
        return max(ASSUMED * abs(level), between_weeks(weeks)), two_sided_z(0.95)
    return between_weeks(weeks), two_sided_t(0.95, judged - 1)


def between_weeks(weeks: Sequence[Figure]) -> float:
    """The standard deviation between weeks beyond what their own numbers explain (DerSimonian and Laird 1986,
    each week weighed by its variance); 0 with fewer than two weeks that can be judged."""
    known = [
        (each.value, _variance(each.interval))
        for each in weeks
        if each.value is not None and each.interval is not None and each.enough
    ]
    weighed = [(value, 1 / variance) for value, variance in known if 0 < variance < math.inf]
    if len(weighed) < 2:
        return 0.0
    total = math.fsum(weight for _, weight in weighed)
    mean = math.fsum(value * weight for value, weight in weighed) / total
    spread = math.fsum(weight * (value - mean) ** 2 for value, weight in weighed)
    scale = total - math.fsum(weight**2 for _, weight in weighed) / total
    return math.sqrt(max(0.0, (spread - (len(weighed) - 1)) / scale)) if scale > 0 else 0.0


def _arm(one: float, other: float, wobble: float) -> float:
    return math.hypot(one, other, wobble)


def _variance(interval: Interval) -> float:
    return ((interval.high - interval.low) / (2 * two_sided_z(0.95))) ** 2


def _judged(found: Change, adjusted: float | None) -> Judged:
    if adjusted is None or found.difference is None or found.interval is None:
        return Judged.TOO_FEW
    if adjusted > FALSE_SHARE or found.interval.low <= 0 <= found.interval.high:
        return Judged.NOISE
    up_is_good = found.metric.better == "higher"
    return Judged.BETTER if (found.difference > 0) == up_is_good else Judged.WORSE
