"""Whatever stands in a config, it is read or refused in a sentence."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.errors import InputError
from bot.promptfoo import load_plan

_CONFIG: dict[str, Any] = {
    "env": {"A": "b"},
    "prompts": ["{{x}}", {"raw": "r {{x}}", "label": "l", "config": {"t": 1}}, "file://p.txt"],
    "providers": [
        "echo",
        {"id": "echo", "label": "b", "prompts": ["l"], "delay": 1},
        {"openai:x": {"config": {}}},
    ],
    "defaultTest": {
        "vars": {"y": ["a", "b"]},
        "assert": [{"type": "contains"}],
        "options": {"provider": "b"},
    },
    "tests": [
        {
            "vars": {"x": "a", "z": {"k": [1, 2]}},
            "assert": [
                {"type": "equals", "value": "a", "weight": 1, "provider": {"id": "x"}},
                {"type": "assert-set", "assert": [{"type": "contains", "value": ["a"]}], "threshold": 1},
            ],
            "options": {"repeat": 2, "prefix": "p", "transform": "output"},
            "providers": ["echo"],
            "prompts": ["l"],
            "threshold": 1,
        },
        "file://t.csv",
    ],
    "scenarios": [{"config": [{"vars": {"x": 1}}], "tests": [{"vars": {"y": 2}}]}],
    "evaluateOptions": {"repeat": 1, "delay": 0, "filterRange": "0:"},
    "commandLineOptions": {"repeat": 1},
    "derivedMetrics": [{"name": "a", "value": "m / 2"}],
}
_ODD: tuple[Any, ...] = (None, "", 1e999, [None], {"a": None}, "x" * 5000)


def _places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if place:
        yield place
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, inner in entries:
        yield from _places(inner, (*place, key))


@pytest.mark.parametrize(
    "place", [pytest.param(place, id="-".join(map(str, place))) for place in _places(_CONFIG)]
)
def test_an_odd_value_at_any_place_is_no_crash(tmp_path: Path, place: tuple[Any, ...]) -> None:
    (tmp_path / "p.txt").write_text("a {{x}}\n---\nb")
    (tmp_path / "t.csv").write_text("x,__expected\na,a\n")
    path = tmp_path / "c.json"
    for odd in _ODD:
        config = copy.deepcopy(_CONFIG)
        holder = config
        for key in place[:-1]:
            holder = holder[key]
        holder[place[-1]] = odd
        path.write_text(json.dumps(config).replace("Infinity", "1e999"))
        try:
            plan = load_plan(path)
        except InputError:
            continue
        assert len({case.id for case in plan.cases}) == len(plan.cases)
        assert len({planned.arm.id for planned in plan.arms}) == len(plan.arms)
        assert len(set(plan.cells())) == len(list(plan.cells()))
