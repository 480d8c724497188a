"""Cells as arrays, arms x cases: sums over repeats, errors, costs, times, clusters."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.experiments.cells import Case, Cell
from bot.domain.experiments.results import MEAN_SCORE, PASS_RATE

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Totals:
    """Sum and count of a quantity, arms x cases. Where ``count`` is 0 the mean is NaN."""

    sum: Floats
    count: Ints

    @property
    def mean(self) -> Floats:
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(self.sum / self.count)


@dataclass(frozen=True, slots=True)
class Matrix:
    """``score`` counts the cells that were scored; ``passed`` those with a pass or fail (None if none has).

    ``cost`` and ``latency`` count the cells that tell them; a cached cell tells no latency, and no cost of 0.
    ``cluster`` numbers the cases' clusters; a case that stands alone has its own. ``reach`` is the largest
    difference that scores can have.
    """

    arms: tuple[str, ...]
    cases: tuple[str, ...]
    measure: str
    score: Totals
    passed: Totals | None
    errors: Ints
    cost: Totals
    latency: Totals
    cluster: Ints
    reach: float

    @property
    def attempted(self) -> NDArray[np.bool_]:
        """Arms x cases: whether there is a cell at all that was scored or failed."""
        return (self.score.count + self.errors) > 0

    def arm(self, name: str) -> int:
        return self.arms.index(name)

    def units(self, values: Floats, chosen: NDArray[np.bool_]) -> Floats:
        """Mean of the chosen cases' values in each cluster."""
        clusters = self.cluster[chosen]
        counts = np.bincount(clusters)
        sums = np.bincount(clusters, values[chosen])
        return np.asarray(sums[counts > 0] / counts[counts > 0])


def build(
    cells: Sequence[Cell], cases: Sequence[Case] = (), arms: Iterable[str] = (), *, measure: str | None = None
) -> Matrix:
    """Arms and cases in the order given, then as they come up in the cells.

    ``measure`` None: a pass rate if every score is 0 or 1, else the mean score. Asked for a pass rate of
    graded scores, it counts the cells' own pass or fail.
    """
    arm_at = {name: i for i, name in enumerate(dict.fromkeys(arms))}
    case_at = {case.id: i for i, case in enumerate(cases)}
    at_arm = np.array([arm_at.setdefault(cell.key.arm, len(arm_at)) for cell in cells], dtype=np.int64)
    at_case = np.array([case_at.setdefault(cell.key.case, len(case_at)) for cell in cells], dtype=np.int64)
    shape = len(arm_at), len(case_at)
    place = at_arm * shape[1] + at_case
    passed = np.array([_number(cell.passed) for cell in cells], dtype=float)
    score = np.array([_number(cell.score) for cell in cells], dtype=float)
    failed = np.array([bool(cell.error) for cell in cells], dtype=bool)
    passed[failed] = score[failed] = np.nan
    score = np.where(np.isnan(score), passed, score)
    binary = bool(np.isin(score[~np.isnan(score)], (0.0, 1.0)).all())
    measure = measure or (PASS_RATE if binary else MEAN_SCORE)
    if measure == PASS_RATE:
        score = np.where(np.isnan(passed) & binary, score, passed)

    def totals(values: Floats) -> Totals:
        known = ~np.isnan(values)
        return _totals(place[known], values[known], shape)

    return Matrix(
        tuple(arm_at),
        tuple(case_at),
        measure,
        totals(score),
        totals(passed) if not np.isnan(passed).all() else totals(score) if binary else None,
        np.bincount(place[failed], minlength=shape[0] * shape[1]).reshape(shape),
        totals(np.array([_cost(cell) for cell in cells], dtype=float)),
        totals(np.array([_latency(cell) for cell in cells], dtype=float)),
        _clusters(case_at, cases),
        _reach(score),
    )


def named_totals(cells: Iterable[Cell], matrix: Matrix, name: str) -> Totals:
    """One named score, laid out as the matrix is."""
    arm_at = {arm: i for i, arm in enumerate(matrix.arms)}
    case_at = {case: i for i, case in enumerate(matrix.cases)}
    found = [
        (arm_at[cell.key.arm] * len(case_at) + case_at[cell.key.case], cell.named_scores[name])
        for cell in cells
        if name in cell.named_scores and not cell.error
    ]
    places = np.array([place for place, _ in found], dtype=np.int64)
    return _totals(places, np.array([value for _, value in found], dtype=float), (len(arm_at), len(case_at)))


def _totals(place: Ints, values: Floats, shape: tuple[int, int]) -> Totals:
    size = shape[0] * shape[1]
    return Totals(
        np.bincount(place, values, minlength=size).astype(float).reshape(shape),
        np.bincount(place, minlength=size).reshape(shape),
    )


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def _cost(cell: Cell) -> float:
    return float("nan") if cell.cost is None or (cell.cached and not cell.cost) else cell.cost


def _latency(cell: Cell) -> float:
    return float("nan") if cell.latency_ms is None or cell.cached or cell.error else cell.latency_ms


def _clusters(case_at: Mapping[str, int], cases: Sequence[Case]) -> Ints:
    named = {case.id: case.cluster for case in cases if case.cluster}
    numbers: dict[tuple[bool, str], int] = {}
    keys = ((case in named, named.get(case, case)) for case in case_at)
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)


def _reach(score: Floats) -> float:
    known = score[~np.isnan(score)]
    if len(known) == 0 or (known.min() >= 0 and known.max() <= 1):
        return 1.0
    return float(max(1.0, known.max() - known.min()))
