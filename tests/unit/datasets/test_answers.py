"""What a right answer in words is checked by, and that it is said."""

import pytest

from bot.domain.datasets import Scoring, answered, needs_answer
from bot.domain.datasets.answers import literal, without_default_check
from bot.domain.experiments.cells import Case
from bot.domain.nunjucks import render
from bot.domain.scoring import Assertion


def _cases(*expected: str) -> list[Case]:
    return [Case(str(n), {"input": f"q{n}"}, expected=text) for n, text in enumerate(expected)]


def _types(cases: tuple[Case, ...]) -> list[str]:
    return [case.assertions[0].type if case.assertions else "" for case in cases]


def test_answers_of_a_closed_set_are_compared_exactly() -> None:
    cases, scoring = answered(_cases("refund", "parcel", "refund", "parcel", "other"))
    assert _types(cases) == ["equals"] * 5
    assert cases[4].assertions == (Assertion("equals", "other"),)
    assert scoring == Scoring(labels=5)


def test_short_answers_that_do_not_repeat_are_no_labels() -> None:
    cases, scoring = answered(_cases("Paris", "Rome", "42", "yes"))
    assert _types(cases) == ["llm-rubric"] * 4
    assert scoring == Scoring(judged=4, need_judge=4)


def test_free_text_asks_a_judge_or_says_that_it_is_only_near() -> None:
    text = "Your refund takes five days, counted from today."
    (judged,), with_judge = answered(_cases(text))
    (near,), without = answered(_cases(text), judge=False)
    assert text in judged.assertions[0].value
    assert near.assertions == (Assertion("similar", text, threshold=0.75),)
    assert "judge model" in with_judge.sentences()[0]
    assert "does not see a wrong detail" in without.sentences()[0]


def test_a_case_without_an_answer_gets_no_check_and_is_counted() -> None:
    (case,), scoring = answered(_cases(""))
    assert needs_answer(case)
    assert case.assertions == ()
    assert scoring == Scoring(unanswered=1)
    assert "without a right answer" in scoring.sentences()[0]


def test_checks_that_somebody_wrote_stay() -> None:
    own = Case("1", {"input": "q"}, (Assertion("contains", "x"),), expected="x")
    (case,), scoring = answered([own])
    assert case == own
    assert scoring == Scoring(own=1)


@pytest.mark.parametrize("kind", ["llm-rubric", "not-llm-rubric", "factuality", "assert-set"])
def test_a_check_that_asks_a_judge_is_counted(kind: str) -> None:
    members = (Assertion("g-eval", "x"),) if kind == "assert-set" else ()
    _, scoring = answered([Case("1", {}, (Assertion(kind, "x", members=members),))])
    assert scoring == Scoring(own=1, need_judge=1)


@pytest.mark.parametrize(
    "text", ["{{ secret }}", "a {% raw %} b {# c #}", "{{{x}}}", "{% endraw %}", "plain }}"]
)
def test_an_answer_is_never_read_as_a_template(text: str) -> None:
    assert render(literal(text), {"secret": "s3cret"}) == text


def test_a_check_made_by_default_is_told_from_one_that_was_written() -> None:
    plain = _cases("refund", "refund", "It takes five days, sorry.")
    for judge in (True, False):
        made, _ = answered(plain, judge=judge)
        assert [without_default_check(case) for case in made] == plain
    own = Case("1", {}, (Assertion("equals", "other"),), expected="refund")
    assert without_default_check(own) == own
