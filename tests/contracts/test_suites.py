"""Whole promptfoo configs, run here and compared with what promptfoo 0.123 makes of them, cell by cell.

The records under suites/ were made with its echo provider; those of the shared data, where they are, too.
"""

import json
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from bot.domain.experiments.cells import Case, Cell, CellKey
from bot.domain.experiments.derived import derive, named_totals
from bot.domain.experiments.plan import Plan
from bot.domain.experiments.rendering import render_prompt
from bot.errors import InputError
from bot.llm.text import TextAccess
from bot.promptfoo import load_plan
from bot.scorers.tools import Tools
from bot.services.runs.opening import open_providers
from bot.services.runs.running import run
from tests.paths import SHARED_DATA

_SHARED = SHARED_DATA / "scorers" / "suites"
_OWN = Path(__file__).parent / "suites"
_NEAR = 1e-6
_FAILED, _ERROR = 1, 2


def _suites() -> Iterator[Path]:
    for folder in (_OWN, _SHARED):
        if folder.is_dir():
            yield from sorted(path.parent for path in folder.glob("*/expected.json"))


@pytest.mark.parametrize("suite", [pytest.param(path, id=path.name) for path in _suites()])
async def test_a_config_gives_what_promptfoo_recorded(suite: Path) -> None:
    expected = json.loads((suite / "expected.json").read_text(encoding="utf-8"))
    if "config_error" in expected:
        with pytest.raises(InputError) as refused:
            load_plan(suite / "promptfooconfig.yaml")
        assert refused.value.exit_code == 3
        return
    plan = load_plan(suite / "promptfooconfig.yaml")
    assert differences(await ran(plan, suite), expected) == []


@pytest.mark.skipif(not _SHARED.is_dir(), reason="shared development data are not here")
def test_the_shared_suites_are_there() -> None:
    assert len(list(_SHARED.glob("*/expected.json"))) >= 14


@dataclass(frozen=True)
class Run:
    """A plan's cells in promptfoo's order, with what each was sent."""

    plan: Plan
    rows: list[tuple[int, int, Case, Cell]]  # prompt, test


async def ran(plan: Plan, folder: Path) -> Run:
    outcome = await run(plan, providers=open_providers(plan, TextAccess()), tools=Tools(base_dir=folder))
    cells = {cell.key: cell for cell in outcome.cells}
    assert cells.keys() == set(plan.cells())
    return Run(plan, list(_in_order(plan, cells)))


def _in_order(plan: Plan, cells: dict[CellKey, Cell]) -> Iterator[tuple[int, int, Case, Cell]]:
    """promptfoo counts tests by the test as written, then its repeats, then its combinations of vars."""
    number = 0
    for _, group in groupby(plan.cases, key=lambda case: case.origin):
        combinations = list(group)
        for repeat in range(plan.repeats_of(combinations[0])):
            for case in combinations:
                for column, planned in enumerate(plan.arms):
                    cell = cells.get(CellKey(planned.arm.id, case.id, repeat))
                    if cell is not None:
                        yield column, number, case, cell
                number += 1


def differences(done: Run, expected: dict[str, Any]) -> list[str]:
    """Where the run and the record disagree, each in a line."""
    found = [_row(done.plan, row) for row in done.rows]
    wanted = [_wanted(cell) for cell in expected["cells"]]
    lines = [
        f"cell {index}: {key} {got.get(key)!r}, recorded {want[key]!r}"
        for index, (got, want) in enumerate(zip(found, wanted, strict=False))
        for key in want
        if not _same(got.get(key), want[key])
    ]
    if len(found) != len(wanted):
        lines.append(f"{len(found)} cells, recorded {len(wanted)}")
    for column, prompt in enumerate(expected["prompts"]):
        mine = [row for row in found if row["promptIdx"] == column]
        sums = {"label": done.plan.arms[column].arm.prompt, "provider": done.plan.arms[column].arm.model}
        lines += [f"arm {column}: {key} {sums[key]!r}" for key in sums if sums[key] != prompt[key]]
        lines += _metrics(done, column, mine, prompt["metrics"])
    failed = any(not row["pass_"] for row in found)
    if (100 if failed else 0) != expected["exit"]:
        lines.append(f"failed is {failed}, promptfoo's exit code was {expected['exit']}")
    return lines


def _row(plan: Plan, row: tuple[int, int, Case, Cell]) -> dict[str, Any]:
    column, test, case, cell = row
    planned = plan.arms[column]
    judged = not cell.error
    return {
        "promptIdx": column,
        "testIdx": test,
        "provider": planned.arm.model,
        "vars": dict(case.options.get("vars", case.vars)),
        "prompt": _prompt(planned.template, case) if judged else None,
        "promptLabel": planned.arm.prompt,
        "output": cell.output if judged else None,
        "pass_": cell.passed is not False if judged else False,
        "score": (1 if cell.score is None else cell.score) if judged else 0,
        "namedScores": dict(cell.named_scores),
        "failureReason": _ERROR if cell.error else _FAILED if cell.passed is False else 0,
        "components": _sorted((part["type"], part["passed"], part["score"]) for part in _flat(cell.parts)),
    }


def _prompt(template: Any, case: Case) -> str:
    around = {key: case.options.get(key, "") for key in ("prefix", "suffix")}
    return render_prompt(template, case.vars, **around)


def _flat(parts: Any) -> Iterator[Any]:
    """A set's own line, then its members', as promptfoo lists them."""
    for part in parts:
        yield part
        yield from part.get("parts", ())


def _wanted(cell: dict[str, Any]) -> dict[str, Any]:
    keys = (
        "promptIdx",
        "testIdx",
        "provider",
        "vars",
        "promptLabel",
        "pass_",
        "score",
        "namedScores",
        "failureReason",
    )
    wanted = {key: cell[key] for key in keys}
    if cell["failureReason"] != _ERROR:
        output = cell["output"]
        wanted["prompt"] = _Shown(cell["prompt"])
        wanted["output"] = output if isinstance(output, str) else _Json(output)
        wanted["components"] = _sorted(
            (part["type"], part["pass_"], part["score"]) for part in cell["components"]
        )
    return wanted


def _sorted(parts: Any) -> list[tuple[str, bool, float]]:
    return sorted((type_ or "", passed, score) for type_, passed, score in parts)


class _Shown:
    """A prompt as a record has it: JSON is written anew in it, without blanks."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and (other == self.text or _compact(other) == self.text)

    def __hash__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return repr(self.text)


def _compact(text: str) -> str | None:
    try:
        value = json.loads(
            text,
            parse_float=lambda digits: int(float(digits)) if float(digits).is_integer() else float(digits),
        )
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    except ValueError:
        return None


class _Json:
    """A value that a transform made; a cell shows it as text."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and json.loads(other) == self.value

    def __hash__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return repr(self.value)


def _metrics(done: Run, column: int, rows: list[dict[str, Any]], recorded: dict[str, Any]) -> list[str]:
    """Sums of an arm over its cells, derived metrics with them."""
    mine = [(case, cell) for at, _, case, cell in done.rows if at == column]
    named_by = named_totals(mine)
    totals = {name: named.total for name, named in named_by.items()}
    outcomes = Counter(row["failureReason"] for row in rows)
    parts = Counter(
        bool(passed) for row in rows for _, passed, _ in row["components"] if row["failureReason"] != _ERROR
    )
    got = {
        "score": math.fsum(row["score"] for row in rows),
        "testPassCount": outcomes[0],
        "testFailCount": outcomes[_FAILED],
        "testErrorCount": outcomes[_ERROR],
        "namedScores": {**totals, **derive(done.plan.derived, totals, len(rows))},
        "namedScoresCount": {name: named.count for name, named in named_by.items()},
        "assertPassCount": parts[True],
        "assertFailCount": parts[False],
    }
    return [
        f"arm {column}: {key} {value}, recorded {recorded[key]}"
        for key, value in got.items()
        if not _same(value, recorded[key])
    ]


def _same(got: Any, want: Any) -> bool:
    """Equal as JSON, numbers within a millionth."""
    if isinstance(want, bool) or isinstance(got, bool):
        return got is want
    if isinstance(got, float) and not math.isfinite(got):
        return want is None  # JSON has no infinity
    if isinstance(want, str) and isinstance(got, str):
        return want in (got, _compact(got))
    if isinstance(want, int | float) and isinstance(got, int | float):
        return math.isclose(got, want, abs_tol=_NEAR)
    if isinstance(want, list | tuple) and isinstance(got, list | tuple):
        return len(got) == len(want) and all(map(_same, got, want))
    if isinstance(want, dict) and isinstance(got, dict):
        return got.keys() == want.keys() and all(_same(got[key], want[key]) for key in want)
    return bool(want == got)
