"""What every view looks like, kept as files; ``PLUMB_SNAPSHOTS=write`` in the environment renews them."""

import json
import os
from pathlib import Path

import pytest

from handlers.views.gallery import GALLERY
from handlers.views.kit import Message
from tests.unit.views.walls import live, refusals

FOLDER = Path(__file__).parent / "snapshots"


def file_of(name: str) -> Path:
    return FOLDER / f"{name.replace(' ', '_')}.json"


@pytest.mark.parametrize("name", sorted(GALLERY))
def test_a_view_looks_as_it_did(name: str) -> None:
    shown = GALLERY[name]()
    assert refusals(shown) == []
    assert live(shown) == []
    data = {"text": shown.text, "blocks": list(shown.blocks)} if isinstance(shown, Message) else dict(shown)
    written = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("PLUMB_SNAPSHOTS") == "write":
        file_of(name).write_text(written, encoding="utf-8")
    assert file_of(name).read_text(encoding="utf-8") == written


def test_no_snapshot_is_left_over() -> None:
    assert {path.name for path in FOLDER.glob("*.json")} == {file_of(name).name for name in GALLERY}
