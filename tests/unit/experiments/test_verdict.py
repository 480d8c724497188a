"""What may be said of a candidate: the four verdicts, their sentences, and what overrules them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.experiments.result import conclude
from bot.domain.experiments.results import Conclusion, Guardrail, VerdictKind
from tests.unit.experiments.made import BASE, NEW, arms, cell, pairs, with_costs


def judged(wins: int, losses: int, passes: int, *, margin: float = 0.05) -> Conclusion:
    return conclude(arms(pairs(wins, losses, passes)), baseline=BASE, margin=margin)


def test_better_beyond_doubt_ships() -> None:
    found = judged(40, 16, 144)
    assert found.overall.kind is VerdictKind.SHIP
    assert found.overall.candidate == NEW
    assert found.overall.sentence == (
        "Ship reply@4: it is 12 points better than reply@3, between 4.6 and 19 points (n = 200, 95 %)"
    )


def test_worse_beyond_doubt_is_worse() -> None:
    found = judged(16, 40, 144)
    assert found.overall.kind is VerdictKind.WORSE
    assert found.overall.sentence == (
        "Worse: reply@4 is 12 points worse than reply@3, between 4.6 and 19 points (n = 200, 95 %)"
    )


def test_too_little_says_how_far_it_may_go_and_how_many_more() -> None:
    found = judged(6, 3, 31)
    verdict = found.overall
    assert verdict.kind is VerdictKind.NEED_MORE
    assert verdict.needed_cases is not None
    assert verdict.sentence == (
        "Not enough data: reply@4 is at best 23 points better and at worst 8.6 points worse (n = 40, 95 %); "
        f"about {verdict.needed_cases:,} more cases would settle it"
    )


def test_bounded_by_the_margin_is_no_difference() -> None:
    found = judged(20, 20, 960)
    assert found.overall.kind is VerdictKind.NO_DIFFERENCE
    assert found.overall.sentence == (
        "No difference that matters: reply@4 is within 1.3 points of reply@3 either way (n = 1,000, 95 %)"
    )


def test_forty_ties_are_no_proof_of_no_difference() -> None:
    assert judged(0, 0, 40).overall.kind is VerdictKind.NEED_MORE


def test_cheaper_and_not_worse_than_the_margin_ships() -> None:
    cells = with_costs(arms(pairs(10, 10, 380)), {BASE: 0.002, NEW: 0.0006})
    found = conclude(cells, baseline=BASE, margin=0.05)
    assert found.overall.kind is VerdictKind.SHIP
    assert found.overall.sentence == (
        "Ship reply@4: it costs 30 % of reply@3 and is at worst 2.3 points worse, "
        "inside the margin of 5 points (n = 400, 95 %)"
    )
    assert found.cheapest_within_margin == NEW


def test_dearer_and_not_worse_does_not() -> None:
    cells = with_costs(arms(pairs(10, 10, 380)), {BASE: 0.002, NEW: 0.003})
    found = conclude(cells, baseline=BASE, margin=0.05)
    assert found.overall.kind is VerdictKind.NO_DIFFERENCE
    assert found.cheapest_within_margin == BASE


@pytest.mark.parametrize(
    ("price", "kind", "said"),
    [
        (0.002, VerdictKind.SHIP, "Ship reply@4"),
        (0.004, VerdictKind.WORSE, "but cost got worse: 2.00 times that of reply@3"),
    ],
)
def test_a_broken_guardrail_holds_back_what_is_better(price: float, kind: VerdictKind, said: str) -> None:
    cells = with_costs(arms(pairs(40, 16, 144)), {BASE: 0.002, NEW: price})
    found = conclude(cells, baseline=BASE, guardrails=[Guardrail("cost")])
    assert found.overall.kind is kind
    assert said in found.overall.sentence


def test_a_guardrail_that_was_not_measured_is_not_held() -> None:
    found = conclude(arms(pairs(40, 16, 144)), baseline=BASE, guardrails=[Guardrail("safety")])
    assert found.overall.kind is VerdictKind.NEED_MORE
    assert "safety may not get worse and was not measured in both" in found.overall.sentence


def test_a_named_score_may_be_a_guardrail() -> None:
    def safety(arm: str, i: int) -> dict[str, float]:
        return {"safety": float(arm == BASE or i % 4 > 0)}

    scored = [
        cell(arm, f"c{i}", score, named_scores=safety(arm, i))
        for arm, values in pairs(40, 16, 144).items()
        for i, score in enumerate(values)
    ]
    found = conclude(scored, baseline=BASE, guardrails=[Guardrail("safety", 0.1)])
    assert found.overall.kind is VerdictKind.WORSE
    (check,) = found.comparisons[0].guardrails
    assert check.held is False
    assert check.value == pytest.approx(-0.25)


def test_a_lead_that_hangs_on_failed_calls_is_not_shipped() -> None:
    """The candidate gives no answer to forty of the hard cases; on the rest it is ahead."""
    scores = pairs(30, 8, 162)
    scores[BASE] += [1.0] * 40
    scores[NEW] += [None] * 40
    found = conclude(arms(scores), baseline=BASE)
    comparison, verdict = found.comparisons[0], found.overall
    assert comparison.interval is not None
    assert comparison.interval.low > 0
    assert (comparison.n, comparison.excluded) == (200, 40)
    assert comparison.if_errors_fail == pytest.approx((30 - 8 - 40) / 240)
    assert verdict.kind is VerdictKind.NEED_MORE
    assert "7.5 points worse if failed calls count as wrong (40 cases without an answer)" in verdict.sentence


def test_the_best_of_many_equals_is_not_shipped_on_its_own_p() -> None:
    """15 to 5 has p = .027 alone, but not as one of ten."""
    lucky = pairs(15, 5, 80)
    same = {f"other {i}": list(lucky[BASE]) for i in range(9)}
    alone = conclude(arms(lucky), baseline=BASE)
    among = conclude(arms({**lucky, **same}), baseline=BASE)
    assert alone.overall.kind is VerdictKind.SHIP
    assert among.verdicts[0].kind is VerdictKind.NEED_MORE
    assert among.comparisons[0].p_adjusted == pytest.approx(10 * (among.comparisons[0].p or 0))
    assert "98" not in alone.overall.sentence
    assert "(n = 100, 99.5 %)" in among.verdicts[0].sentence


def test_the_overall_recommendation_names_the_winner_and_who_else_may_ship() -> None:
    scores = pairs(60, 10, 130)
    scores["better still"] = [1.0] * 200
    found = conclude(arms(scores), baseline=BASE)
    assert [verdict.kind for verdict in found.verdicts] == [VerdictKind.SHIP] * 2
    assert found.overall.candidate == "better still"
    assert found.overall.sentence.endswith("May ship too: reply@4")


def test_all_worse_keeps_the_baseline() -> None:
    scores = pairs(5, 60, 135)
    scores["worst"] = [0.0] * 200
    found = conclude(arms(scores), baseline=BASE)
    assert (found.overall.kind, found.overall.candidate) == (VerdictKind.WORSE, BASE)
    assert found.overall.sentence == "Keep reply@3: every candidate is worse"


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ({BASE: [1.0, None], NEW: [None, 1.0]}, "no case has a scored answer of both reply@4 and reply@3"),
        ({BASE: [0.3], NEW: [0.4]}, "1 case in common is too few"),
        ({BASE: [1.0], NEW: [1.0]}, "at best 100 points better and at worst 100 points worse"),
    ],
)
def test_next_to_nothing_is_said_plainly(scores: dict[str, list[float | None]], said: str) -> None:
    verdict = conclude(arms(scores), baseline=BASE).overall
    assert verdict.kind is VerdictKind.NEED_MORE
    assert said in verdict.sentence


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 200), st.sampled_from([0.0, 0.02, 0.1]))
def test_a_verdict_never_contradicts_its_interval(wins: int, losses: int, passes: int, margin: float) -> None:
    if wins + losses + passes == 0:
        return
    found = judged(wins, losses, passes, margin=margin)
    interval, kind = found.comparisons[0].interval, found.overall.kind
    assert interval is not None
    if kind is VerdictKind.SHIP:
        assert interval.low > 0
    elif kind is VerdictKind.WORSE:
        assert interval.high < 0
    elif kind is VerdictKind.NO_DIFFERENCE:
        assert -margin <= interval.low <= interval.high <= margin
    mirrored = judged(losses, wins, passes, margin=margin).overall.kind
    opposite = {VerdictKind.SHIP: VerdictKind.WORSE, VerdictKind.WORSE: VerdictKind.SHIP}
    assert mirrored is opposite.get(kind, kind)


def test_a_run_that_was_stopped_early_is_judged_by_what_stays_valid() -> None:
    cells = arms(pairs(30, 12, 58))
    planned = conclude(cells, baseline=BASE)
    stopped = conclude(cells, baseline=BASE, stopped_early=True)
    assert planned.overall.kind is VerdictKind.SHIP
    assert stopped.overall.kind is VerdictKind.NEED_MORE
    one, other = planned.comparisons[0].interval, stopped.comparisons[0].interval
    assert one is not None
    assert other is not None
    assert other.low < one.low < one.high < other.high
    assert stopped.comparisons[0].p == pytest.approx(1 / (stopped.comparisons[0].e_value or 0))
