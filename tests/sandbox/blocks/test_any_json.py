"""Whatever comes, as JSON or as text: an answer, never an exception; pointers lead to what is refused."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.blocks import Problem, Surface, check_blocks, check_message, check_view
from tests.sandbox.blocks.examples import ASKING, EVERYWHERE, JSON, MESSAGE_AND_HOME, MESSAGE_ONLY, MODAL_ONLY

SOUND = [*EVERYWHERE.values(), *MESSAGE_AND_HOME.values(), *MESSAGE_ONLY.values(), *MODAL_ONLY.values()]
SOUND += list(ASKING.values())
TYPES = sorted({block["type"] for block in SOUND})
NAMES = [
    "type",
    "text",
    "elements",
    "blocks",
    "fields",
    "accessory",
    "options",
    "chart",
    "series",
    "rows",
    "block_id",
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(TYPES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_any_json(value: Any) -> None:
    surfaces: tuple[Surface, ...] = ("message", "modal", "home")
    answers = [check_blocks(value, surface) for surface in surfaces]
    answers += [check_view(value), check_view({"type": "modal", "blocks": value})]
    answers += [check_message({name: value}) for name in ("text", "blocks", "attachments", "markdown_text")]
    assert all(isinstance(problem, Problem) for answer in answers for problem in answer)


@given(st.text())
def test_any_text(words: str) -> None:
    assert check_blocks(f"{{{words}", "message")
    assert check_view(f"{{{words}")
    check_message({"text": words, "blocks": words, "attachments": words})


@given(st.sampled_from(SOUND), st.data())
def test_one_change_of_a_sound_block_is_looked_at(block: JSON, data: st.DataObject) -> None:
    """Any value anywhere in a sound block: no exception, and pointers lead to something that is there."""
    changed = copy.deepcopy(block)
    at: Any = changed
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        key = data.draw(st.sampled_from(keys))
        if isinstance(at[key], dict | list) and at[key] and data.draw(st.booleans()):
            at = at[key]
            continue
        at[key] = data.draw(VALUES)
        break
    for problem in check_blocks([changed], "message"):
        assert _leads_somewhere({"blocks": [changed]}, problem.pointer)


def _leads_somewhere(document: Any, pointer: str) -> bool:
    for name in pointer.split("/")[1:]:
        document = document[int(name)] if isinstance(document, list) else document[name]
    return True


@pytest.mark.parametrize("depth", [10, 100_000])
def test_deep_nesting(depth: int) -> None:
    text = "[" * depth + "]" * depth
    assert check_blocks(text, "message")
    assert check_view(f'{{"type": "home", "blocks": {text}}}')
    assert check_message({"text": "a", "blocks": text, "attachments": text})


def test_huge_numbers() -> None:
    blocks = '[{"type": "divider", "block_id": ' + "9" * 5000 + "}]"
    assert [problem.code for problem in check_blocks(blocks, "message")] == ["invalid_blocks_format"]
    number = {"type": "number_input", "is_decimal_allowed": True, "min_value": "1e999", "max_value": "nan"}
    assert check_view({"type": "home", "blocks": [json.loads(json.dumps(number))]})
