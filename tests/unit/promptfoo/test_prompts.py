"""Prompts of a config: texts, files, labels."""

from pathlib import Path

import pytest

from bot.errors import InputError
from tests.unit.promptfoo.writing import plan_of

_REST = "\nproviders: [echo]\ntests: [{vars: {x: 1}}]\n"


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("p__txt", "\na {{x}}\r\n---\r\n b\n c \n---\n\n",
         [("a {{x}}", "p.txt: a {{x}}"), ("b\n c", "p.txt: b\n c")]),
        ("p__md", "# {{x}}\n", [("# {{x}}\n", "p.md: # {{x}}\n...")]),
        ("p__j2", "{{x}}", [("{{x}}", "p.j2: {{x}}...")]),
        ("p__json", '[{"role": "user"}]', [('[{"role":"user"}]', 'p.json: [{"role":"user"}]')]),
        ("p__json", "{{x}}", [("{{x}}", "p.json: {{x}}")]),
        ("p__yaml", "- role: user\n", [('[{"role":"user"}]', 'p.yaml: [{"role":"user"}]')]),
        ("p__jsonl", "[1]\n[2]\n", [("[1]", "p.jsonl: [1]"), ("[2]", "p.jsonl: [2]")]),
        ("p__csv", "prompt,label\n\"a, b\",one\nc,\n", [("a, b", "one"), ("c", "Prompt 2 - c")]),
        ("p__csv", "prompt\na\nb\n", [("a", "Prompt 1 - a"), ("b", "Prompt 2 - b")]),
    ],
)  # fmt: skip
def test_a_file_gives_its_prompts_with_promptfoos_labels(
    tmp_path: Path, name: str, text: str, found: list[tuple[str, str]]
) -> None:
    plan = plan_of(tmp_path, f"prompts: [file://{name.replace('__', '.')}]{_REST}", **{name: text})
    assert [(planned.template.text, planned.arm.prompt) for planned in plan.arms] == found


def test_a_prompt_that_stands_twice_is_run_once_but_objects_are_kept(tmp_path: Path) -> None:
    entries = (
        "[a, a, {raw: a, label: a}, {raw: a, id: i}, {raw: b, label: c, id: d, config: {temperature: 1}}]"
    )
    plan = plan_of(tmp_path, f"prompts: {entries}{_REST}")
    assert [planned.arm.id for planned in plan.arms] == ["a · echo", "a · echo #2", "a · echo #3", "c · echo"]
    assert plan.arms[-1].model.config == {"temperature": 1}


def test_a_pattern_gives_its_files_and_a_map_gives_labels(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, f"prompts: ['file://*.txt']{_REST}", a__txt="a", b__txt="b")
    assert [planned.template.text for planned in plan.arms] == ["b", "a"]  # promptfoo's order
    plan = plan_of(tmp_path, f"prompts: {{file://a.txt: one, 'b {{{{x}}}}': two}}{_REST}")
    assert [planned.arm.prompt for planned in plan.arms] == ["one: a.txt: a", "two"]


def test_texts_that_only_look_like_patterns_are_prompts(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, f"prompts: ['Is {{{{x}}}}/b right?', 'rate * 5', \"two\\nlines/x\"]{_REST}")
    assert [planned.template.text for planned in plan.arms] == [
        "Is {{x}}/b right?",
        "rate * 5",
        "two\nlines/x",
    ]


@pytest.mark.parametrize(
    ("prompts", "said"),
    [
        ("['{{o | join(\"/\")}}']", "There are no prompts in"),
        ("[version 1.2 of b]", None),
        ("[a.md]", "a.md, which is not there"),
        ("[file://folder]", "is a folder"),
        ("[]", "at least 1 prompt"),
        ("[{id: x}]", "no label"),
        ("[3]", "must be a text"),
        ("['ends in a.b']", None),
        ("['v1.23']", "There are no prompts in"),
    ],
)
def test_prompts_that_promptfoo_refuses_are_refused(tmp_path: Path, prompts: str, said: str | None) -> None:
    (tmp_path / "folder").mkdir()
    if said is None:
        assert plan_of(tmp_path, f"prompts: {prompts}{_REST}").arms
        return
    with pytest.raises(InputError, match=said):
        plan_of(tmp_path, f"prompts: {prompts}{_REST}")


@pytest.mark.parametrize(
    "prompt", ["file://p.py", "file://p.js:make", "exec:./run.sh", "langfuse://p", "p.ts"]
)
def test_prompts_made_by_programs_are_said_and_never_run(tmp_path: Path, prompt: str) -> None:
    plan = plan_of(tmp_path, f"prompts: [plain, '{prompt}']{_REST}", p__py="raise SystemExit")
    assert [bool(planned.refused) for planned in plan.arms] == [False, True]
    assert plan.arms[1].refused in plan.unsupported
