"""Tests of a config as cases: defaults, combinations, scenarios, files, ids."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.experiments.cells import Case
from bot.errors import InputError
from bot.promptfoo.case_ids import CaseIds
from tests.unit.promptfoo.writing import case_of, plan_of

_HEAD = "prompts: ['{{x}}']\nproviders: [echo]\n"


def _vars(cases: tuple[Case, ...]) -> list[dict[str, Any]]:
    return [dict(case.vars) for case in cases]


def test_lists_of_texts_are_taken_apart_and_others_are_not(tmp_path: Path) -> None:
    plan = case_of(tmp_path, "{vars: {a: [x, y], b: ['1', '2'], c: [3, 4], d: []}}")
    assert _vars(plan.cases) == [
        {"a": a, "b": b, "c": [3, 4], "d": []} for a, b in (("x", "1"), ("x", "2"), ("y", "1"), ("y", "2"))
    ]
    plan = case_of(tmp_path, "{vars: {a: [x, y]}, options: {disableVarExpansion: true}}")
    assert _vars(plan.cases) == [{"a": ["x", "y"]}]


def test_what_is_set_by_default_holds_where_a_test_says_nothing(tmp_path: Path) -> None:
    config = (
        _HEAD
        + """
defaultTest:
  vars: {g: hello, n: bob}
  assert: [{type: contains, value: h}]
  threshold: 0.4
  options: {prefix: '>', transform: output, temperature: 1}
  metadata: {team: a, level: 2}
tests:
- {vars: {n: al}, metadata: {level: 3}}
- {options: {disableDefaultAsserts: true, prefix: '', suffix: '<', transform: b}, threshold: 0.9}
"""
    )
    first, second = plan_of(tmp_path, config).cases
    assert (first.vars, first.threshold) == ({"g": "hello", "n": "al"}, 0.4)
    assert first.options == {"prefix": ">", "transform": "output", "config": {"temperature": 1}}
    assert first.slices == {"team": "a", "level": "3"}
    assert [each.type for each in first.assertions] == ["contains"]
    assert (second.assertions, second.threshold) == ((), 0.9)
    assert second.options == {"prefix": ">", "suffix": "<", "transform": "b", "config": {"temperature": 1}}


def test_scenarios_come_after_tests_each_config_with_each_test(tmp_path: Path) -> None:
    config = (
        _HEAD
        + """
defaultTest: {vars: {x: d}}
tests: [{vars: {t: own}}]
scenarios:
- config: [{vars: {l: fr}, assert: [{type: contains, value: fr}]}, {vars: {l: de}}]
  tests: [{vars: {t: [a, b]}}, {vars: {t: c}, threshold: 0}]
- file://more.yaml
"""
    )
    more = "config: [{vars: {l: es}}]\ntests: file://t.yaml\n"
    plan = plan_of(tmp_path, config, more__yaml=more, t__yaml="- vars: {t: z}\n")
    told = [(case.vars.get("l"), case.vars["t"], len(case.assertions)) for case in plan.cases]
    french = [("fr", "a", 1), ("fr", "b", 1), ("fr", "c", 1)]
    german = [("de", "a", 0), ("de", "b", 0), ("de", "c", 0)]
    assert told == [(None, "own", 0), *french, *german, ("es", "z", 0)]


def test_without_tests_every_prompt_is_run_once(tmp_path: Path) -> None:
    assert _vars(plan_of(tmp_path, _HEAD).cases) == [{}]
    assert plan_of(tmp_path, _HEAD + "scenarios: []\n").cases == ()


@pytest.mark.parametrize(
    ("tests", "files"),
    [
        ("file://t.csv", {"t__csv": "x,__expected\na,a\nb,b\n"}),
        ("file://t.json", {"t__json": '[{"vars": {"x": "a"}}, {"vars": {"x": "b"}}]'}),
        ("file://t.jsonl", {"t__jsonl": '{"vars": {"x": "a"}}\n\n{"vars": {"x": "b"}}\n'}),
        ("file://t.yaml", {"t__yaml": "- vars: {x: a}\n- vars: {x: b}\n"}),
        ("[{vars: {x: a}}, file://t.yaml]", {"t__yaml": "vars: {x: b}\n"}),
        ("['*.jsonl', t.csv]", {"t__csv": "x\nb\n", "a__jsonl": '{"vars": {"x": "a"}}'}),
        ("{path: t.csv}", {"t__csv": "x\na\nb\n"}),
        ("[{vars: v.yaml}, {vars: [v.yaml, w.yaml]}]", {"v__yaml": "x: a\n", "w__yaml": "x: b\n"}),
        ("[{$ref: '#/own/0'}, {$ref: 't.yaml#/b'}]\nown: [{vars: {x: a}}]", {"t__yaml": "b: {vars: {x: b}}"}),
    ],
)  # fmt: skip
def test_tests_come_from_every_kind_of_file(tmp_path: Path, tests: str, files: dict[str, str]) -> None:
    plan = plan_of(tmp_path, f"{_HEAD}tests: {tests}\n", **files)
    assert _vars(plan.cases) == [{"x": "a"}, {"x": "b"}]
    assert plan.unsupported == ()


def test_vars_from_files_are_read_and_names_within_vars_filled_in(tmp_path: Path) -> None:
    test = "{vars: {x: file://v.txt, y: file://v.yaml, z: 'is {{ x }}', n: \"end\\n\"}}"
    plan = plan_of(tmp_path, f"{_HEAD}tests: [{test}]\n", v__txt=" text \n", v__yaml="a: [1, yes]\n")
    (case,) = plan.cases
    assert case.vars == {"x": "text", "y": '{"a":[1,"yes"]}', "z": "is text", "n": "end"}
    assert case.options["vars"]["x"] == "file://v.txt"


def test_values_from_files_are_no_templates_any_more(tmp_path: Path) -> None:
    asserts = "[{type: equals, value: file://e.txt}, {type: is-json, value: file://s.json}]"
    plan = plan_of(
        tmp_path, f"{_HEAD}tests: [{{assert: {asserts}}}]\n", e__txt="a {{x}}\n", s__json='{"type": "object"}'
    )
    values = [each.value for each in plan.cases[0].assertions]
    assert values == ["{% raw %}a {{x}}{% endraw %}", {"type": "object"}]


def test_an_assertion_keeps_all_that_is_written_and_takes_its_judge_from_the_test(tmp_path: Path) -> None:
    config = """
prompts: [a]
providers: [echo, {id: openai:gpt-a, label: judge, config: {temperature: 0}}]
defaultTest: {options: {provider: judge, rubricPrompt: rate}}
tests:
- assert:
  - {type: not-contains, value: v, threshold: 0.2, weight: 3, metric: m, transform: t, config: {k: 1}}
  - {type: assert-set, threshold: 0.5, assert: [{type: llm-rubric, value: kind, provider: anthropic:x}]}
"""
    plan = plan_of(tmp_path, config)
    first, group = plan.cases[0].assertions
    assert (first.type, first.value, first.threshold, first.weight) == ("not-contains", "v", 0.2, 3)
    assert (first.metric, first.transform, first.provider) == ("m", "t", "openai:gpt-a")
    judge = {"id": "openai:gpt-a", "config": {"temperature": 0}}
    assert first.rest == {"config": {"k": 1}, "rubricPrompt": "rate", "provider": judge}
    assert (group.members[0].provider, group.threshold) == ("anthropic:x", 0.5)
    assert plan.judge == "judge"


def test_vars_pass_through_a_tests_javascript(tmp_path: Path) -> None:
    plan = case_of(tmp_path, "{vars: {x: a}, options: {transformVars: '({y: vars.x + 1})'}}")
    assert _vars(plan.cases) == [{"x": "a", "y": "a1"}]
    with pytest.raises(InputError, match="transformVars"):
        case_of(tmp_path, "{vars: {x: a}, options: {transformVars: 'vars.nope.x'}}")


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("{description: a}", r"tests\[0\] must have one of"),
        ("text", r"tests\[0\] names the file text"),
        ("3", r"tests\[0\] must be an object"),
        ("{assert: text}", r"Test #1\.assert must be a list"),
        ("{assert: [{value: a}]}", r"Test #1\.assert\[0\] has no `type`"),
        ("{assert: [{type: assert-set}]}", "a set without `assert`"),
        ("{assert: [{type: contains, threshold: high}]}", "threshold must be a number"),
        ("{assert: [{type: contains, weight: true}]}", "weight must be a number"),
        ("{assert: [{type: contains, metric: 3}]}", "metric must be text"),
        ("{vars: {x: 1}, threshold: high}", "threshold must be a number"),
        ("{vars: {x: file://nope.txt}}", "no files found for the var x"),
        ("{vars: {x: 1}, prompts: [other]}", 'references prompt "other"'),
        ("{vars: {x: 1}, providers: [other]}", 'references provider "other"'),
        ("{vars: {x: 1}, providers: echo}", "providers must be a list"),
        ("file://nope.csv", "nope.csv, which is not there"),
        ("file://t.py", "makes tests by a program"),
        ("https://docs.google.com/spreadsheets/x", "lies elsewhere"),
        ("{$ref: '#/nope'}", "points to nothing"),
        ("{$ref: '#/tests/0'}", "lead in a circle"),
    ],
)
def test_tests_that_promptfoo_refuses_are_refused_with_their_place(
    tmp_path: Path, test: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        case_of(tmp_path, test)


_VARS = st.dictionaries(st.sampled_from("abc"), st.text(max_size=3) | st.integers(0, 3), max_size=2)
_TESTS = st.lists(st.tuples(_VARS, st.sampled_from(["", "Row #1", "greets"])), max_size=6)


def _ids(tests: list[tuple[dict[str, Any], str]]) -> list[str]:
    ids = CaseIds()
    return [ids.next({"description": description}, variables) for variables, description in tests]


@given(_TESTS, _TESTS)
def test_ids_differ_and_stay_when_other_cases_are_added(before: list[Any], added: list[Any]) -> None:
    fresh = [test for test in added if test not in before]
    ids = _ids(before)
    assert len(set(ids)) == len(ids)
    named = dict(zip(map(repr, before), ids, strict=True))
    after = dict(zip(map(repr, [*fresh, *before]), _ids([*fresh, *before]), strict=True))
    assert {key: after[key] for key in named if _unlike(key, fresh)} == {
        key: id_ for key, id_ in named.items() if _unlike(key, fresh)
    }


def _unlike(key: str, fresh: list[Any]) -> bool:
    """A row's number is no content: such a test is the same as one without a description."""
    return all(key.replace("'Row #1'", "''") != repr(test).replace("'Row #1'", "''") for test in fresh)


def test_ids_can_be_read() -> None:
    ids = CaseIds()
    assert ids.next({"description": "Refund, angry!"}, {}).startswith("refund-angry-")
    assert ids.next({}, {"q": "Wo ist  mein Geld?", "n": 3}).startswith("wo-ist-mein-geld-3-")
    assert ids.next({}, {}).startswith("case-")
    same = ids.next({}, {})
    assert same.endswith("-2")
