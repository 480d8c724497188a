"""Sizes in words and numbers, held against simulated experiments."""

from functools import cache

import numpy as np
import pytest

from bot.domain.experiments.result import conclude
from bot.domain.experiments.results import VerdictKind
from bot.domain.experiments.sizes import advise, cases_to_show
from bot.domain.statistics.paired import difference, mid_p_mcnemar
from tests.unit.experiments.made import BASE, arms, pairs


def test_advice_before_a_run() -> None:
    assert advise(200).sentence == "200 cases show a difference of about 9 points or more, 4 times in 5"
    for few in range(1, 5):  # 4 won of 4: mid-p .0625
        assert advise(few).sentence.endswith("can prove no difference at all")
    assert advise(5).sentence == "5 cases show a difference of about 96 points or more, 4 times in 5"
    assert advise(5, candidates=2).detectable is None  # 5 won of 5: mid-p .031, over .05 / 2
    assert (advise(200, candidates=5).detectable or 0) > (advise(200).detectable or 1)


@pytest.mark.parametrize("n", [6, 12, 40, 200])
def test_what_is_advised_is_what_the_test_finds(n: int) -> None:
    """4 in 5 experiments of n cases with that difference have p <= .05 and an interval above 0."""
    delta = advise(n).detectable or 0
    share = max(0.2, delta)
    wins, losses = (share + delta) / 2, (share - delta) / 2
    drawn = np.random.default_rng(1).multinomial(n, [wins, losses, 1 - share], 4_000)
    assert np.mean([better(int(b), int(c), n) for b, c, _ in drawn]) == pytest.approx(0.8, abs=0.03)


@cache
def better(wins: int, losses: int, n: int) -> bool:
    found = difference(np.repeat([1.0, -1.0, 0.0], [wins, losses, n - wins - losses]))
    return found is not None and found.interval.low > 0 and mid_p_mcnemar(wins, losses) <= 0.05


def test_cases_to_show_is_the_other_way_round() -> None:
    n = cases_to_show(0.1)
    assert n is not None
    assert (advise(n).detectable or 1) <= 0.1 < (advise(n - 1).detectable or 0)
    assert cases_to_show(0) is None


def test_needed_cases_settle_it_if_the_truth_is_what_was_seen() -> None:
    found = conclude(arms(pairs(6, 3, 31)), baseline=BASE)
    needed = found.overall.needed_cases
    assert needed is not None
    n = 40 + needed
    drawn = np.random.default_rng(2).multinomial(n, [6 / 40, 3 / 40, 31 / 40], 60)
    kinds = [conclude(arms(pairs(int(b), int(c), int(t))), baseline=BASE).overall.kind for b, c, t in drawn]
    settled = np.mean([kind is not VerdictKind.NEED_MORE for kind in kinds])
    assert settled >= 0.7


@pytest.mark.parametrize(("wins", "losses"), [(4, 4), (8, 3)])
def test_needed_cases_settle_it_where_there_is_no_difference(wins: int, losses: int) -> None:
    """4 experiments in 5, the cases that are there counted in."""
    needed = conclude(arms(pairs(wins, losses, 40 - wins - losses)), baseline=BASE).overall.needed_cases
    assert needed is not None
    share = (wins + losses) / 40
    drawn = np.random.default_rng(3).multinomial(needed, [share / 2, share / 2, 1 - share], 30)
    kinds = [
        conclude(
            arms(pairs(wins + int(b), losses + int(c), 40 - wins - losses + int(t))), baseline=BASE
        ).overall.kind
        for b, c, t in drawn
    ]
    assert np.mean([kind is not VerdictKind.NEED_MORE for kind in kinds]) >= 0.7


def test_what_nobody_would_collect_is_said() -> None:
    """Equal arms and no margin: no number of cases ever settles it."""
    verdict = conclude(arms(pairs(4, 4, 32)), baseline=BASE, margin=0).overall
    assert verdict.needed_cases is None
    assert verdict.sentence.endswith("no number of cases that anybody would collect is likely to settle it")
