"""Numbers and sentences as people read them."""

import pytest

from bot.domain.experiments import telling as say
from bot.domain.experiments.results import Interval, Ratio
from tests.unit.reports import sample


@pytest.mark.parametrize(
    ("value", "measure", "expected"),
    [(0.921, "pass rate", "92.1 %"), (0.9, "pass rate", "90 %"), (1.0, "pass rate", "100 %"),
     (0.8712, "mean score", "0.871"), (None, "pass rate", "–")],
)  # fmt: skip
def test_levels(value: float | None, measure: str, expected: str) -> None:
    assert say.level(value, measure) == expected


@pytest.mark.parametrize(
    ("value", "measure", "expected"),
    [(0.09, "pass rate", "+9 pts"), (-0.081, "pass rate", "−8.1 pts"), (0.0, "pass rate", "0 pts"),
     (-0.0001, "pass rate", "0 pts"), (0.0421, "mean score", "+0.042"), (None, "mean score", "–")],
)  # fmt: skip
def test_changes_carry_their_sign(value: float | None, measure: str, expected: str) -> None:
    assert say.change(value, measure) == expected


def test_an_interval_says_its_level() -> None:
    assert say.change_span(Interval(-0.03, 0.2), "pass rate") == "95 %: −3…+20"
    assert say.change_span(Interval(-0.03, 0.2, 0.975), "pass rate") == "97.5 %: −3…+20"
    assert say.change_span(None, "pass rate") == ""
    assert say.ratio(Ratio(0.312, Interval(0.28, 0.35), 60)) == "× 0.31 (0.28…0.35)"


@pytest.mark.parametrize(
    ("dollars", "expected"),
    [
        (0.0, "$0.00"),
        (2.0, "$2.00"),
        (1234.5, "$1,234.50"),
        (0.62, "$0.62"),
        (0.00061, "$0.00061"),
        (None, "–"),
    ],
)
def test_money_never_rounds_to_nothing(dollars: float | None, expected: str) -> None:
    assert say.money(dollars) == expected


@pytest.mark.parametrize(
    ("ms", "expected"),
    [(340, "340 ms"), (1249, "1.2 s"), (59_999, "60.0 s"), (90_000, "1.5 min"), (None, "–")],
)
def test_durations(ms: float | None, expected: str) -> None:
    assert say.duration(ms) == expected


def test_a_verdict_is_not_said_twice() -> None:
    report = sample.support(seed=11)
    assert say.headline(report) == "NOT ENOUGH DATA"
    assert report.conclusion.overall.sentence.startswith("Not enough data: ")
    assert say.sentence(report) == report.conclusion.overall.sentence.removeprefix("Not enough data: ") + "."


def test_what_cannot_be_judged_is_said_plainly() -> None:
    assert say.sentence(sample.no_cases()) == "Nothing was run, so there is nothing to judge."
    assert say.sentence(sample.all_errors()) == "All 180 calls failed, so there is nothing to judge."
    assert say.headline(sample.all_errors()) == "NO RESULTS"
    assert say.headline(sample.one_arm()) == "RESULTS"
    assert say.sentence(sample.one_arm()).endswith("With one arm there is nothing to compare.")


def test_remarks_name_the_most_frequent_failure_and_what_is_missing() -> None:
    report = sample.all_errors()
    assert "Calls failed 180 times: 401 Unauthorized: the key of openai was refused." in say.remarks(report)
    full = sample.support()
    cut = sample.report(full.plan, full.cells[:100], stopped="the cap of $0.20 was reached")
    assert "80 of 180 cells were not run." in say.remarks(cut)
    assert "Stopped early: the cap of $0.20 was reached." in say.remarks(cut)
