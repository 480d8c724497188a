"""Running estimates: valid at every look, complete clusters only, first answers only."""

import pytest

from bot.domain.experiments.cells import Case, Cell
from bot.domain.experiments.progress import running
from bot.domain.experiments.results import Running, VerdictKind
from bot.domain.statistics.sequential import mcnemar_e
from tests.unit.experiments.made import BASE, NEW, arms, cell, pairs


def look(cells: list[Cell], cases: list[Case], margin: float = 0.05) -> Running:
    (found,) = running(cells, cases=cases, baseline=BASE, candidates=[NEW], margin=margin)
    return found


def cases_of(count: int) -> list[Case]:
    return [Case(f"c{i}") for i in range(count)]


def test_before_anything_came_in() -> None:
    found = look([], cases_of(5))
    assert (found.n, found.difference, found.e_value, found.decided) == (0, None, 1, None)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == (-1, 1)


def test_the_evidence_is_mcnemars_and_decides_at_twenty() -> None:
    open_, done = look(arms(pairs(9, 1, 20)), cases_of(30)), look(arms(pairs(12, 1, 20)), cases_of(33))
    assert open_.e_value == pytest.approx(mcnemar_e(9, 1))
    assert (open_.wins, open_.losses, open_.ties) == (9, 1, 20)
    assert open_.decided is None
    assert (done.e_value or 0) >= 20
    assert done.decided is VerdictKind.SHIP


def test_worse_and_futile() -> None:
    assert look(arms(pairs(1, 14, 20)), cases_of(35)).decided is VerdictKind.WORSE
    assert look(arms(pairs(2, 2, 600)), cases_of(604)).decided is VerdictKind.NO_DIFFERENCE
    assert look(arms(pairs(2, 2, 600)), cases_of(604), margin=0).decided is None


def test_several_candidates_share_alpha() -> None:
    scores = pairs(12, 1, 20)
    scores["third"] = list(scores[BASE])
    found = running(arms(scores), cases=cases_of(33), baseline=BASE, candidates=[NEW, "third"], margin=0.05)
    assert [one.candidate for one in found] == [NEW, "third"]
    assert found[0].interval is not None
    assert found[0].interval.level == pytest.approx(0.975)


def test_a_case_counts_once_both_arms_have_answered() -> None:
    half = [cell(BASE, "c0", 0.0), cell(BASE, "c1", 0.0), cell(NEW, "c1", 1.0)]
    found = look(half, cases_of(2))
    assert (found.n, found.wins) == (1, 1)


def test_a_cluster_counts_once_all_of_it_is_there() -> None:
    cases = [Case("c0", cluster="thread"), Case("c1", cluster="thread"), Case("c2")]
    cells = [cell(arm, case, float(arm == NEW)) for arm in (BASE, NEW) for case in ("c0", "c2")]
    assert look(cells, cases).n == 1
    whole = [*cells, cell(BASE, "c1", 0.0), cell(NEW, "c1", None)]
    assert look(whole, cases).n == 2


def test_later_repeats_do_not_change_what_was_counted() -> None:
    cells = arms(pairs(3, 1, 6))
    later = [cell(NEW, f"c{i}", 0.0, 1) for i in range(10)]
    assert look(cells, cases_of(10)) == look([*cells, *later], cases_of(10))


def test_scores_without_bounds_have_no_interval() -> None:
    found = look(arms({BASE: [1.0, 3.0], NEW: [5.0, 2.0]}), cases_of(2))
    assert (found.difference, found.interval, found.e_value, found.decided) == (1.5, None, None, None)
