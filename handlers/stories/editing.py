"""Changing stories by hand: the edit form, whose changes are kept as corrections, and merging two."""

from collections.abc import Mapping
from zlib import crc32

from bot.domain.people import Role
from bot.domain.stories import Story
from bot.errors import InputError
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.stories.cards import card_of, redraw, story_in, visible_story
from handlers.views import modals, stories
from handlers.views.kit import View
from handlers.windows import open_window

OVERTAKEN = (
    "Somebody changed this while the form was open. Close it and open it again to see what it says now."
)


async def open_edit(ask: Ask, desk: Desk) -> None:
    async def form() -> View:
        await desk.require(ask.user, Role.CONTRIBUTOR, "Editing a story")
        story = await visible_story(ask, desk, story_in(ask))
        return modals.edit_form(story, channel=ask.channel, marks=_marks(modals.editable(story)))

    await open_window(ask, desk, "Edit story", form)


async def check_edit(ask: Ask, desk: Desk) -> Mapping[str, str]:
    """Tried on the story itself, without saving: what does not fit is said at its field, and so is what
    somebody else changed while the form was open."""
    await desk.require(ask.user, Role.CONTRIBUTOR, "Editing a story")
    story = await visible_story(ask, desk, story_in(ask))
    changes, now = _changes(ask, story), _marks(modals.editable(story))
    overtaken = {path: OVERTAKEN for path in changes if now[path] != _shown(ask).get(path)}
    return overtaken or await desk.services.stories.try_edit(story.id, changes)


async def edit(ask: Ask, desk: Desk) -> None:
    await desk.require(ask.user, Role.CONTRIBUTOR, "Editing a story")
    story_id = story_in(ask)
    count = await desk.step("edit", _edit, ask, desk)
    await redraw(desk, story_id)
    story = await desk.services.stories.get(story_id)
    await desk.answer(ask, stories.edited_note(story, count))


async def _edit(ask: Ask, desk: Desk) -> int:
    story = await visible_story(ask, desk, story_in(ask))
    changes = _changes(ask, story)
    if changes:
        await desk.services.stories.edit(story.id, changes, author=ask.user)
    return len(changes)


def _changes(ask: Ask, story: Story) -> dict[str, str]:
    """Only what this person typed: neither what the form showed nor what the story says by now."""
    before, shown = modals.editable(story), _shown(ask)
    given = {path: str(value if value is not None else "").strip() for path, value in ask.values.items()}
    typed = _marks(given)
    return {
        path: text
        for path, text in given.items()
        if path in before and typed[path] != shown.get(path) and text != before[path].strip()
    }


def _marks(texts: Mapping[str, str]) -> dict[str, str]:
    """A short mark of each text by path; what was typed, or changed by others meanwhile, has another."""
    return {path: f"{crc32(text.strip().encode()):x}" for path, text in texts.items()}


def _shown(ask: Ask) -> Mapping[str, str]:
    """Marks of what the form showed when it was opened."""
    return dict(ask.private.get("marks") or {})


async def open_merge(ask: Ask, desk: Desk) -> None:
    async def form() -> View:
        await desk.require(ask.user, Role.CONTRIBUTOR, "Merging stories")
        story = await visible_story(ask, desk, story_in(ask))
        others = await _of_its_source(desk, story)
        if not others:
            raise InputError(
                f"There is no story to merge {story.id} with.",
                hint="Only stories of one source can be merged.",
            )
        likely = sorted(others, key=lambda other: other.id not in story.merge_with)
        return modals.merge_form(story, likely, channel=ask.channel)

    await open_window(ask, desk, "Merge stories", form)


async def _of_its_source(desk: Desk, story: Story) -> list[Story]:
    """The other stories that rest on the same source, and so came from the same channel."""
    source = await desk.services.stories.source_of(story.id)
    async with desk.services.store.read() as unit:
        found = await unit.stories.all(source)
    return [other for other in found if other.id != story.id and not other.merged_into]


async def merge(ask: Ask, desk: Desk) -> None:
    await desk.require(ask.user, Role.CONTRIBUTOR, "Merging stories")
    story_id, into = story_in(ask), str(ask.values.get("into") or "")
    if not into:
        raise InputError("Choose the story to merge into.")
    for each in (story_id, into):
        await visible_story(ask, desk, each)
    await desk.step("merge", _merge, desk, story_id, into, ask.user)
    for each in (story_id, into):
        await redraw(desk, each)
    await desk.answer(ask, await card_of(desk, into, await desk.role(ask.user)))


async def _merge(desk: Desk, story_id: str, into: str, user: str) -> None:
    await desk.services.stories.merge(story_id, into, by=user)
