"""The few cases worth reading: where arms differ most, from different slices."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from bot.domain.experiments.cells import Case
from bot.domain.experiments.matrix import Matrix
from bot.domain.experiments.results import Disagreement

SHOWN = 5


def disagreements(matrix: Matrix, cases: Sequence[Case], count: int = SHOWN) -> tuple[Disagreement, ...]:
    """The cases with the widest gap between arms; each slice, and each pattern of who was right, gets its
    turn before one comes twice. The same input gives the same cases."""
    scored = matrix.score.count > 0
    means = np.where(scored, matrix.score.mean, np.nan)
    enough = scored.sum(axis=0) >= 2
    gaps = np.zeros(len(matrix.cases))
    if enough.any():
        gaps[enough] = np.nanmax(means[:, enough], axis=0) - np.nanmin(means[:, enough], axis=0)
    widest = np.argsort(-gaps, kind="stable")
    pool = [int(i) for i in widest[: 50 * count] if gaps[i] > 1e-9]
    slices = {case.id: case.slices for case in cases}
    chosen: list[int] = []
    seen: Counter[object] = Counter()
    while pool and len(chosen) < count:
        best = min(pool, key=lambda i: _cost(i, gaps, _traits(matrix, means, i, slices), seen))
        pool.remove(best)
        chosen.append(best)
        seen.update(_traits(matrix, means, best, slices))
    return tuple(
        Disagreement(
            matrix.cases[i],
            {arm: float(means[a, i]) for a, arm in enumerate(matrix.arms) if scored[a, i]},
            float(gaps[i]),
        )
        for i in chosen
    )


def _traits(
    matrix: Matrix, means: np.ndarray, i: int, slices: Mapping[str, Mapping[str, str]]
) -> list[object]:
    best = np.nanmax(means[:, i])
    winners = ("best", tuple(bool(value == best) for value in means[:, i]))
    return [winners, *(slices.get(matrix.cases[i]) or {}).items()]


def _cost(i: int, gaps: np.ndarray, traits: Sequence[object], seen: Counter[object]) -> tuple[float, int]:
    """Half of a gap's weight is lost for each time that its traits, on the whole, were shown already."""
    repeated = sum(seen[trait] for trait in traits) / len(traits)
    return -float(gaps[i]) * 0.5**repeated, i
