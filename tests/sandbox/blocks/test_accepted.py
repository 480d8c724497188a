"""Sound blocks are taken where Slack takes them, and nowhere else."""

import json

import pytest

from bot.sandbox.blocks import Surface, check_blocks, check_message, check_view
from tests.sandbox.blocks.examples import (
    ASKING,
    EVERYWHERE,
    JSON,
    MESSAGE_AND_HOME,
    MESSAGE_ONLY,
    MODAL_ONLY,
    asking,
    plain,
)

ALL: tuple[Surface, ...] = ("message", "modal", "home")
PLACES: list[tuple[str, JSON, set[str]]] = [
    *((name, block, {"message", "modal", "home"}) for name, block in EVERYWHERE.items()),
    *((name, block, {"message", "home"}) for name, block in MESSAGE_AND_HOME.items()),
    *((name, block, {"message"}) for name, block in MESSAGE_ONLY.items()),
    *((name, block, {"modal"}) for name, block in MODAL_ONLY.items()),
    ("datetimepicker", asking({"type": "datetimepicker"}), {"message", "modal"}),
    ("rich text input", asking({"type": "rich_text_input"}), {"modal", "home"}),
]


@pytest.mark.parametrize("surface", ALL)
@pytest.mark.parametrize(("block", "taken"), [pytest.param(b, t, id=n) for n, b, t in PLACES])
def test_a_sound_block_is_taken_on_its_surfaces(block: JSON, taken: set[str], surface: Surface) -> None:
    problems = check_blocks([block], surface)
    if surface in taken:
        assert problems == []
    else:
        assert [problem.message.split(":")[0] for problem in problems] == ["unsupported type"]
        assert problems[0].pointer.endswith("/type")


@pytest.mark.parametrize("name", ASKING)
def test_every_input_is_taken_in_a_modal(name: str) -> None:
    view = {"type": "modal", "title": plain("Title"), "submit": plain("Save"), "blocks": [ASKING[name]]}
    assert check_view(view) == []
    assert check_view(json.dumps(view)) == []


def test_a_message_may_come_as_json_text() -> None:
    blocks = json.dumps(list(MESSAGE_ONLY.values()))
    assert check_message({"text": "words", "blocks": blocks, "attachments": "[]"}) == []


@pytest.mark.parametrize(
    "arguments",
    [
        {"text": "words"},
        {"markdown_text": "**words**"},
        {"blocks": [{"type": "divider"}]},
        {"attachments": [{"text": "words", "color": "good"}]},
        {"text": "words", "blocks": [], "attachments": None},
        {"text": "", "attachments": [{"blocks": [EVERYWHERE["section"]]}]},
    ],
    ids=["text", "markdown", "blocks", "attachments", "empty blocks", "blocks in attachments"],
)
def test_a_message_says_something(arguments: JSON) -> None:
    assert check_message(arguments) == []


def test_a_home_view_and_every_field_of_a_modal() -> None:
    blocks = list(EVERYWHERE.values())[:9]
    home = {"type": "home", "blocks": blocks, "callback_id": "c", "private_metadata": "p", "external_id": "e"}
    modal = {
        **home,
        "type": "modal",
        "title": plain("Title"),
        "close": plain("Close"),
        "clear_on_close": True,
    }
    assert check_view(home) == []
    assert check_view({**modal, "notify_on_close": True, "submit_disabled": False}) == []
