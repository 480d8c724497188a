"""The step detector: its sum against brute force, quiet weeks, changes of any direction."""

import math

import numpy as np
import pytest
from scipy.special import logit
from scipy.stats import betabinom

from bot.domain.drift import steps as module
from bot.domain.drift.steps import REFERENCE, Draw, StepDetector, pooled

GRID = 0.08


def evidence_by_hand(weeks: list[Draw], steps: list[float]) -> float:
    """Mean over levels, spreads and steps, weighed by their fit without a change, of the summed likelihood
    ratios: every first week, level, spread and step in a loop of its own."""
    levels = np.arange(-90, 91) * GRID
    sizes = [*steps, *(-step for step in steps)]
    spreads = module._SPREADS
    prior = np.exp(module._PRIOR)

    def likelihood(week: Draw, level: float, spread: float) -> float:
        p = 1 / (1 + math.exp(-level))
        rho = spread**2 * p * (1 - p)
        return float(betabinom.pmf(week.hits, week.n, p * (1 / rho - 1), (1 - p) * (1 / rho - 1)))

    total = norm = 0.0
    for k, spread in enumerate(spreads):
        for j, level in enumerate(levels):
            still = [likelihood(week, level, spread) for week in weeks]
            weight = prior[k, j] * math.prod(still)
            norm += weight
            for size in sizes:
                moved_level = min(7.2, max(-7.2, level + size))
                moved = [likelihood(week, moved_level, spread) for week in weeks]
                ratios = sum(
                    math.prod(moved[first:]) / math.prod(still[first:])
                    for first in range(REFERENCE, len(weeks))
                )
                total += weight * ratios / len(sizes)
    return math.log(total / norm)


def test_the_sum_is_what_brute_force_says() -> None:
    weeks = [Draw(12, 10), Draw(9, 8), Draw(15, 13), Draw(10, 7), Draw(11, 5)]
    detector = StepDetector((0.8,))
    for week in weeks:
        detector.take(week)
    assert detector.evidence() == pytest.approx(evidence_by_hand(weeks, [10 * GRID]), abs=1e-6)


def test_nothing_is_said_before_there_is_a_reference() -> None:
    detector = StepDetector((0.4, 0.8))
    for week in (Draw(900, 800), Draw(900, 10), Draw(900, 850)):
        detector.take(week)
        assert detector.evidence() == -math.inf


@pytest.mark.parametrize(("before", "after"), [(0.9, 0.7), (0.7, 0.9), (0.02, 0.1), (0.5, 0.05)])
def test_a_clear_step_is_found_and_dated(before: float, after: float) -> None:
    detector = StepDetector((0.4, 0.8))
    for rate in [before] * 8 + [after] * 2:
        detector.take(Draw(400, round(400 * rate)))
    assert detector.evidence() > math.log(1_000)
    assert detector.likeliest_start() == 8


def test_a_restart_takes_the_new_level_for_normal() -> None:
    detector = StepDetector((0.4, 0.8))
    for hits in [360] * 8 + [280] * 2:
        detector.take(Draw(400, hits))
    detector.restart(detector.weeks[8:])
    for _ in range(6):
        detector.take(Draw(400, 280))
    assert detector.evidence() < math.log(10)


@pytest.mark.parametrize("spread", [0.0, 0.2])
def test_quiet_weeks_raise_fewer_alarms_than_the_bound(spread: float) -> None:
    """In 1,500 weeks whose rates wobble, fewer are above 75 than one in 75."""
    rng = np.random.default_rng(7)
    above = 0
    for series in range(50):
        detector = StepDetector((0.4, 0.8))
        size = (10, 60, 300, 2000)[series % 4]
        for _ in range(30):
            rate = 1 / (1 + math.exp(-(logit(0.85) + spread * rng.standard_normal())))
            detector.take(Draw(size, int(rng.binomial(size, rate))))
            if detector.evidence() > math.log(75):
                above += 1
                detector.restart(())
    assert above <= 1500 / 75


def test_draws_pool() -> None:
    assert pooled([Draw(10, 3), Draw(5, 5)]) == Draw(15, 8)
