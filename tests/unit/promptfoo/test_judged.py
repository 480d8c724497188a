"""A plan is told who judges; what has no judge is refused and listed, and nothing is spent on it."""

from dataclasses import replace

import pytest

from bot.domain.experiments.cells import Arm, Case
from bot.domain.experiments.plan import ModelSpec, Plan, PlannedArm, Template
from bot.domain.scoring import Assertion
from bot.promptfoo.judged import judged_types, with_judge

PLAIN = Case("plain", assertions=(Assertion("contains", "x"), Assertion("similar", "y")), origin="tests[0]")
RUBRIC = Case("rubric", assertions=(Assertion("llm-rubric", "kind"),), origin="tests[1]")
NAMED = Case("named", assertions=(Assertion("g-eval", "kind", provider="openai:own"),), origin="tests[2]")
WITHIN = Case(
    "within",
    assertions=(Assertion("assert-set", members=(PLAIN.assertions[0], Assertion("not-factuality", "x"))),),
    origin="tests[3]",
)


def plan(*cases: Case, judge: str = "") -> Plan:
    arm = PlannedArm(Arm("a", "p", "echo"), Template("hi"), ModelSpec("echo"))
    return Plan((arm,), cases, judge=judge)


def test_a_plan_that_asks_nobody_stays_as_it_is() -> None:
    whole = plan(PLAIN)
    assert with_judge(whole, judge="openai:x", usual="openai:y") is whole


@pytest.mark.parametrize(
    ("own", "judge", "usual", "expected"),
    [
        ("", "openai:pinned", "openai:usual", "openai:pinned"),
        ("openai:own", "openai:pinned", "", "openai:pinned"),
        ("openai:own", "", "openai:usual", "openai:own"),
        ("", "", "openai:usual", "openai:usual"),
    ],
)
def test_the_command_line_comes_first_then_the_config(
    own: str, judge: str, usual: str, expected: str
) -> None:
    told = with_judge(plan(PLAIN, RUBRIC, judge=own), judge=judge, usual=usual)
    assert told.judge == expected
    assert not any(case.refused for case in told.cases)


def test_without_a_judge_cases_are_refused_and_listed_and_others_run() -> None:
    told = with_judge(plan(PLAIN, RUBRIC, NAMED, WITHIN))
    how = "needs a judge model: set PLUMB_MODEL, or give --judge provider:model."
    assert [case.refused for case in told.cases] == [
        "", f'tests[1]: the assertion "llm-rubric" {how}', "",
        f'tests[3]: the assertion "not-factuality" {how}',
    ]  # fmt: skip
    assert told.unsupported == (told.cases[1].refused, told.cases[3].refused)


def test_what_is_refused_already_keeps_its_reason() -> None:
    told = with_judge(plan(replace(RUBRIC, refused="for another reason")))
    assert [case.refused for case in told.cases] == ["for another reason"]
    assert told.unsupported == ()


def test_types_that_ask_are_told_with_their_not() -> None:
    assert judged_types(WITHIN.assertions) == ["not-factuality"]
    assert judged_types(PLAIN.assertions) == []
