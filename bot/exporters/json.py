"""JSON for programs: every field as it is stored, nothing escaped, read back without loss."""

import json
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from bot.domain.stories import Story
from bot.errors import InputError
from bot.exporters._export import Export

SCHEMA = "plumbline.stories/1"


def export(stories: Sequence[Story]) -> Export:
    """``{"schema": "plumbline.stories/1", "stories": [...]}``, keys in the order of the story's fields."""
    document = {"schema": SCHEMA, "stories": [story.model_dump(mode="json") for story in stories]}
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return Export("stories.json", "application/json", text.encode("utf-8", "surrogatepass"))


def read(data: bytes) -> tuple[Story, ...]:
    """The stories of an export.

    Raises:
        InputError: no JSON, another schema, or a story that lacks a field; the message names the place.
    """
    try:
        document: Any = json.loads(data)
    except ValueError:
        raise InputError("This is not JSON.", hint="Hand in a file that was exported as json.") from None
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise InputError(f"This is no export of stories ({SCHEMA}).", hint="Export them again as json.")
    return tuple(_story(number, value) for number, value in enumerate(document.get("stories", []), 1))


def _story(number: int, value: object) -> Story:
    try:
        return Story.model_validate_json(json.dumps(value))
    except ValidationError as error:
        where = ".".join(map(str, error.errors(include_input=False)[0]["loc"]))
        raise InputError(
            f"Story {number} cannot be read: {where}.", hint="Export it again as json."
        ) from None
