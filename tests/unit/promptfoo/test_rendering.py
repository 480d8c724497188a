"""Prompts filled in, and the messages that chat models get of them. Expected texts are promptfoo's."""

from typing import Any

import pytest

from bot.domain.experiments.plan import Template
from bot.domain.experiments.rendering import messages, render_prompt
from bot.errors import InputError


@pytest.mark.parametrize(
    ("template", "variables", "prompt"),
    [
        ("Say {{x}}", {"x": "a"}, "Say a"),
        ("{{o}} {{l}}", {"o": {"a": 1}, "l": [1, [2, 3]]}, "[object Object] 1,2,3"),
        ("{{b}}{{n}}", {"b": False, "n": None}, "false"),
        ("{{a}}", {"a": "{% if c %}yes{% endif %}", "c": 1}, "yes"),
        ("{{a}}", {"a": "{{missing}} x"}, "{{missing}} x"),  # a var that uses a name that is none stays
        ("{{a}} {{open", {"a": "x"}, "{{a}} {{open"),
        ("{{a}}", {"a": "half {{ open"}, "half {{ open"),
        ("{{ a }}", {"a": "{{ c.k }}", "c": {"k": "v"}}, "v"),
        ('{"q":"{{x}}"}', {"x": 'a"b\n'}, '{\n  "q": "a\\"b\\n"\n}'),
        ('{"{{x}}":[1.0,null,{}]}', {"x": "a"}, '{\n  "{{x}}": [\n    1,\n    null,\n    {}\n  ]\n}'),
        ('{"b":{{b}}}', {"b": "true"}, '{"b":true}'),  # no JSON before it is filled in: as text
        ('"{{x}}"', {"x": 'q"'}, '"q\\""'),
        ("42", {}, "42"),
        ("NaN", {}, "NaN"),
        ("", {}, ""),
    ],
)  # fmt: skip
def test_a_template_is_filled_in_as_promptfoo_does(
    template: str, variables: dict[str, Any], prompt: str
) -> None:
    assert render_prompt(Template(template), variables) == prompt


def test_what_stands_around_a_template_belongs_to_it() -> None:
    template = Template("{{x}}", prefix="(", suffix=")")
    assert render_prompt(template, {"x": "a"}, prefix="<{{x}}", suffix=">") == "<a(a)>"


@pytest.mark.parametrize("template", ["{{ x | nofilter }}", "{{ x }", "{% if %}"])
def test_a_template_that_cannot_be_filled_in_is_an_input_error(template: str) -> None:
    with pytest.raises(InputError):
        render_prompt(Template(template), {"x": "a"})


@pytest.mark.parametrize(
    ("prompt", "chat"),
    [
        ("plain", [{"role": "user", "content": "plain"}]),
        ('[{"role":"system","content":"s"},{"role":"user","content":"u"}]',
         [{"role": "system", "content": "s"}, {"role": "user", "content": "u"}]),
        ("- role: system\n  content: yes\n- role: user\n  content: |\n    u\n",
         [{"role": "system", "content": "yes"}, {"role": "user", "content": "u\n"}]),
        ('{"a": 1}', [{"role": "user", "content": '{"a": 1}'}]),
        ("[1, 2]", [{"role": "user", "content": "[1, 2]"}]),
        ("42", [{"role": "user", "content": "42"}]),
        ("[see note]", [{"role": "user", "content": "[see note]"}]),
    ],
)  # fmt: skip
def test_lists_with_roles_are_messages_and_all_else_is_the_users(
    prompt: str, chat: list[dict[str, str]]
) -> None:
    assert messages(prompt) == chat


@pytest.mark.parametrize(
    "prompt", ['[{"role": "user", "content": "a"b"}]', "{a}", "- role: x\n content: [", '["a]']
)
def test_a_broken_list_of_messages_is_refused(prompt: str) -> None:
    with pytest.raises(InputError):
        messages(prompt)
