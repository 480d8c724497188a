"""Providers of a config: names, objects, files, filters, and which are called here."""

from pathlib import Path

import pytest

from bot.errors import InputError
from bot.llm.text import TEXT_PROVIDERS, supported
from bot.promptfoo.words import OUR_PROVIDERS
from tests.unit.promptfoo.writing import plan_of

_PROMPT = "prompts: ['{{x}}']\ntests: [{vars: {x: 1}}]\n"


def test_every_provider_that_answers_here_is_known_to_configs() -> None:
    assert {name for name in TEXT_PROVIDERS if not name.startswith("http")} <= OUR_PROVIDERS
    assert all(supported(f"{name}://x" if name.startswith("http") else name) for name in OUR_PROVIDERS)


def test_all_ways_to_write_a_provider(tmp_path: Path) -> None:
    config = """
    providers:
    - echo
    - echo
    - {id: openai:chat:gpt-a, label: a, config: {temperature: 0}, transform: output.trim(), delay: 20}
    - anthropic:messages:b: {label: mapped, config: {max_tokens: 9}}
    - file://more.yaml
    """
    plan = plan_of(tmp_path, _PROMPT + config.replace("\n    ", "\n"), more__yaml="- {id: echo, label: f1}\n")
    models = [planned.model for planned in plan.arms]
    assert [(model.id, model.name) for model in models] == [
        ("echo", "echo"),
        ("openai:chat:gpt-a", "a"),
        ("anthropic:messages:b", "mapped"),
        ("echo", "f1"),
    ]
    assert (models[1].config, models[1].transform, models[1].delay_ms) == (
        {"temperature": 0},
        "output.trim()",
        20,
    )
    assert models[2].config == {"max_tokens": 9}
    assert plan.unsupported == ()


def test_a_filter_of_prompts_takes_labels_groups_and_stars(tmp_path: Path) -> None:
    config = """
    prompts: [{raw: a, label: 'g:1'}, {raw: b, label: 'g:2'}, {raw: c, label: other}]
    providers:
    - {id: echo, label: one, prompts: [g]}
    - {id: echo, label: two, prompts: ['g:2', 'oth*']}
    """
    plan = plan_of(tmp_path, config)
    assert [planned.arm.id for planned in plan.arms] == ["g:1 · one", "g:2 · one", "g:2 · two", "other · two"]


def test_tests_keep_to_the_prompts_and_providers_that_they_name(tmp_path: Path) -> None:
    config = """
    prompts: [{raw: '1 {{x}}', label: p1}, {raw: '2 {{x}}', label: p2}]
    providers: [{id: echo, label: 'g:a'}, {id: echo, label: b}]
    tests:
    - {vars: {x: 1}, prompts: [p2]}
    - {vars: {x: 2}, providers: [g]}
    - {vars: {x: 3}, providers: []}
    """
    plan = plan_of(tmp_path, config)
    by_case = [[key.arm for key in plan.cells() if key.case == case.id] for case in plan.cases]
    assert by_case == [["p2 · g:a", "p2 · b"], ["p1 · g:a", "p2 · g:a"], []]


@pytest.mark.parametrize(
    "provider", ["file://p.py", "exec:run", "python:p.py", "openai:embedding:e", "bedrock:x", "vertex:gemini"]
)
def test_a_provider_of_another_kind_is_said_and_its_cells_are_errors(tmp_path: Path, provider: str) -> None:
    plan = plan_of(tmp_path, f"{_PROMPT}providers: [echo, '{provider}']\n")
    assert [bool(planned.refused) for planned in plan.arms] == [False, True]
    assert plan.unsupported == (plan.arms[1].refused,)


@pytest.mark.parametrize(
    ("providers", "said"),
    [
        ("[]", "at least 1 provider"),
        ("[foo:bar]", "could not identify provider"),
        ("[echo:x]", "could not identify provider"),
        ("[{label: x}]", "must be a name"),
        ("[{config: {}}]", "must be a name"),
        ("[file://nope.yaml]", "which is not there"),
        ("{a: b}", "a name or a list"),
    ],
)
def test_providers_that_promptfoo_refuses_are_refused(tmp_path: Path, providers: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        plan_of(tmp_path, f"{_PROMPT}providers: {providers}\n")


def test_a_key_from_the_environment_is_left_to_the_settings(tmp_path: Path) -> None:
    provider = "{id: openai:gpt-a, config: {apiKey: '{{env.MY_KEY}}', temperature: 0}}"
    plan = plan_of(tmp_path, f"{_PROMPT}providers: [{provider}]\n")
    assert plan.arms[0].model.config == {"temperature": 0}
    assert "the key of the settings is used" in plan.unsupported[0]
