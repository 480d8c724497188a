"""Looking through blocks that are sound: blocks within blocks, their elements, their text."""

from collections.abc import Iterator
from typing import Any

JSON = dict[str, Any]
INNER_BLOCKS = {"container": "child_blocks", "carousel": "elements", "plan": "tasks"}
LISTS = {"actions": "elements", "context_actions": "elements", "card": "actions"}
SINGLE = {"section": "accessory", "input": "element"}


def all_blocks(blocks: list[JSON], at: str) -> Iterator[tuple[JSON, str]]:
    """Every block with its JSON pointer, those inside others too."""
    for number, block in enumerate(blocks):
        place = f"{at}/{number}"
        yield block, place
        if inner := INNER_BLOCKS.get(block["type"]):
            yield from all_blocks(block.get(inner, []), f"{place}/{inner}")


def elements(block: JSON, at: str) -> Iterator[tuple[JSON, str]]:
    """What can be used in this block itself, with its JSON pointer."""
    if name := LISTS.get(block["type"]):
        yield from ((one, f"{at}/{name}/{number}") for number, one in enumerate(block.get(name, [])))
    elif (name := SINGLE.get(block["type"])) and name in block:
        yield block[name], f"{at}/{name}"


def all_elements(blocks: list[JSON], at: str) -> Iterator[tuple[JSON, str]]:
    for block, place in all_blocks(blocks, at):
        yield from elements(block, place)


def characters(value: Any) -> int:
    """How many characters of text are shown: every string that is called ``text``."""
    count, rest = 0, [value]
    while rest:
        one = rest.pop()
        if isinstance(one, dict):
            count += len(one["text"]) if isinstance(one.get("text"), str) else 0
            rest.extend(one.values())
        elif isinstance(one, list):
            rest.extend(one)
    return count
