"""Messages, modals and App Home: which blocks, how many, and what they may hold together."""

import json
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from bot.sandbox.blocks.elements import SURFACES
from bot.sandbox.blocks.layout import IN_HOME, IN_MESSAGE, IN_MODAL
from bot.sandbox.blocks.reading import all_blocks, all_elements, characters, elements
from bot.sandbox.blocks.schema import JSON, Flaw, OneOf
from bot.sandbox.blocks.tables import LONGEST_TABLES

Surface = Literal["message", "modal", "home"]
LONGEST_MARKDOWN = 12_000
LONGEST_BLOCKS = 13_000
MOST_CHARTS = 2


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
    return found or (list(_too_much(blocks)) if surface == "message" else [])


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
    found = [flaw for number, one in enumerate(blocks) for flaw in stage.blocks.flaws(one, f"{at}/{number}")]
    yield from found
    if not found:
        yield from _same_ids(blocks, at)
        yield from _misplaced(blocks, surface, at)
        yield from _focused(blocks, at)
        yield from _crowded(blocks, at)


def _same_ids(blocks: list[JSON], at: str) -> Iterator[Flaw]:
    """A block_id is there once on a surface, an action_id once in its block."""
    seen: set[str] = set()
    for block, place in all_blocks(blocks, at):
        yield from _taken("block_id", block, place, seen)
        within: set[str] = set()
        for element, spot in elements(block, place):
            yield from _taken("action_id", element, spot, within)


def _taken(name: str, value: JSON, at: str, seen: set[str]) -> Iterator[Flaw]:
    if name in value:
        if value[name] in seen:
            yield Flaw(f'`{name}` "{value[name]}" already exists', f"{at}/{name}")
        seen.add(value[name])


def _misplaced(blocks: list[JSON], surface: Surface, at: str) -> Iterator[Flaw]:
    for element, spot in all_elements(blocks, at):
        if surface not in SURFACES.get(element["type"], (surface,)):
            yield Flaw(f"unsupported type: {element['type']}", f"{spot}/type")


def _focused(blocks: list[JSON], at: str) -> Iterator[Flaw]:
    focused = [spot for element, spot in all_elements(blocks, at) if element.get("focus_on_load")]
    for spot in focused[1:]:
        yield Flaw("only one element may have the focus", f"{spot}/focus_on_load")


def _crowded(blocks: list[JSON], at: str) -> Iterator[Flaw]:
    placed = list(all_blocks(blocks, at))
    charts = [place for block, place in placed if block["type"] == "data_visualization"]
    for place in charts[MOST_CHARTS:]:
        yield Flaw(f"no more than {MOST_CHARTS} data_visualization blocks allowed", place)
    cells = sum(characters(block["rows"]) for block, _ in placed if block["type"] in ("table", "data_table"))
    if cells > LONGEST_TABLES:
        yield Flaw(f"cells must be less than {LONGEST_TABLES + 1} characters in all", at)


def _too_much(blocks: list[JSON]) -> Iterator[Problem]:
    """One table; markdown of all blocks together, then any text of all blocks together."""
    tables = [place for block, place in all_blocks(blocks, "/blocks") if block["type"] == "table"]
    if len(tables) > 1:
        yield Problem("invalid_attachments", "only_one_table_allowed", tables[1])
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    for count, most in ((markdown, LONGEST_MARKDOWN), (characters(blocks), LONGEST_BLOCKS)):
        if count > most:
            yield Problem("msg_blocks_too_long", f"must be less than {most + 1} characters in all", "/blocks")
            return
