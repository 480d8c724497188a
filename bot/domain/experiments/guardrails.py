"""What may not get worse while something else gets better: cost, latency, or a named score."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.domain.experiments.cells import Cell
from bot.domain.experiments.matrix import Matrix, Totals, named_totals
from bot.domain.experiments.results import Guardrail, GuardrailCheck, Interval
from bot.domain.statistics.bootstrap import ratio_of_totals, ratio_of_typical
from bot.domain.statistics.paired import difference

TOLERANCE = 0.1  # of cost and latency


@dataclass(frozen=True, slots=True)
class Rail:
    """A guardrail with what was measured of it."""

    name: str
    tolerance: float
    amounts: Totals
    ratio: bool

    @classmethod
    def read(cls, guardrail: Guardrail, cells: Iterable[Cell], matrix: Matrix, margin: float) -> "Rail":
        name, given = guardrail.name, guardrail.tolerance
        if name in ("cost", "latency"):
            amounts = matrix.cost if name == "cost" else matrix.latency
            return cls(name, TOLERANCE if given is None else given, amounts, True)
        return cls(name, margin if given is None else given, named_totals(cells, matrix, name), False)


def check_rails(
    rails: Sequence[Rail], matrix: Matrix, base: int, candidate: int, level: float, seed: int
) -> tuple[GuardrailCheck, ...]:
    return tuple(_check(rail, matrix, base, candidate, level, seed) for rail in rails)


def _check(rail: Rail, matrix: Matrix, base: int, candidate: int, level: float, seed: int) -> GuardrailCheck:
    value, interval = _measure(rail, matrix, base, candidate, level, seed)
    held = None
    if interval is not None:
        held = (
            _held(interval.low, interval.high, 1 + rail.tolerance)
            if rail.ratio
            else (_held(-interval.high, -interval.low, rail.tolerance))
        )
    return GuardrailCheck(rail.name, held, rail.tolerance, rail.ratio, value, interval)


def _held(low: float, high: float, most: float) -> bool | None:
    """Whether something that is better small is at most ``most``."""
    return True if high <= most else False if low > most else None


def _measure(
    rail: Rail, matrix: Matrix, base: int, candidate: int, level: float, seed: int
) -> tuple[float | None, Interval | None]:
    counts = rail.amounts.count
    both = (counts[base] > 0) & (counts[candidate] > 0)
    if not both.any():
        return None, None
    means = rail.amounts.mean
    new, old = matrix.units(means[candidate], both), matrix.units(means[base], both)
    if rail.ratio:
        make = ratio_of_totals if rail.name == "cost" else ratio_of_typical
        ratio = make(new, old, level, seed=seed)
        return (ratio.value, ratio.interval) if ratio else (None, None)
    reach = max(1.0, float(np.abs(np.concatenate([new, old])).max()))
    found = difference(new - old, level, reach=reach)
    return (found.mean, found.interval) if found else (None, None)
