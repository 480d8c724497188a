"""Where a candidate is better or worse: differences within slices of the cases."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bot.domain.experiments.cells import Case
from bot.domain.experiments.matrix import Matrix
from bot.domain.experiments.results import PASS_RATE, SliceResult
from bot.domain.statistics.multiple import benjamini_hochberg
from bot.domain.statistics.paired import difference, mid_p_mcnemar, paired_p

FEWEST = 12  # cases, and clusters, of both arms; fewer are too few to judge
MOST_VALUES = 50  # of one column; more are labels, not slices


def slice_results(
    matrix: Matrix, cases: Sequence[Case], baseline: str, *, alpha: float = 0.05, seed: int = 0
) -> tuple[SliceResult, ...]:
    """Every candidate in every slice, those that were judged first, the clearest first."""
    base = matrix.arm(baseline)
    found = [
        _slice(matrix, base, i, column, value, members, alpha, seed)
        for column, value, members in _members(matrix, cases)
        for i in range(len(matrix.arms))
        if i != base
    ]
    adjusted = iter(benjamini_hochberg([each.p for each in found if each.p is not None]))
    corrected = [each if each.p is None else replace(each, p_adjusted=next(adjusted)) for each in found]
    return tuple(sorted(corrected, key=_order))


def _members(matrix: Matrix, cases: Sequence[Case]) -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
    place = {case: i for i, case in enumerate(matrix.cases)}
    columns: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for case in cases:
        for column, value in case.slices.items():
            if value:
                columns[column][value].append(place[case.id])
    for column, values in columns.items():
        if len(values) > MOST_VALUES:
            continue
        for value, places in values.items():
            chosen = np.zeros(len(matrix.cases), dtype=bool)
            chosen[places] = True
            yield column, value, chosen


def _slice(
    matrix: Matrix,
    base: int,
    i: int,
    column: str,
    value: str,
    members: NDArray[np.bool_],
    alpha: float,
    seed: int,
) -> SliceResult:
    counts, means = matrix.score.count, matrix.score.mean
    both = members & (counts[base] > 0) & (counts[i] > 0)
    gaps = means[i] - means[base]
    gaps[np.abs(gaps) < 1e-12] = 0.0
    units = matrix.units(gaps, both)
    judged = len(units) >= FEWEST
    interval = difference(units, 1 - alpha, reach=matrix.reach) if judged else None
    return SliceResult(
        candidate=matrix.arms[i],
        column=column,
        value=value,
        n=int(both.sum()),
        judged=judged,
        baseline_value=float(matrix.units(means[base], both).mean()) if both.any() else None,
        candidate_value=float(matrix.units(means[i], both).mean()) if both.any() else None,
        difference=float(units.mean()) if len(units) else None,
        interval=interval.interval if interval else None,
        p=_p(matrix, gaps[both], units, seed) if judged else None,
        misses=_misses(matrix, base, i, both),
        clusters=len(units),
    )


def _p(matrix: Matrix, gaps: NDArray[np.float64], units: NDArray[np.float64], seed: int) -> float | None:
    plain = matrix.measure == PASS_RATE and len(units) == len(gaps) and np.isin(units, (-1, 0, 1)).all()
    if plain:
        return mid_p_mcnemar(int((units > 0).sum()), int((units < 0).sum()))
    return paired_p(units, seed=seed)


def _misses(matrix: Matrix, base: int, i: int, both: NDArray[np.bool_]) -> tuple[str, ...]:
    """Cases the baseline passes more often than not and the candidate does not."""
    if matrix.passed is None:
        return ()
    share = matrix.passed.mean
    lost = both & (share[base] > 0.5) & (share[i] <= 0.5)
    return tuple(matrix.cases[place] for place in np.flatnonzero(lost))


def _order(each: SliceResult) -> tuple[bool, float, str, str, str]:
    return not each.judged, each.p_adjusted or 0.0, each.column, each.value, each.candidate
