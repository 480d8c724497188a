"""The running estimate while cells come in: valid at every look, so a run may stop once it is decided."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.domain.experiments.cells import Case, Cell
from bot.domain.experiments.comparison import Pair, pair
from bot.domain.experiments.matrix import Matrix, build
from bot.domain.experiments.results import Interval, Running, VerdictKind
from bot.domain.statistics.sequential import bet, confidence_sequence, mcnemar_e


def running(
    cells: Sequence[Cell],
    *,
    cases: Sequence[Case],
    baseline: str,
    candidates: Sequence[str],
    margin: float,
    alpha: float = 0.05,
) -> tuple[Running, ...]:
    """One estimate per candidate, over all of which alpha is shared.

    A case counts with its first answers, once both arms have one; a cluster once all of ``cases`` in it do.
    Later repeats do not count here: a case whose value changes afterwards would make looking twice unsafe.
    Scores outside 0..1 get an estimate without interval, for nothing bounds them.
    """
    first = [cell for cell in cells if cell.key.repeat == 0]
    matrix = build(first, cases, (baseline, *candidates))
    base = matrix.arm(baseline)
    own = alpha / max(1, len(candidates))
    return tuple(_estimate(_complete(matrix, base, matrix.arm(name)), margin, own) for name in candidates)


def _complete(matrix: Matrix, base: int, candidate: int) -> Pair:
    """The pair on those clusters alone in which nothing is awaited any more."""
    waiting = ~(matrix.attempted[base] & matrix.attempted[candidate])
    done = ~np.isin(matrix.cluster, matrix.cluster[waiting])
    return pair(matrix, base, candidate, done)


def _estimate(each: Pair, margin: float, alpha: float) -> Running:
    interval, e_value = _evidence(each, alpha)
    ties = len(each.differences) - each.wins - each.losses
    return Running(
        each.candidate,
        len(each.differences),
        float(each.units.mean()) if len(each.units) else None,
        interval,
        e_value,
        decided(interval, margin),
        each.wins,
        each.losses,
        ties,
    )


def _evidence(each: Pair, alpha: float) -> tuple[Interval | None, float | None]:
    units: NDArray[np.float64] = each.units
    if len(units) and np.abs(units).max() > 1:
        return None, None
    e_value = mcnemar_e(each.wins, each.losses) if each.plain else bet(units)
    return confidence_sequence(units, alpha), e_value


def decided(interval: Interval | None, margin: float) -> VerdictKind | None:
    """What an interval that is valid at all times settles; the run may stop then."""
    if interval is None:
        return None
    if interval.low > 0:
        return VerdictKind.SHIP
    if interval.high < 0:
        return VerdictKind.WORSE
    return VerdictKind.NO_DIFFERENCE if max(-interval.low, interval.high) <= margin else None
