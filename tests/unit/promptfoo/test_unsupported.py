"""What a config asks for and is not done here is said, and never silently read as something else."""

from pathlib import Path

import pytest

from bot.errors import InputError
from bot.promptfoo import load_plan
from tests.unit.promptfoo.writing import case_of, plan_of

_HEAD = "prompts: ['{{x}}']\nproviders: [echo]\ntests: [{vars: {x: a}}]\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("outputPath: o.json", "outputPath"),
        ("extensions: [file://e.py:hook]", "extensions"),
        ("nunjucksFilters: {f: ./f.js}", "nunjucksFilters"),
        ("redteam: {plugins: [x]}", "redteam"),
        ("tracing: {enabled: true}", "tracing"),
        ("extends: base.yaml", "extends"),
        ("evaluateOptions: {maxEvalTimeMs: 5}", "evaluateOptions.maxEvalTimeMs"),
        ("commandLineOptions: {filterSample: 5}", "commandLineOptions.filterSample"),
        ("derivedMetrics: [{name: m, value: 'a[0]'}]", "derivedMetrics[0]"),
        ("scenarios: [{config: [{vars: {x: 1}}]}]", "scenarios[0] has no tests"),
    ],
)
def test_keys_of_a_config_that_are_not_done_are_named(tmp_path: Path, line: str, said: str) -> None:
    plan = plan_of(tmp_path, f"{_HEAD}{line}\n")
    assert len(plan.unsupported) == 1
    assert said in plan.unsupported[0]
    assert plan_of(tmp_path, _HEAD).unsupported == ()


@pytest.mark.parametrize(
    "test",
    [
        "{assert: [{type: foo, value: a}]}",
        "{assert: [{type: select-best, value: a}]}",
        "{assert: [{type: not-factuality, value: a}]}",
        "{assert: [{type: llm-rubric, value: a, rubricPrompt: b}]}",
        "{assert: [{type: g-eval, value: a}], options: {rubricPrompt: b}}",
        "{assert: [{type: assert-set, assert: [{type: webhook, value: a}]}]}",
        "{assert: [{type: contains, value: a, transform: file://t.py}]}",
        "{vars: {x: 1}, assertScoringFunction: file://s.js}",
        "{vars: {x: 1}, options: {transform: file://t.js}}",
        "{vars: {x: 1}, options: {transformVars: file://t.js}}",
        "{vars: {x: file://v.py}}",
        "{vars: {x: file://v.pdf}}",
        "{vars: {x: 'package:a:b'}}",
    ],
)
def test_a_test_that_cannot_be_run_or_judged_says_why_on_its_case(tmp_path: Path, test: str) -> None:
    for name in ("v.py", "v.pdf"):
        (tmp_path / name).write_text("x")
    plan = case_of(tmp_path, f"{test}, {{vars: {{x: fine}}}}")
    refused, fine = plan.cases
    assert refused.refused in plan.unsupported
    assert fine.refused == ""


def test_a_judge_is_known_by_its_name_alone(tmp_path: Path) -> None:
    judge = "{id: openai:judge, config: {temperature: 0}}"
    plan = case_of(tmp_path, f"{{assert: [{{type: llm-rubric, value: a, provider: {judge}}}]}}")
    assert not plan.cases[0].refused
    assert plan.cases[0].assertions[0].provider == "openai:judge"
    assert [note for note in plan.unsupported if "the config of the judge" in note]


def test_what_is_not_known_in_a_test_is_said_once(tmp_path: Path) -> None:
    plan = case_of(tmp_path, "{vars: {x: 1}, asserts: [], tag: y}")
    assert [note.split(" is ")[0] for note in plan.unsupported] == ["Test #1.asserts", "Test #1.tag"]
    plan = case_of(tmp_path, "{vars: {x: 1, assert: [{type: contains}]}}")
    assert "indented too far" in plan.unsupported[0]


def test_prompts_that_need_what_earlier_tests_gave_are_refused(tmp_path: Path) -> None:
    config = """
    prompts: ['{{x}}', '{{x}} {{saved}}', '{{ _conversation }}']
    providers: [echo]
    tests: [{vars: {x: a}, options: {storeOutputAs: saved}}, {vars: {x: b}}]
    """
    plan = plan_of(tmp_path, config)
    assert [bool(planned.refused) for planned in plan.arms] == [False, True, True]
    assert len(plan.unsupported) == 3


def test_values_under_env_fill_in_and_the_processs_own_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "leaked")
    config = """
    env: {A: one, B: 2, C: '{{ env.A }}'}
    prompts: ["{{env.A}} {{ env['B'] }} {{env.C}} {{x}} {{ env.SECRET }} {{env.NO | default('z')}}", file://p.txt]
    providers: [echo]
    tests: file://t.csv
    """
    plan = plan_of(tmp_path, config, p__txt="{{ env.A | upper }}", t__csv="x\n{{env.B}}\n")
    assert plan.arms[0].template.text == "one 2 one {{x}} {{ env.SECRET }} z"
    assert plan.arms[1].template.text == "ONE"
    assert plan.cases[0].vars == {"x": "2"}
    assert [note for note in plan.unsupported if "SECRET" in note]
    assert not [note for note in plan.unsupported if "leaked" in note]


def test_values_given_by_the_caller_fill_in_too(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("prompts: ['{{env.A}}']\nproviders: [echo]\n")
    plan = load_plan(tmp_path / "c.yaml", env={"A": "given"})
    assert plan.arms[0].template.text == "given"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("c.js", "module.exports = {}", "no config that is read here"),
        ("c.yaml", "", "at least 1 provider"),
        ("c.yaml", "- a\n", "must hold an object"),
        ("c.yaml", "prompts: [a\n", "not valid YAML"),
        ("c.yaml", "prompts: [a]\nproviders: [echo]\ndefaultTest: foo\n", "defaultTest must be"),
        ("c.yaml", "prompts: [a]\nproviders: [echo]\nevaluateOptions: [1]\n", "evaluateOptions must be"),
        ("c.yaml", "prompts: [a]\nproviders: [echo]\ncommandLineOptions: {repeat: many}\n", "whole number"),
        ("c.yaml", "prompts: [a]\nproviders: [echo]\nderivedMetrics: [{name: a}]\n", "derivedMetrics"),
        ("c.yaml", "prompts: [a]\nproviders: [echo]\nscenarios: [x]\n", "scenarios"),
        ("c.json", "{", "not valid"),
    ],
)
def test_a_config_that_cannot_be_run_is_refused_in_a_sentence(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=said) as refused:
        load_plan(tmp_path / name)
    assert refused.value.exit_code == 3
    with pytest.raises(InputError, match="not there"):
        load_plan(tmp_path / "none.yaml")


def test_how_often_and_how_many_at_once(tmp_path: Path) -> None:
    options = """
    evaluateOptions: {repeat: 3, maxConcurrency: 7, cache: false, timeoutMs: 1500}
    commandLineOptions: {repeat: '2', verbose: true}
    """
    plan = plan_of(tmp_path, _HEAD + options.replace("\n    ", "\n"))
    assert (plan.repeats, plan.concurrency, plan.cache, plan.timeout_s, plan.delay_ms) == (
        2,
        7,
        False,
        1.5,
        0,
    )
    plan = plan_of(tmp_path, _HEAD + "evaluateOptions: {delay: 20}\n")
    assert (plan.repeats, plan.concurrency, plan.cache, plan.delay_ms) == (1, 1, True, 20)
    plan = case_of(tmp_path, "{vars: {x: a}, options: {repeat: 3}}, {vars: {x: b}}")
    assert [key.repeat for key in plan.cells()] == [0, 0, 1, 2]


def test_a_range_of_tests_may_be_asked_for(tmp_path: Path) -> None:
    three = "prompts: ['{{x}}']\nproviders: [echo]\ntests: [{vars: {x: 1}}, {vars: {x: 2}}, {vars: {x: 3}}]\n"
    plan = plan_of(tmp_path, three + "evaluateOptions: {filterRange: '1:'}\n")
    assert [case.vars["x"] for case in plan.cases] == [2, 3]
    for broken in ("2:1", ":", "a:b", "3"):
        with pytest.raises(InputError, match="filterRange"):
            plan_of(tmp_path, three + f"evaluateOptions: {{filterRange: '{broken}'}}\n")
