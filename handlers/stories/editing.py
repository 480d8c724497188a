"""Changing stories by hand: the edit form, whose changes are kept as corrections, and merging two."""

from collections.abc import Mapping

from bot.domain.people import Role
from bot.errors import InputError
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.stories.cards import card_of, redraw, story_in, visible_story
from handlers.views import modals, stories


async def open_edit(ask: Ask, desk: Desk) -> None:
    view_id = await desk.slack.open_view(ask.trigger_id, modals.loading("Edit story"))
    await desk.require(ask.user, Role.CONTRIBUTOR, "Editing a story")
    story = await visible_story(ask, desk, story_in(ask))
    await desk.slack.update_view(view_id, modals.edit_form(story, channel=ask.channel))


async def check_edit(ask: Ask, desk: Desk) -> Mapping[str, str]:
    """Tried on the story itself, without saving: what does not fit is said at its field."""
    await desk.require(ask.user, Role.CONTRIBUTOR, "Editing a story")
    changes = await _changes(ask, desk)
    return await desk.services.stories.try_edit(story_in(ask), changes)


async def edit(ask: Ask, desk: Desk) -> None:
    await desk.require(ask.user, Role.CONTRIBUTOR, "Editing a story")
    story_id = story_in(ask)
    count = await desk.step("edit", _edit, ask, desk)
    await redraw(desk, story_id)
    story = await desk.services.stories.get(story_id)
    await desk.answer(ask, stories.edited_note(story, count))


async def _edit(ask: Ask, desk: Desk) -> int:
    changes = await _changes(ask, desk)
    if changes:
        await desk.services.stories.edit(story_in(ask), changes, author=ask.user)
    return len(changes)


async def _changes(ask: Ask, desk: Desk) -> dict[str, str]:
    """Only the fields whose text differs from the story's."""
    story = await visible_story(ask, desk, story_in(ask))
    before = modals.editable(story)
    given = {path: str(value if value is not None else "").strip() for path, value in ask.values.items()}
    return {path: text for path, text in given.items() if path in before and text != before[path].strip()}


async def open_merge(ask: Ask, desk: Desk) -> None:
    view_id = await desk.slack.open_view(ask.trigger_id, modals.loading("Merge stories"))
    await desk.require(ask.user, Role.CONTRIBUTOR, "Merging stories")
    story = await visible_story(ask, desk, story_in(ask))
    others = [
        other
        for other in await desk.services.stories.all()
        if other.id != story.id and other.channel == story.channel
    ]
    if not others:
        view = modals.failed("Merge stories", f"There is no other story to merge {story.id} with.", "")
    else:
        likely = sorted(others, key=lambda other: (other.id not in story.merge_with, other.id))
        view = modals.merge_form(story, likely, channel=ask.channel)
    await desk.slack.update_view(view_id, view)


async def merge(ask: Ask, desk: Desk) -> None:
    await desk.require(ask.user, Role.CONTRIBUTOR, "Merging stories")
    story_id, into = story_in(ask), str(ask.values.get("into") or "")
    if not into:
        raise InputError("Choose the story to merge into.")
    await visible_story(ask, desk, into)
    await desk.step("merge", _merge, desk, story_id, into, ask.user)
    for each in (story_id, into):
        await redraw(desk, each)
    await desk.answer(ask, await card_of(desk, into, await desk.role(ask.user)))


async def _merge(desk: Desk, story_id: str, into: str, user: str) -> None:
    story = await desk.services.stories.get(story_id)
    if not story.merged_into:
        await desk.services.stories.merge(story_id, into, by=user)
