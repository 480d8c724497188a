"""Users' code and files: JavaScript in its sandbox, Python behind its flag, no file outside the folder."""

from pathlib import Path
from typing import Any

import pytest

from bot.domain.scoring import Assertion, Output
from bot.errors import InputError, Unsupported
from bot.scorers import grading
from bot.scorers.scorer import AssertionInvalid
from bot.scorers.tools import Tools
from tests.unit.scorers.say import passes, score


@pytest.mark.parametrize(
    ("code", "passed", "value"),
    [
        ("output.length > 3", True, 1),
        ("0.4", True, 0.4),
        ("-1", False, -1),
        ("const n = output.length; n === 5", True, 1),
        ("const n = output.length;\nreturn n === 5;", True, 1),
        ("({pass: false, score: 0.3, reason: 'so'})", False, 0.3),
        ("'yes'", False, 0),  # neither a boolean nor a number
        ("output.missing.part", False, 0),
        ("}{", False, 0),
        ("Promise.resolve(context.vars.n === 2)", True, 1),
        ("output === '{{ word }}'", True, 1),
    ],
)
def test_javascript(code: str, passed: bool, value: float) -> None:
    said = score("javascript", code, "hello", vars={"n": 2, "word": "hello"})
    assert (said.passed, said.value) == (passed, value)


def test_javascript_turned_round_keeps_its_score_and_its_failures() -> None:
    assert (score("not-javascript", "0.4").passed, score("not-javascript", "0.4").value) == (False, 0.4)
    assert not passes("not-javascript", "throw new Error('no')")


def test_javascript_has_a_threshold_and_named_scores() -> None:
    assert not passes("javascript", "0.4", threshold=0.5)
    said = score("javascript", "({pass: true, score: 1, reason: '', namedScores: {tone: 0.5}})")
    assert said.named == {"tone": 0.5}


def test_what_stops_the_sandbox_is_no_verdict() -> None:
    with pytest.raises(InputError, match="longer than"):
        passes("javascript", "while (true) {}\nreturn 1")
    with pytest.raises(Unsupported):
        passes("javascript", "require('fs').existsSync('/')")


def test_a_transform_changes_what_is_scored() -> None:
    assert passes("equals", "ANN", '{"name": "Ann"}', transform="JSON.parse(output).name.toUpperCase()")
    assert passes("equals", "3", "abc", transform="output.length")
    with pytest.raises(AssertionInvalid, match="transform"):
        passes("equals", "x", "no JSON", transform="JSON.parse(output)")
    with pytest.raises(AssertionInvalid, match="no value"):
        passes("equals", "x", "x", transform="undefined")


@pytest.fixture
def tools(tmp_path: Path) -> Tools:
    files = {
        "wanted.txt": " Paris\n",
        "schema.json": '{"type": "object"}',
        "words.yaml": "- Paris\n- Rome\n",
        "check.js": "module.exports = (output, { vars }) => output === vars.city;",
        "named.js": "module.exports = { word: () => 'Paris', flag: () => true };",
        "modern.mjs": "export default (output) => output.length;",
        "check.py": "def get_assert(output, context):\n    return len(output) / 10\n",
        "../secret.txt": "Paris",
    }
    for name, text in files.items():
        path = tmp_path / "config" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "config" / "link.txt").symlink_to(tmp_path / "secret.txt")
    return Tools(base_dir=tmp_path / "config")


@pytest.mark.parametrize(
    ("type_", "value", "output"),
    [
        ("equals", "file://wanted.txt", "Paris"),
        ("is-json", "file://schema.json", "{}"),
        ("contains-any", "file://words.yaml", "in Rome"),
        ("contains-all", ["file://wanted.txt", "in"], "in Paris"),
        ("javascript", "file://check.js", "Paris"),
        ("contains", "file://named.js:word", "in Paris"),
        ("javascript", "file://modern.mjs", "Paris"),
    ],
)
def test_values_from_files(type_: str, value: Any, output: str, tools: Tools) -> None:
    assert passes(type_, value, output, tools=tools, vars={"city": "Paris"})


@pytest.mark.parametrize("name", ["../secret.txt", "link.txt", "/etc/hostname", "missing.txt", "check.exe"])
def test_no_other_file_is_read(name: str, tools: Tools) -> None:
    with pytest.raises(InputError):
        passes("equals", f"file://{name}", "Paris", tools=tools)


def test_without_a_folder_no_file_is_read() -> None:
    with pytest.raises(Unsupported, match="no folder"):
        passes("equals", "file://wanted.txt", "Paris")


def test_a_file_that_gives_a_verdict_is_no_value(tools: Tools) -> None:
    with pytest.raises(AssertionInvalid, match="no verdict"):
        passes("contains", "file://named.js:flag", "x", tools=tools)


async def asked(code: str, *, allowed: bool = True, base: Path | None = None, **fields: Any) -> Any:
    said = await grading.grade(
        [Assertion("python", code, **fields)],
        Output("hello", vars={"n": 2}),
        tools=Tools(allow_python=allowed, base_dir=base, time_limit_s=10),
    )
    return said.passed, said.value


async def test_python_needs_its_flag() -> None:
    with pytest.raises(Unsupported, match="command line"):
        await asked("True", allowed=False)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("len(output) == 5 and context['vars']['n'] == 2", (True, 1)),
        ("print('noise') or 0.25", (True, 0.25)),
        ("x = json.dumps(output)\nreturn {'pass': False, 'score': 0.5, 'reason': x}", (False, 0.5)),
        ("1 / 0", (False, 0)),
        ("'nonsense'", (False, 0)),
    ],
)
async def test_python(code: str, expected: tuple[bool, float]) -> None:
    assert await asked(code) == expected


async def test_python_from_a_file_with_a_threshold(tools: Tools) -> None:
    assert await asked("file://check.py", base=tools.base_dir, threshold=0.6) == (False, 0.5)


async def test_python_that_runs_too_long_is_stopped() -> None:
    with pytest.raises(InputError, match="longer than"):
        await grading.grade(
            [Assertion("python", "import time\ntime.sleep(60)")],
            Output("x"),
            tools=Tools(allow_python=True, time_limit_s=0.5),
        )
