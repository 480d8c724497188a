"""A judge against people: when it may gate, and when nothing can be said."""

import pytest

from bot.domain.experiments.calibration import calibrate, correct


def labels(both: int, missed: int, wrongly: int, fails: int) -> list[tuple[bool, bool]]:
    """(judge, people)."""
    return (
        [(True, True)] * both
        + [(False, True)] * missed
        + [(True, False)] * wrongly
        + [(False, False)] * fails
    )


def test_a_good_judge_may_gate() -> None:
    found = calibrate(labels(30, 3, 2, 15))
    assert (found.tpr, found.tnr) == pytest.approx((30 / 33, 15 / 17))
    assert found.kappa == pytest.approx((0.9 - 0.5448) / (1 - 0.5448))
    assert found.may_gate
    assert found.sentence == "The judge agrees with people: kappa 0.78 on 50 labels; it may gate a promotion"


def test_a_judge_below_the_gate_may_not() -> None:
    found = calibrate(labels(25, 8, 6, 11))
    assert found.kappa is not None
    assert found.kappa < 0.6
    assert not found.may_gate
    assert found.sentence.endswith("below 0.6 it may not gate a promotion")


@pytest.mark.parametrize("few", [labels(0, 0, 0, 0), labels(10, 0, 0, 10), labels(40, 0, 0, 4)])
def test_few_labels_are_too_few_to_judge(few: list[tuple[bool, bool]]) -> None:
    found = calibrate(few)
    assert not found.enough
    assert not found.may_gate
    assert found.sentence.startswith("Too few labels to judge the judge")


def test_a_judge_that_passes_all_agrees_no_more_than_chance() -> None:
    found = calibrate(labels(40, 0, 10, 0))
    assert (found.kappa, found.may_gate, found.tnr) == (0, False, 0)
    assert correct(40, 50, found) is None


def test_the_rate_behind_the_judges_rate() -> None:
    """It passes 9 of 10 good ones and 2 of 10 bad ones: 70 % by the judge are 5 in 7 in truth."""
    found = correct(350, 500, calibrate(labels(90, 10, 20, 80)))
    assert found is not None
    assert found.judged == pytest.approx(0.7)
    assert found.value == pytest.approx((0.7 + 0.8 - 1) / 0.7)
    assert found.interval.low < found.value < found.interval.high
