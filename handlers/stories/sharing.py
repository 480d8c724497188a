"""Taking stories elsewhere: a card into a channel, approved stories into a file."""

from collections.abc import Mapping

from bot.domain.people import Role
from bot.domain.stories import Story, StoryState
from bot.errors import DeliveryRejected, InputError, NotAllowed
from bot.exporters import EXPORTERS
from handlers.ask import Ask
from handlers.desk import RUN, Desk
from handlers.stories.cards import STORY, card_of, redraw, story_in, visible_stories, visible_story
from handlers.views import modals, progress, stories
from handlers.views.kit import View
from handlers.windows import open_window
from handlers.words import nearest, split_words

CLOCKS_DIFFER = 5.0  # seconds between ours and Slack's


async def open_share(ask: Ask, desk: Desk) -> None:
    await desk.slack.open_view(ask.trigger_id, modals.share_form(story_in(ask), channel=ask.channel))


async def share(ask: Ask, desk: Desk) -> None:
    """Posts a card where everybody in the channel sees it."""
    await desk.require(ask.user, Role.CONTRIBUTOR, "Sharing a story")
    story = await visible_story(ask, desk, story_in(ask))
    channel = str(ask.values.get("to") or "")
    if story.channel and channel != story.channel:
        raise NotAllowed(
            f"{story.id} comes from a private channel, so it is shown only there.",
            hint="Share it there, or draft a story from a source that may be seen by all.",
        )
    if not await desk.slack.is_member(channel, ask.user):
        raise NotAllowed("You are not in that channel.", hint="Join it first.")
    message = await card_of(desk, story.id, Role.REVIEWER, place="channel")
    await desk.post(ask, "share", channel, message, about=f"{STORY}{story.id}")
    await desk.answer(ask, stories.shared_note(story, channel))


async def open_export(ask: Ask, desk: Desk) -> None:
    async def form() -> View:
        chosen = await _exportable(ask, desk)
        if not chosen:
            raise InputError("No story is approved yet.", hint="Approve one first.")
        return modals.export_form(chosen, channel=ask.channel, picked=story_in(ask))

    await open_window(ask, desk, "Export stories", form)


async def _exportable(ask: Ask, desk: Desk) -> list[Story]:
    done = {StoryState.APPROVED, StoryState.EXPORTED}
    return [story for story in await visible_stories(ask, desk) if story.state in done]


async def export(ask: Ask, desk: Desk) -> None:
    """/plumb story export ST-1 ST-2 as jira-csv; without ids all that are approved."""
    kind, ids = await desk.step("choose", _choose, ask, desk)
    direct = str(await desk.step("direct", desk.slack.direct_channel, ask.user))
    if not ask.in_direct_messages:
        await desk.answer(ask, progress.working_elsewhere("the file"))
    begun = await desk.step("begun", _begun, desk)
    await desk.step("upload", _upload, desk, direct, kind, ids, begun)
    await desk.step("mark", _mark, desk, ids, ask.user)
    for story_id in ids:
        await redraw(desk, story_id)


async def _choose(ask: Ask, desk: Desk) -> tuple[str, list[str]]:
    """The format and the ids. A step: a second run exports the same."""
    kind, wanted = _export_words(ask)
    await desk.require(ask.user, Role.CONTRIBUTOR, "Exporting stories")
    ready = [story.id for story in await _exportable(ask, desk)]
    missing = [story_id for story_id in wanted if story_id not in ready]
    if missing:
        raise InputError(
            f"{missing[0]} is not approved, so it is not exported.",
            hint=f"/{desk.command} story approve {missing[0]}",
        )
    if not ready:
        raise InputError("No story is approved yet.", hint=f"/{desk.command} story list shows them all.")
    return kind, wanted or ready


async def _begun(desk: Desk) -> tuple[str, float]:
    return RUN, desk.clock.now().timestamp()


async def _upload(desk: Desk, channel: str, kind: str, ids: list[str], begun: tuple[str, float]) -> str:
    """A second run looks first whether the one that died had sent the file."""
    chosen = [await desk.services.stories.get(story_id) for story_id in ids]
    file = EXPORTERS[kind].export([await _signed(desk, story) for story in chosen])
    run, at = begun
    if run != RUN and (sent := await desk.slack.find_file(channel, file.filename, since=at - CLOCKS_DIFFER)):
        return sent
    note = stories.exported_note(chosen, kind)
    return await desk.slack.upload(channel, file.filename, file.data, title=file.filename, comment=note.text)


async def _signed(desk: Desk, story: Story) -> Story:
    """A file leaves Slack, where an id says nothing: whoever approved is named in it."""
    try:
        person = await desk.slack.person(story.approved_by)
    except DeliveryRejected:  # approved elsewhere, under a name that Slack does not know
        return story
    return story.model_copy(update={"approved_by": f"{person.name} ({person.id})"})


async def _mark(desk: Desk, ids: list[str], user: str) -> None:
    chosen = [await desk.services.stories.get(story_id) for story_id in ids]
    await desk.services.stories.mark_exported(chosen, by=user)


def _export_words(ask: Ask) -> tuple[str, list[str]]:
    if ask.kind == "submission":
        ids = ask.values.get("stories") or []
        return str(ask.values.get("format") or "markdown"), [str(story_id) for story_id in ids]
    kind, ids = "markdown", []
    words = [word for word in split_words(ask.text) if word.lower() not in {"as", "to", "approved", "all"}]
    for word in words:
        if word.upper().startswith("ST-"):
            ids.append(word.upper())
        elif word.lower() in EXPORTERS:
            kind = word.lower()
        else:
            guess = nearest(word, EXPORTERS)
            raise InputError(
                f"I cannot export as “{word}”.",
                hint=f"Did you mean {guess}?" if guess else f"One of: {', '.join(EXPORTERS)}",
            )
    return kind, ids


async def check_share(ask: Ask, desk: Desk) -> Mapping[str, str]:
    channel = str(ask.values.get("to") or "")
    if not channel:
        return {"to": "Choose a channel."}
    return {}
