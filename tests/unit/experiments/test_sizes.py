"""Sizes in words and numbers, held against simulated experiments."""

import numpy as np
import pytest

from bot.domain.experiments.result import conclude
from bot.domain.experiments.results import VerdictKind
from bot.domain.experiments.sizes import advise, cases_to_show
from bot.domain.statistics.paired import mid_p_mcnemar
from tests.unit.experiments.made import BASE, arms, pairs


def test_advice_before_a_run() -> None:
    assert advise(200).sentence == "200 cases show a difference of about 9 points or more, 4 times in 5"
    assert advise(2).sentence == "2 cases can prove no difference at all"
    assert (advise(200, candidates=5).detectable or 0) > (advise(200).detectable or 1)


def test_what_is_advised_is_what_the_test_finds() -> None:
    """4 in 5 experiments of 200 cases with that difference have p <= .05."""
    delta = advise(200).detectable or 0
    wins, losses = 0.1 + delta / 2, 0.1 - delta / 2
    drawn = np.random.default_rng(1).multinomial(200, [wins, losses, 1 - wins - losses], 4_000)
    found = np.mean([mid_p_mcnemar(int(b), int(c)) <= 0.05 for b, c, _ in drawn])
    assert found == pytest.approx(0.8, abs=0.03)


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


def test_what_nobody_would_collect_is_said() -> None:
    """Equal arms and no margin: no number of cases ever settles it."""
    verdict = conclude(arms(pairs(4, 4, 32)), baseline=BASE, margin=0).overall
    assert verdict.needed_cases is None
    assert verdict.sentence.endswith("no number of cases that anybody would collect is likely to settle it")
