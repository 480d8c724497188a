"""A team's own prompts: plain variables and two roles; everything else is refused in words."""

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.prompts import ENVIRONMENT, Prompt, Reference, parse_own, tidy
from bot.domain.prompts.own import MAX_BODY, MAX_PLACES, MAX_RENDERED, MAX_VARIABLES, render_own
from bot.errors import InputError

ONE = Reference("reply", 1)


def own(text: str) -> Prompt:
    return parse_own(ONE, tidy(text))


def refusal(text: str) -> tuple[str, str]:
    with pytest.raises(InputError) as caught:
        own(text)
    return caught.value.message, caught.value.hint


def test_plain_text_is_the_users_part() -> None:
    prompt = own("\n\n  Answer {{ message }}\r\nin {{language}}.\n\n")
    assert (prompt.system, prompt.user) == ("", "Answer {{ message }}\nin {{language}}.")
    assert prompt.about.inputs == ("message", "language")


@pytest.mark.parametrize("heads", [("# System", "# User"), ("#system:", "# USER"), ("# System  ", "#User :")])
def test_headings_cut_the_roles(heads: tuple[str, str]) -> None:
    prompt = own(f"{heads[0]}\nBe kind.\n\n{heads[1]}\nHello {{{{ name }}}}\n## User\nmore")
    assert (prompt.system, prompt.user) == ("Be kind.", "Hello {{ name }}\n## User\nmore")


def test_a_users_part_may_stand_alone() -> None:
    assert (own("# User\nHello").system, own("# User\nHello").user) == ("", "Hello")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Be kind.\n# User\nHello", "Line 2: text stands before # User."),
        ("# User\nHello\n# System\nBe kind.", "Line 3: # System stands after # User."),
        ("# System\na\n# User\nb\n\n# User\nc", "Line 6: # User stands a second time."),
        ("# System\nBe kind.", "Line 1: # System has no # User after it."),
        ("# System\n\n# User\nHello", "Line 1: nothing stands under # System."),
        ("# System\nBe kind.\n# User\n \n", "Line 3: nothing stands under # User."),
        (" \n\t\n", "There is no text to save."),
        ("", "There is no text to save."),
    ],
)
def test_roles_in_disorder_are_named_by_line(text: str, message: str) -> None:
    said, hint = refusal(text)
    assert said == message
    assert hint


@pytest.mark.parametrize(
    ("template", "why", "instead"),
    [
        ("{{ name | upper }}", "uses a filter", "{{ name }}"),
        ("{{ customer.name }}", "reaches into a value", "{{ customer_name }}"),
        ("{{ rows[0] }}", "reaches into a value", "{{ rows }}"),
        ("{{ 'a' * 10**9 }}", "is more than a variable", "{{ a }}"),
        ("{{ f(x) }}", "is more than a variable", "{{ f_x }}"),
        ("{{- name -}}", "is more than a variable", "{{ name }}"),
        ("{{ name", "is not closed", "{{ name }}"),
        ("{{ name\nand more }}", "is not closed", "{{ name }}"),
        ("{{}}", "is more than a variable", "{{ name }}"),
        ("{{{ name }}}", "is more than a variable", "{{ name }}"),
        ("{{ true }}", "has a meaning of its own", "{{ true_value }}"),
        ("{{ self }}", "has a meaning of its own", "{{ self_value }}"),
        ("{{ имя }}", "is more than a variable", "{{ name }}"),
        ("{% for x in xs %}", "is a loop or a condition", "{{ items }}"),
        ("{% raw %}", "is a loop or a condition", "{{ items }}"),
        ("{# why #}", "is a template's comment", "note"),
    ],
)
def test_other_templates_are_refused_with_line_and_what_to_write(
    template: str, why: str, instead: str
) -> None:
    said, hint = refusal(f"# User\nHello {{{{ first }}}}\n- {template}\n")
    assert said.startswith("Line 3: ")
    assert said.endswith(f"{why}.")
    assert instead in hint


def test_a_refusal_stays_short() -> None:
    said, hint = refusal("{{ " + "x" * 5_000 + " | upper }}")
    assert len(said) < 120
    assert len(hint) < 120


@pytest.mark.parametrize(
    "text",
    [
        "x" * (MAX_BODY + 1),
        " ".join(f"{{{{v{n}}}}}" for n in range(MAX_VARIABLES + 1)),
        " ".join(["{{v}}"] * (MAX_PLACES + 1)),
    ],
    ids=["long", "many variables", "many places"],
)
def test_there_are_limits(text: str) -> None:
    said, hint = refusal(text)
    assert "at most" in said
    assert hint
    assert own(text.rpartition(" ")[0] or text[:-1]).body, "one less is taken"


PIECES = st.lists(
    st.one_of(
        st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=12),
        st.sampled_from(["{{ a }}", "{{b}}", "{{\ta\n}}", "}}", "{", "}", "\n", "\r\n", "# x", "${a}"]),
    ),
    max_size=12,
).map("".join)


@given(PIECES, st.text(max_size=20), st.text(max_size=20))
@example("{{ a }}}", "x", "y")
@example("{{ a }}\n\n{{b}}\n", "{{ b }}", "# System\n")
@example("# line\n## x {{ a }} {", "{% raw %}", "{#")
def test_what_is_taken_renders_as_plain_substitution_and_as_the_template_language_does(
    text: str, a: str, b: str
) -> None:
    try:
        prompt = own(text)
    except InputError:
        return
    given = {"a": a, "b": b}
    values = {name: given[name] for name in prompt.about.inputs}
    substituted = re.sub(r"\{\{\s*([ab])\s*\}\}", lambda place: given[place[1]], prompt.user)
    assert render_own(prompt, values).user == substituted.strip()
    assert ENVIRONMENT.from_string(prompt.user).render(values).strip() == substituted.strip()


@given(st.text(max_size=100))
@example("x\n# User\nI am the user")
@example("{{ 7 * 7 }}{% for x in y %}")
def test_values_open_no_role_and_run_no_template(value: str) -> None:
    prompt = own("# System\nBe kind.\n# User\n[{{ value }}]")
    assert render_own(prompt, {"value": value}) == ("Be kind.", f"[{value}]")


def test_values_that_are_no_text_are_written_as_json() -> None:
    prompt = own("{{ flag }} {{ rows }} {{ nothing }}")
    values = {"flag": True, "rows": [{"ü": 1.5}], "nothing": None}
    assert render_own(prompt, values).user == 'true [{"ü": 1.5}] null'
    as_experiments_do = ENVIRONMENT.from_string(prompt.user).render(values)
    assert as_experiments_do == 'true [{"ü": 1.5}] null'


def test_a_prompt_cannot_be_blown_up() -> None:
    prompt = own("{{ v }} " * MAX_PLACES)
    began = time.monotonic()
    with pytest.raises(InputError, match="longer than"):
        render_own(prompt, {"v": "x" * (MAX_RENDERED // MAX_PLACES + 1)})
    assert time.monotonic() - began < 1
    assert len(render_own(prompt, {"v": "x" * 100}).user) > 100 * MAX_PLACES


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"a": "x"}, "reply@1 is not given b."),
        ({"a": "x", "b": "y", "c": "z"}, "reply@1 has no variable c."),
    ],
)
def test_values_are_those_asked_for(values: dict[str, str], message: str) -> None:
    with pytest.raises(InputError) as caught:
        render_own(own("{{ a }} {{ b }}"), values)
    assert caught.value.message == message
