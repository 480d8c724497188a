"""Each arm by itself: its score with an interval, errors, repeats, cost and times."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.domain.experiments.cells import Cell
from bot.domain.experiments.diversity import self_bleu
from bot.domain.experiments.matrix import Floats, Matrix
from bot.domain.experiments.repeats import Repeats, repeats
from bot.domain.experiments.results import PASS_RATE, ArmSummary, Interval
from bot.domain.statistics.intervals import share_of_units, t_interval


def summaries(matrix: Matrix, cells: Sequence[Cell], *, level: float = 0.95) -> tuple[ArmSummary, ...]:
    """One per arm, in the matrix's order."""
    times, first = _times(cells), _times(cells, first=True)
    named = {arm: {**diversity(cells, arm), **own} for arm, own in _named(cells, matrix.arms).items()}
    return tuple(
        _summary(matrix, i, level, times.get(arm), first.get(arm), named.get(arm, {}))
        for i, arm in enumerate(matrix.arms)
    )


def _summary(
    matrix: Matrix,
    i: int,
    level: float,
    times: Floats | None,
    first: Floats | None,
    named: Mapping[str, float],
) -> ArmSummary:
    chosen = matrix.score.count[i] > 0
    units = matrix.units(matrix.score.mean[i], chosen)
    again = _repeats(matrix, i)
    costs = int(matrix.cost.count[i].sum())
    return ArmSummary(
        arm=matrix.arms[i],
        measure=matrix.measure,
        n=int(chosen.sum()),
        value=float(units.mean()) if len(units) else None,
        interval=arm_interval(units, matrix, level),
        errors=int(matrix.errors[i].sum()),
        flaky=again.flaky if again else None,
        pass_hat_k=again.pass_hat_k if again else None,
        pass_at_k=again.pass_at_k if again else None,
        cost_per_1000=1000 * float(matrix.cost.sum[i].sum()) / costs if costs else None,
        p50_ms=float(np.quantile(times, 0.5)) if times is not None else None,
        p95_ms=float(np.quantile(times, 0.95)) if times is not None else None,
        first_token_ms=float(np.quantile(first, 0.5)) if first is not None else None,
        named=named,
    )


def arm_interval(units: Floats, matrix: Matrix, level: float = 0.95) -> Interval | None:
    """Wilson's for a pass rate, Student's for a mean score; None where nothing can be said.

    Scores within 0..1 that are all the same get Wilson's too: they did not prove that nothing varies.
    """
    if len(units) == 0:
        return None
    within = matrix.reach == 1.0 and units.min() >= 0 and units.max() <= 1
    if matrix.measure == PASS_RATE or (within and units.min() == units.max()):
        return share_of_units(units, level)
    found = t_interval(units, level)
    if found is None or not within:
        return found
    return Interval(max(0.0, found.low), min(1.0, found.high), level)


def _repeats(matrix: Matrix, i: int) -> Repeats | None:
    if matrix.passed is None:
        return None
    return repeats(matrix.passed.sum[i], matrix.passed.count[i])


def _times(cells: Iterable[Cell], *, first: bool = False) -> Mapping[str, NDArray[np.float64]]:
    """Milliseconds by arm; what came from the cache or failed took no time that counts."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    for cell in cells:
        time = cell.first_token_ms if first else cell.latency_ms
        if time is not None and not cell.cached and not cell.error:
            found[cell.key.arm].append(time)
    return {arm: np.array(values) for arm, values in found.items()}


def diversity(cells: Iterable[Cell], arm: str) -> dict[str, float]:
    """How much the repeats of a case differ in their words, as the named score "diversity": 0 where each is
    found in the others, towards 1 where they share nothing (1 - self-BLEU, the mean over cases). Empty where
    no case has two answers."""
    answers: defaultdict[str, list[str]] = defaultdict(list)
    for cell in cells:
        if cell.key.arm == arm and not cell.error:
            answers[cell.key.case].append(cell.output)
    alike = [self_bleu(texts) for texts in answers.values() if len(texts) > 1]
    known = [1 - value for value in alike if value is not None]
    return {"diversity": sum(known) / len(known)} if known else {}


def _named(cells: Iterable[Cell], arms: Iterable[str]) -> Mapping[str, Mapping[str, float]]:
    found: dict[str, defaultdict[str, list[float]]] = {arm: defaultdict(list) for arm in arms}
    for cell in cells:
        if cell.named_scores and not cell.error and cell.key.arm in found:
            for name, value in cell.named_scores.items():
                found[cell.key.arm][name].append(value)
    return {
        arm: {name: sum(values) / len(values) for name, values in scores.items()}
        for arm, scores in found.items()
    }
