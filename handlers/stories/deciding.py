"""Reading and deciding: list, show, edge cases, trace, ask for approval, approve."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from bot.domain.people import Role
from bot.domain.stories import StoryState
from bot.errors import DraftingStopped, InputError
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.stories.cards import STORY, card_of, redraw, story_in, visible_stories, visible_story
from handlers.stories.orders import shown_source
from handlers.views import stories
from handlers.views.kit import Message
from handlers.words import nearest

PAGE = 20


async def list_stories(ask: Ask, desk: Desk) -> None:
    """/plumb story list [draft|ready|approved|exported] [page]"""
    state, page = _list_words(ask.text or ask.value)
    shown = await visible_stories(ask, desk, state)
    role = await desk.role(ask.user)
    shareable = bool(shown) and role >= Role.CONTRIBUTOR
    await desk.answer(ask, stories.story_list(shown, state=state, page=page, shareable=shareable))


async def list_for(ask: Ask, desk: Desk, about: str, channel: str) -> Message:
    """The same page for everybody in a channel."""
    state, page = _list_words(about)
    shown = await visible_stories(replace(ask, channel=channel), desk, state)
    return stories.story_list(shown, state=state, page=page)


def _list_words(text: str) -> tuple[StoryState | None, int]:
    state, page = None, 1
    for word in text.lower().replace(":", " ").split():
        if word.isdigit():
            page = max(1, int(word))
            continue
        if word in {"all", "any"}:
            continue
        try:
            state = StoryState(word)
        except ValueError:
            guess = nearest(word, [each.value for each in StoryState])
            raise InputError(
                f"“{word}” is no state of a story.",
                hint=f"Did you mean {guess}?" if guess else "draft, ready, approved or exported",
            ) from None
    return state, page


async def show_story(ask: Ask, desk: Desk) -> None:
    """/plumb story show ST-14"""
    story = await visible_story(ask, desk, _named(ask, desk, "show"))
    if ask.in_direct_messages and ask.kind != "action":
        await desk.post(
            ask, "card", ask.channel, await card_of(desk, story.id, await desk.role(ask.user)),
            about=f"{STORY}{story.id}",
        )  # fmt: skip
    else:
        await desk.answer(ask, stories.details(story))


async def show_edges(ask: Ask, desk: Desk) -> None:
    story = await visible_story(ask, desk, story_in(ask))
    await _beside(ask, desk, "edges", stories.edge_cases(story))


async def show_trace(ask: Ask, desk: Desk) -> None:
    """The chain of evidence behind a story."""
    story = await visible_story(ask, desk, story_in(ask))
    source = await desk.services.stories.source_of(story.id)
    theme = next((x for x in await desk.services.themes.listed(source) if x.id == story.theme_id), None)
    await _beside(ask, desk, "trace", stories.trace(story, shown_source(source), theme))


async def show_all(ask: Ask, desk: Desk) -> None:
    story = await visible_story(ask, desk, story_in(ask))
    await _beside(ask, desk, "details", stories.details(story))


async def _beside(ask: Ask, desk: Desk, label: str, message: stories.Message) -> None:
    """In direct messages in the card's thread; in a channel only for who clicked."""
    if ask.in_direct_messages and ask.message.get("ts") and not ask.message.get("ephemeral"):
        thread = str(ask.message.get("thread_ts") or ask.message["ts"])
        await desk.post(ask, label, ask.channel, message, thread_ts=thread)
    else:
        await desk.answer(ask, message, label)


async def ask_approval(ask: Ask, desk: Desk) -> None:
    """A contributor says that a story is ready: it enters the reviewers' queue."""
    await desk.require(ask.user, Role.CONTRIBUTOR, "Asking for approval")
    story = await visible_story(ask, desk, story_in(ask))
    await desk.step("ready", _ready, desk, story.id, ask.user)
    await redraw(desk, story.id)
    await desk.answer(ask, stories.waiting_note(await desk.services.stories.get(story.id)))


async def _ready(desk: Desk, story_id: str, user: str) -> None:
    """Looks inside the step: a second run takes the same way, whatever the first one changed."""
    if (await desk.services.stories.get(story_id)).state is StoryState.DRAFT:
        with _mended_here():
            await desk.services.stories.ready(story_id, by=user)


async def approve(ask: Ask, desk: Desk) -> None:
    """/plumb story approve ST-14, and the button: a named person approves, once."""
    await desk.require(ask.user, Role.REVIEWER, "Approving a story")
    story = await visible_story(ask, desk, _named(ask, desk, "approve"))
    await desk.step("approve", _approve, desk, story.id, ask.user)
    await redraw(desk, story.id)
    await desk.answer(ask, stories.approved_note(await desk.services.stories.get(story.id)))


async def _approve(desk: Desk, story_id: str, user: str) -> None:
    """As ``_ready``; what somebody approved before, or at the same moment, stays theirs."""
    try:
        with _mended_here():
            await desk.services.stories.approve(story_id, by=user)
    except InputError:
        story = await desk.services.stories.get(story_id)
        if story.state not in {StoryState.APPROVED, StoryState.EXPORTED}:
            raise


@contextmanager
def _mended_here() -> Iterator[None]:
    """What a story lacks, with what to do about it here; the error's own words are for the command line."""
    try:
        yield
    except DraftingStopped as stopped:
        raise DraftingStopped(
            stopped.message, hint="Mend it with Edit, or draft from more tickets."
        ) from None


def _named(ask: Ask, desk: Desk, verb: str) -> str:
    story_id = story_in(ask)
    if not story_id:
        raise InputError("Which story?", hint=f"For example: /{desk.command} story {verb} ST-1")
    return story_id
