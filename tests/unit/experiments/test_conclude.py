"""A whole experiment from its cells: units, repeats, clusters, errors, slices, frontier, what to read."""

import random
import subprocess
import sys
import time

import numpy as np
import pytest
from scipy import stats

from bot.domain.experiments.cells import Case, Cell, CellKey
from bot.domain.experiments.result import conclude
from bot.domain.experiments.results import MEAN_SCORE, PASS_RATE
from bot.errors import InputError
from tests.unit.experiments.made import BASE, NEW, arms, cell, in_slices, pairs, with_costs


def test_a_known_table() -> None:
    """McNemar's classic: 25 wins, 10 losses; the mid-p is .0115 by the exact binomial."""
    found = conclude(arms(pairs(25, 10, 40, 25)), baseline=BASE)
    one = found.comparisons[0]
    expected = 2 * stats.binom.cdf(10, 35, 0.5) - stats.binom.pmf(10, 35, 0.5)
    assert (one.n, one.clusters, one.wins, one.losses, one.ties) == (100, 100, 25, 10, 65)
    assert one.difference == pytest.approx(0.15)
    assert one.p == pytest.approx(expected)
    assert [arm.value for arm in found.arms] == pytest.approx([0.5, 0.65])
    assert found.measure == PASS_RATE


def test_repeats_are_averaged_within_their_case() -> None:
    """Ten repeats of two cases are two cases, not twenty."""
    cells = [cell(BASE, f"c{i % 2}", float(i % 2), i // 2) for i in range(20)]
    cells += [cell(NEW, f"c{i % 2}", 1.0, i // 2) for i in range(20)]
    found = conclude(cells, baseline=BASE)
    assert found.comparisons[0].n == 2
    assert found.comparisons[0].wins == 1
    assert "up to 10 answers a case are averaged; a case counts once" in found.notes


def test_reliability_of_repeats() -> None:
    """Of four cases with three repeats, one passes always, one never, one once, one twice."""
    passes = [3, 0, 1, 2]
    cells = [cell(BASE, f"c{i}", float(k < n), k) for i, n in enumerate(passes) for k in range(3)]
    arm = conclude(cells, baseline=BASE).arms[0]
    assert (arm.pass_hat_k, arm.pass_at_k, arm.flaky) == (0.25, 0.75, 0.5)


def test_one_answer_a_case_says_nothing_of_reliability() -> None:
    arm = conclude(arms({BASE: [1.0, 0.0]}), baseline=BASE).arms[0]
    assert (arm.pass_hat_k, arm.pass_at_k, arm.flaky) == (None, None, None)


def test_clusters_count_once() -> None:
    """Two customers with ten cases each, who agree with themselves, are two units."""
    cases = [Case(f"c{i}", cluster="one" if i < 10 else "two") for i in range(20)]
    found = conclude(arms({BASE: [0.0] * 20, NEW: [1.0] * 10 + [0.0] * 10}), cases=cases, baseline=BASE)
    one = found.comparisons[0]
    assert (one.n, one.clusters, one.wins) == (20, 2, 10)
    assert one.p == 1
    assert one.e_value == pytest.approx(1)


def test_graded_scores_are_a_mean_score_with_students_interval() -> None:
    rng = np.random.default_rng(1)
    base, new = rng.beta(4, 2, 60), rng.beta(5, 2, 60)
    found = conclude(arms({BASE: list(base), NEW: list(new)}), baseline=BASE)
    one = found.comparisons[0]
    theirs = stats.ttest_rel(new, base)
    limits = theirs.confidence_interval()
    assert found.measure == MEAN_SCORE
    assert one.interval is not None
    assert (one.interval.low, one.interval.high) == pytest.approx((limits.low, limits.high))
    assert one.p == pytest.approx(float(theirs.pvalue), abs=0.02)
    assert found.arms[0].value == pytest.approx(base.mean())


def test_scores_beyond_one_are_not_bet_on() -> None:
    found = conclude(arms({BASE: [1.0, 4.0, 3.0], NEW: [5.0, 4.0, 2.0]}), baseline=BASE)
    assert found.comparisons[0].e_value is None
    assert found.comparisons[0].difference == pytest.approx(1)


def test_graded_cells_may_be_counted_as_passes() -> None:
    found = conclude(arms({BASE: [0.2, 0.7], NEW: [0.6, 0.9]}), baseline=BASE, measure=PASS_RATE)
    assert [arm.value for arm in found.arms] == [0.5, 1.0]


def test_failed_calls_are_counted_and_said() -> None:
    found = conclude(arms({BASE: [1.0, 1.0, None], NEW: [1.0, None, None]}), baseline=BASE)
    one = found.comparisons[0]
    assert [arm.errors for arm in found.arms] == [1, 2]
    assert (one.n, one.excluded) == (1, 2)
    assert one.if_errors_fail == pytest.approx(-1 / 3)
    assert "reply@4: 2 calls failed and count for nothing" in found.notes


def test_cached_answers_have_no_latency() -> None:
    cells = arms({BASE: [1.0] * 4, NEW: [1.0] * 4}, latency_ms=5.0, cached=True)
    cells += [
        cell(arm, f"d{i}", 1.0, latency_ms=time)
        for arm, time in ((BASE, 100.0), (NEW, 200.0))
        for i in (1, 2)
    ]
    found = conclude(cells, baseline=BASE)
    ratio = found.comparisons[0].latency
    assert [arm.p50_ms for arm in found.arms] == [100, 200]
    assert ratio is not None
    assert (ratio.value, ratio.n) == pytest.approx((2, 2))


def test_slices_are_judged_from_twelve_cases_on() -> None:
    values = ["de"] * 3 + ["en"]
    found = conclude(arms(pairs(0, 12, 32)), cases=in_slices(44, "language", values), baseline=BASE)
    large, small = found.slices
    assert (large.value, large.n, large.judged) == ("de", 33, True)
    assert (small.value, small.n, small.judged) == ("en", 11, False)
    assert small.interval is None
    assert large.p == large.p_adjusted
    assert large.misses == tuple(f"c{i}" for i in range(12) if i % 4 != 3)


def test_slices_share_their_false_alarms() -> None:
    """Five slices: Benjamini and Hochberg's p of the only one that differs is five times its own."""
    values = ["a", "b", "c", "d", "e"]
    scores = {BASE: [1.0] * 100, NEW: [float(i % 5 != 0 or i > 40) for i in range(100)]}
    found = conclude(arms(scores), cases=in_slices(100, "kind", values), baseline=BASE)
    first = found.slices[0]
    assert first.value == "a"
    assert first.p_adjusted == pytest.approx(5 * (first.p or 0))


def test_the_frontier_and_the_cheapest_that_is_good_enough() -> None:
    scores = pairs(20, 20, 960)
    scores["small"] = [*[0.0] * 30, *scores[BASE][30:]]
    scores["bad"] = [*[0.0] * 500, *[1.0] * 500]
    cells = with_costs(arms(scores), {BASE: 0.003, NEW: 0.002, "small": 0.001, "bad": 0.0001})
    found = conclude(cells, baseline=BASE)
    points = {point.arm: point.beaten_by for point in found.frontier}
    assert points == {BASE: (NEW,), NEW: (), "small": (), "bad": ()}
    assert found.cheapest_within_margin == "small"


def test_the_cases_to_read_come_from_different_slices() -> None:
    """Six cases differ by as much, five of one slice: the sixth is among the first two."""
    scores = {BASE: [0.0] * 6 + [1.0] * 6, NEW: [1.0] * 12}
    cases = [Case(f"c{i}", slices={"kind": "rare" if i == 5 else "usual"}) for i in range(12)]
    found = conclude(arms(scores), cases=cases, baseline=BASE).disagreements
    assert [one.case for one in found][:2] == ["c0", "c5"]
    assert len(found) == 5
    assert found[0].scores == {BASE: 0, NEW: 1}
    assert all(one.gap == 1 for one in found)


def test_nothing_differs_nothing_to_read() -> None:
    assert conclude(arms({BASE: [1.0], NEW: [1.0]}), baseline=BASE).disagreements == ()


def test_an_arm_that_is_not_there() -> None:
    with pytest.raises(InputError, match="no arm reply@9"):
        conclude(arms(pairs(1, 1, 1)), baseline="reply@9")


def test_one_arm_and_no_cell_at_all() -> None:
    one = conclude(arms({BASE: [1.0]}), baseline=BASE)
    assert (one.comparisons, one.overall.kind.value) == ((), "nothing to compare")
    assert one.overall.sentence == "Nothing to compare: reply@3 is the only arm"
    none = conclude([], baseline=BASE, arms=[BASE, NEW])
    assert none.arms[0].value is None
    assert none.comparisons[0].difference is None


def test_the_order_of_the_cells_does_not_matter() -> None:
    cells = with_costs(arms(pairs(25, 10, 65)), {BASE: 0.002, NEW: 0.001})
    shuffled = random.Random(1).sample(cells, len(cells))
    cases = [Case(f"c{i}") for i in range(100)]
    one = conclude(cells, cases=cases, baseline=BASE, arms=[BASE, NEW])
    assert one == conclude(shuffled, cases=cases, baseline=BASE, arms=[BASE, NEW])


def test_a_hundred_thousand_cells() -> None:
    """Two seconds is the aim on a quiet machine; the test only catches what is slower by a multiple."""
    rng = random.Random(2)
    cells = [
        Cell(CellKey(f"arm {arm}", f"c{i}"), score=rng.random(), cost=0.001, latency_ms=300.0)
        for i in range(10_000)
        for arm in range(10)
    ]
    start = time.process_time()
    conclude(cells, baseline="arm 0")
    assert time.process_time() - start < 6


def test_importing_it_loads_no_scipy() -> None:
    modules = "bot.domain.experiments.result, bot.domain.experiments.progress"
    code = f"import sys, {modules}; print('scipy' in sys.modules)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)  # noqa: S603  our own code
    assert done.stdout.strip() == "False"


def test_repeats_have_a_diversity() -> None:
    """The same words each time: 0. Nothing in common: nearly 1. Asked once: none."""
    said = {BASE: ("one two three four", "one two three four"), NEW: ("one two three four", "five six seven")}
    cells = [
        cell(arm, "c0", 1.0, k, output=text) for arm, texts in said.items() for k, text in enumerate(texts)
    ]
    same, other = conclude(cells, baseline=BASE).arms
    assert same.named["diversity"] == pytest.approx(0)
    assert other.named["diversity"] > 0.9
    assert "diversity" not in conclude(arms({BASE: [1.0, 0.0]}), baseline=BASE).arms[0].named
