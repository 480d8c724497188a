"""Messages, modals and App Home: which blocks, how many, and what they may hold together."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from bot.sandbox.blocks.layout import IN_HOME, IN_MESSAGE, IN_MODAL
from bot.sandbox.blocks.reading import all_blocks, characters, elements
from bot.sandbox.blocks.schema import JSON, Flaw, OneOf

Surface = Literal["message", "modal", "home"]
LONGEST_MARKDOWN = 12_000
LONGEST_BLOCKS = 13_000
LONGEST_TABLES = 10_000
MOST_OF_A_TYPE = {"table": 1, "data_visualization": 2}


class Problem(NamedTuple):
    """``code`` is Slack's name of the error, ``pointer`` a JSON pointer such as ``/blocks/3/text/text``."""

    code: str
    message: str
    pointer: str

    def __str__(self) -> str:
        """As Slack writes it into ``response_metadata.messages``."""
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"


class Stage(NamedTuple):
    blocks: OneOf
    most: int


STAGES: dict[Surface, Stage] = {
    "message": Stage(IN_MESSAGE, 50),
    "modal": Stage(IN_MODAL, 100),
    "home": Stage(IN_HOME, 100),
}


def check_blocks(blocks: Any, surface: Surface) -> list[Problem]:
    """Why Slack would refuse these blocks (or their JSON text) on this surface; empty where it takes them."""
    blocks = decoded(blocks)
    if not isinstance(blocks, list):
        return [Problem("invalid_blocks_format", "must provide an array", "/blocks")]
    code = "invalid_blocks" if surface == "message" else "invalid_arguments"
    found = [Problem(code, *flaw) for flaw in block_flaws(blocks, surface, "/blocks")]
    return found or (list(_too_long(blocks)) if surface == "message" else [])


def decoded(value: Any) -> Any:
    """What a form could only carry as JSON text; text that is not JSON stays what it is."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def block_flaws(blocks: list[Any], surface: Surface, at: str) -> Iterator[Flaw]:
    stage = STAGES[surface]
    if len(blocks) > stage.most:
        yield Flaw(f"no more than {stage.most} items allowed", at)
    found = [flaw for number, one in enumerate(blocks) for flaw in stage.blocks.inside(one, f"{at}/{number}")]
    yield from found
    if not found:
        yield from _block_ids(blocks, at)
        yield from _elements(blocks, at)
        yield from _crowded(blocks, at)


def _block_ids(blocks: list[JSON], at: str) -> Iterator[Flaw]:
    """A block_id is there once on a surface."""
    seen = set()
    for block, place in all_blocks(blocks, at):
        if "block_id" in block:
            if block["block_id"] in seen:
                yield Flaw(f"block_id {block['block_id']} already exists", f"{place}/block_id")
            seen.add(block["block_id"])


def _elements(blocks: list[JSON], at: str) -> Iterator[Flaw]:
    """An action_id is there once in its block, the focus once on a surface."""
    focused = False
    for block, place in all_blocks(blocks, at):
        seen = set()
        for element, spot in elements(block, place):
            if "action_id" in element:
                if element["action_id"] in seen:
                    yield Flaw(f"action_id {element['action_id']} already exists", f"{spot}/action_id")
                seen.add(element["action_id"])
            if element.get("focus_on_load"):
                if focused:
                    yield Flaw("only one element may have the focus", f"{spot}/focus_on_load")
                focused = True


def _crowded(blocks: list[JSON], at: str) -> Iterator[Flaw]:
    """Few of some types, and only so many characters in tables."""
    seen: Counter[str] = Counter()
    cells = 0
    for block, place in all_blocks(blocks, at):
        kind = block["type"]
        seen[kind] += 1
        if kind in MOST_OF_A_TYPE and seen[kind] > MOST_OF_A_TYPE[kind]:
            yield Flaw(f"no more than {MOST_OF_A_TYPE[kind]} {kind} allowed", place)
        if kind in ("table", "data_table"):
            cells += characters(block["rows"])
    if cells > LONGEST_TABLES:
        yield Flaw(f"table cells must be less than {LONGEST_TABLES + 1} characters in all", at)


def _too_long(blocks: list[JSON]) -> Iterator[Problem]:
    """Markdown of all blocks together, then any text of all blocks together."""
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    for count, most in ((markdown, LONGEST_MARKDOWN), (characters(blocks), LONGEST_BLOCKS)):
        if count > most:
            yield Problem("msg_blocks_too_long", f"must be less than {most + 1} characters in all", "/blocks")
            return
