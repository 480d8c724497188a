"""A person's edit of a story: fields by dotted path, each value checked where it stands."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from bot.domain.stories import Story, StoryBody
from bot.errors import InputError

LOCKED = frozenset(Story.model_fields) - frozenset(StoryBody.model_fields)


class EditRefused(InputError):
    """Nothing was changed. ``problems`` says by path what is wrong."""

    def __init__(
        self, story_id: str, problems: Mapping[str, str], hint: str = "Nothing was changed."
    ) -> None:
        path, message = next(iter(problems.items()))
        super().__init__(f"{story_id}, {path}: {message}", hint=hint)
        self.problems = dict(problems)


def edited(story: Story, values: Mapping[str, str]) -> tuple[Story, dict[str, str]]:
    """The story with ``values`` by path ("criteria.0.threshold"), and what stood there before.

    Raises:
        EditRefused: a path names no field to edit, or values do not fit theirs.
    """
    data = story.model_dump(mode="json")
    before: dict[str, str] = {}
    for path, value in values.items():
        before[path] = str(_set(story.id, data, path, value))
    try:
        return Story.model_validate(data), before
    except ValidationError as error:
        wrong = error.errors(include_input=False)
        problems = {".".join(map(str, each["loc"])): f"{each['msg']}." for each in wrong}
        raise EditRefused(story.id, problems) from None


def body_of(story: Story) -> StoryBody:
    """Without where it came from and where it stands."""
    return StoryBody.model_validate({name: getattr(story, name) for name in StoryBody.model_fields})


def _set(story_id: str, data: dict[str, Any], path: str, value: str) -> object:
    """Set one field in place; returns what was there."""
    parts = path.split(".")
    holder: Any = data
    try:
        if parts[0] in LOCKED:
            raise KeyError(parts[0])
        for part in parts[:-1]:
            holder = holder[int(part)] if isinstance(holder, list) else holder[part]
        key: Any = int(parts[-1]) if isinstance(holder, list) else parts[-1]
        before = holder[key]
    except (KeyError, IndexError, ValueError, TypeError):
        names = ", ".join(sorted(StoryBody.model_fields))
        problem = {path: f"a story has no field {path!r} to edit."}
        raise EditRefused(story_id, problem, hint=f"Fields: {names}.") from None
    if isinstance(before, dict | list):
        problem = {path: "it has parts; name one."}
        raise EditRefused(story_id, problem, hint=f"For example {path}.{next(iter(before), 0)}")
    holder[key] = value
    return before
