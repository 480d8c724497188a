"""The few cases worth reading: where arms differ most, from different slices."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.domain.experiments.cells import Case
from bot.domain.experiments.matrix import Floats, Matrix
from bot.domain.experiments.results import Disagreement

SHOWN = 5
POOL = 250  # of the widest gaps, from which they are chosen


def disagreements(matrix: Matrix, cases: Sequence[Case], count: int = SHOWN) -> tuple[Disagreement, ...]:
    """The cases with the widest gap between arms; each slice, and each pattern of who was right, gets its
    turn before one comes twice. The same input gives the same cases."""
    scored = matrix.score.count > 0
    means = np.where(scored, matrix.score.mean, np.nan)
    gaps = _gaps(means, scored.sum(axis=0) >= 2)
    widest = [int(i) for i in np.argsort(-gaps, kind="stable")[:POOL] if gaps[i] > 1e-9]
    slices = {case.id: case.slices for case in cases}
    traits = {i: _traits(means[:, i], slices.get(matrix.cases[i], {})) for i in widest}
    return tuple(
        Disagreement(
            matrix.cases[i],
            {arm: float(means[a, i]) for a, arm in enumerate(matrix.arms) if scored[a, i]},
            float(gaps[i]),
        )
        for i in _diverse(traits, gaps, count)
    )


def _gaps(means: Floats, enough: NDArray[np.bool_]) -> Floats:
    """Best less worst arm of each case, 0 where fewer than two have a score."""
    gaps = np.zeros(means.shape[1])
    if enough.any():
        gaps[enough] = np.nanmax(means[:, enough], axis=0) - np.nanmin(means[:, enough], axis=0)
    return gaps


def _traits(means: Floats, slices: Mapping[str, str]) -> list[object]:
    """Which arms were best, and the slices."""
    return [tuple(means == np.nanmax(means)), *slices.items()]


def _diverse(traits: Mapping[int, list[object]], gaps: Floats, count: int) -> list[int]:
    """Widest first; half of a gap's weight is lost for each time that its traits came before."""
    chosen: list[int] = []
    seen: Counter[object] = Counter()

    def cost(i: int) -> tuple[float, int]:
        repeated = sum(seen[trait] for trait in traits[i]) / len(traits[i])
        return -float(gaps[i]) * 0.5**repeated, i

    while len(chosen) < min(count, len(traits)):
        best = min((i for i in traits if i not in chosen), key=cost)
        chosen.append(best)
        seen.update(traits[best])
    return chosen
