"""A view as views.open, views.push, views.update and views.publish get it."""

import json
from collections.abc import Iterator
from typing import Any

from bot.sandbox.blocks.schema import JSON, Flaw, Object, OneOf, Shape, String
from bot.sandbox.blocks.surfaces import Problem, Surface, block_flaws, decoded
from bot.sandbox.blocks.text import FLAG, plain

LARGEST_VIEW = 250_000
TITLE = plain(24)


class Anything:
    """Looked at elsewhere."""

    def flaws(self, value: Any, at: str) -> Iterator[Flaw]:
        yield from ()


COMMON: dict[str, Shape] = {
    "blocks": Anything(),
    "private_metadata?": String(3000),
    "callback_id?": String(255),
    "external_id?": String(255),
}
MODAL: dict[str, Shape] = {
    **COMMON,
    "title": TITLE,
    "submit?": TITLE,
    "close?": TITLE,
    "clear_on_close?": FLAG,
    "notify_on_close?": FLAG,
    "submit_disabled?": FLAG,
}
FRAME = OneOf(Object("modal", MODAL), Object("home", COMMON))


def check_view(view: Any) -> list[Problem]:
    """Why Slack would refuse this view (or its JSON text); empty where it takes it."""
    view = decoded(view)
    found = [Problem("invalid_arguments", *flaw) for flaw in _flaws(view)]
    if not found and len(json.dumps(view, ensure_ascii=False)) > LARGEST_VIEW:
        found.append(Problem("view_too_large", f"must be less than {LARGEST_VIEW + 1} characters", "/view"))
    return found


def _flaws(view: Any) -> Iterator[Flaw]:
    yield from FRAME.flaws(view, "/view")
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home") or "blocks" not in view:
        return
    blocks = decoded(view["blocks"])
    if not isinstance(blocks, list):
        yield Flaw("must provide an array", "/view/blocks")
    elif not blocks:
        yield Flaw("must provide at least 1 items", "/view/blocks")
    else:
        surface: Surface = "modal" if view["type"] == "modal" else "home"
        yield from block_flaws(blocks, surface, "/view/blocks")
        if surface == "modal":
            yield from _submit(view, blocks)


def _submit(view: JSON, blocks: list[Any]) -> Iterator[Flaw]:
    for number, block in enumerate(blocks):
        if isinstance(block, dict) and block.get("type") == "input" and "submit" not in view:
            message = "must define `submit` to use an `input` block in modals"
            yield Flaw(message, f"/view/blocks/{number}/input")
