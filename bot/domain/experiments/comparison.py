"""Candidates against the baseline on the same cases: differences, tests, evidence, cost and time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.experiments.cells import Cell
from bot.domain.experiments.guardrails import Rail, check_rails
from bot.domain.experiments.matrix import Floats, Matrix, Totals
from bot.domain.experiments.results import PASS_RATE, Comparison, Guardrail, Interval, Ratio
from bot.domain.statistics import exact
from bot.domain.statistics.bootstrap import ratio_of_totals, ratio_of_typical
from bot.domain.statistics.multiple import holm, holm_alphas
from bot.domain.statistics.paired import Difference, difference, mid_p_mcnemar, paired_p
from bot.domain.statistics.power import detectable_mean, detectable_share
from bot.domain.statistics.sequential import bet, confidence_sequence, mcnemar_e


@dataclass(frozen=True, slots=True)
class Pair:
    """A candidate and the baseline as cases and as units. ``plain``: one pass or fail per unit."""

    candidate: str
    cases: NDArray[np.bool_]
    differences: Floats  # one for each case of both
    units: Floats  # one for each cluster
    plain: bool

    @property
    def wins(self) -> int:
        return int((self.differences > 0).sum())

    @property
    def losses(self) -> int:
        return int((self.differences < 0).sum())


def compare(
    matrix: Matrix,
    cells: Sequence[Cell],
    baseline: str,
    *,
    margin: float,
    alpha: float = 0.05,
    guardrails: Sequence[Guardrail] = (),
    stopped_early: bool = False,
    seed: int = 0,
) -> tuple[Comparison, ...]:
    """Every other arm against ``baseline``, in the matrix's order; Holm over all of them.

    ``stopped_early``: somebody stopped when it looked decided, so intervals and p are those that stay valid
    whenever one stops.
    """
    base = matrix.arm(baseline)
    pairs = [pair(matrix, base, i) for i in range(len(matrix.arms)) if i != base]
    p_values = [_p(each, stopped_early=stopped_early, seed=seed) for each in pairs]
    tested = [1.0 if p is None else p for p in p_values]
    adjusted, alphas = holm(tested), holm_alphas(tested, alpha)
    rails = [Rail.read(guardrail, cells, matrix, margin) for guardrail in guardrails]
    return tuple(
        _comparison(
            matrix, base, each, p, together if p is not None else None, own, rails, stopped_early, seed
        )
        for each, p, together, own in zip(pairs, p_values, adjusted, alphas, strict=True)
    )


def pair(matrix: Matrix, base: int, candidate: int, within: NDArray[np.bool_] | None = None) -> Pair:
    """The cases that both arms have a score for, of those ``within``."""
    counts = matrix.score.count
    both = (counts[base] > 0) & (counts[candidate] > 0)
    both = both if within is None else both & within
    gaps = matrix.score.mean[candidate] - matrix.score.mean[base]
    gaps[np.abs(gaps) < 1e-12] = 0.0  # the same mean, added up in another order
    units = matrix.units(gaps, both)
    plain = matrix.measure == PASS_RATE and bool(np.isin(units, (-1.0, 0.0, 1.0)).all())
    return Pair(matrix.arms[candidate], both, gaps[both], units, plain and len(units) == int(both.sum()))


def _p(each: Pair, *, stopped_early: bool, seed: int) -> float | None:
    if len(each.units) == 0:
        return None
    if stopped_early:
        return min(1.0, 1 / bet(each.units)) if np.abs(each.units).max() <= 1 else None
    return mid_p_mcnemar(each.wins, each.losses) if each.plain else paired_p(each.units, seed=seed)


def _comparison(
    matrix: Matrix,
    base: int,
    each: Pair,
    p: float | None,
    p_adjusted: float | None,
    alpha: float,
    rails: Sequence[Rail],
    stopped_early: bool,
    seed: int,
) -> Comparison:
    i = matrix.arm(each.candidate)
    found = difference(each.units, 1 - alpha, reach=matrix.reach)
    attempted = matrix.attempted[base] | matrix.attempted[i]
    failing = _errors_as_fails(matrix, base, i, attempted, 1 - alpha)
    excluded = int((attempted & ~each.cases).sum())
    return Comparison(
        baseline=matrix.arms[base],
        candidate=each.candidate,
        measure=matrix.measure,
        n=len(each.differences),
        clusters=len(each.units),
        difference=float(each.units.mean()) if len(each.units) else None,
        interval=_interval(each, found, alpha, stopped_early),
        p=p,
        p_adjusted=p_adjusted,
        wins=each.wins,
        losses=each.losses,
        ties=len(each.differences) - each.wins - each.losses,
        e_value=_e_value(each),
        excluded=excluded,
        if_errors_fail=failing.mean if failing else None,
        detectable=_detectable(each, found, alpha),
        cost=_ratio(matrix, matrix.cost, base, i, alpha, seed, totals=True),
        latency=_ratio(matrix, matrix.latency, base, i, alpha, seed, totals=False),
        interval_if_errors_fail=failing.interval if failing else None,
        spread=found.spread if found else None,
        guardrails=check_rails(rails, matrix, base, i, 1 - alpha, seed),
        stopped_early=stopped_early,
    )


def _interval(each: Pair, found: Difference | None, alpha: float, stopped_early: bool) -> Interval | None:
    if not stopped_early:
        return found.interval if found else None
    if len(each.units) == 0 or np.abs(each.units).max() > 1:
        return None
    return confidence_sequence(each.units, alpha)


def _e_value(each: Pair) -> float | None:
    """None for scores that are not within 0..1: nothing bounds the bets on them."""
    if len(each.units) == 0:
        return None
    if each.plain:
        return mcnemar_e(each.wins, each.losses)
    return bet(each.units) if np.abs(each.units).max() <= 1 else None


def _detectable(each: Pair, found: Difference | None, alpha: float) -> float | None:
    if found is None:
        return None
    if each.plain:
        share = (each.wins + each.losses + 2) / (found.n + 2)
        by = exact.detectable if found.n <= exact.LARGEST else detectable_share
        return by(found.n, share, alpha=alpha, power=0.8)
    return detectable_mean(found.n, found.spread, alpha=alpha)


def _errors_as_fails(
    matrix: Matrix, base: int, i: int, attempted: NDArray[np.bool_], level: float
) -> Difference | None:
    """The difference with every failed or missing cell scored 0; None where there is none."""
    complete = matrix.score.count[[base, i]] > 0
    if not matrix.errors[[base, i]].any() and bool(complete[:, attempted].all()):
        return None
    tried = np.maximum(matrix.score.count + matrix.errors, 1)
    means = matrix.score.sum / tried
    return difference(matrix.units(means[i] - means[base], attempted), level, reach=matrix.reach)


def _ratio(
    matrix: Matrix, amounts: Totals, base: int, i: int, alpha: float, seed: int, *, totals: bool
) -> Ratio | None:
    both = (amounts.count[base] > 0) & (amounts.count[i] > 0)
    if not both.any():
        return None
    mean = amounts.mean
    candidate, baseline = matrix.units(mean[i], both), matrix.units(mean[base], both)
    make = ratio_of_totals if totals else ratio_of_typical
    return make(candidate, baseline, 1 - alpha, seed=seed)
