"""Story cards: drawing one for somebody, and drawing every posted one again when its story changes."""

import asyncio
from functools import partial
from weakref import WeakValueDictionary

from bot.domain.people import Role
from bot.domain.posts import Posted
from bot.domain.stories import Story, StoryState
from bot.errors import DeliveryError, NotFound
from bot.logs import LOGGER
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.insist import insist
from handlers.views import stories
from handlers.views.kit import Message

STORY = "story:"

_drawing: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()  # by team and story, while drawn
READING = "Reading stories"


async def card_of(desk: Desk, story_id: str, role: Role, *, place: str = "private") -> Message:
    story = await desk.services.stories.get(story_id)
    tally = await desk.services.feedback.tally(f"{STORY}{story.id}")
    return stories.card(story, role=role, tally=tally, place=place)


async def visible_story(ask: Ask, desk: Desk, story_id: str) -> Story:
    """The story, if this person may see it at this place; else as if there were none.

    Raises:
        NotAllowed: guests and people from outside see none at all.
        NotFound: no such story, or none for them here.
    """
    await desk.require(ask.user, Role.VIEWER, READING)
    gone = NotFound(f"There is no story {story_id}.", hint=f"/{desk.command} story list shows them.")
    try:
        story = await desk.services.stories.get(story_id.strip().upper())
    except NotFound:
        raise gone from None
    if not await desk.may_see(story.channel, ask.user, ask.channel or "D"):
        raise gone
    return story


async def visible_stories(ask: Ask, desk: Desk, state: StoryState | None = None) -> list[Story]:
    """All stories, or those in a state, that this person may see at this place.

    Raises:
        NotAllowed: guests and people from outside see none at all.
    """
    await desk.require(ask.user, Role.VIEWER, READING)
    found = await desk.services.stories.all(state)
    seen = await desk.visible((story.channel for story in found), ask.user, ask.channel or "D")
    return [story for story in found if story.channel in seen]


async def redraw(desk: Desk, story_id: str, role: Role = Role.REVIEWER) -> None:
    """Every card of a story, wherever it stands, shows it as it is now. One after the other: of two drawings
    at once the older could arrive last and stay."""
    lock = _drawing.setdefault(f"{desk.services.store.team}:{story_id}", asyncio.Lock())
    async with lock:
        for posted in await desk.outbox.places(f"{STORY}{story_id}"):
            try:
                await insist(partial(_draw, desk, story_id, role, posted))
            except DeliveryError as error:
                LOGGER.info("a card of %s was not drawn again: %s", story_id, error.message)


async def _draw(desk: Desk, story_id: str, role: Role, posted: Posted) -> None:
    channel = posted.post.channel
    place = "private" if channel.startswith("D") else "channel"
    await desk.slack.update(channel, posted.ts, await card_of(desk, story_id, role, place=place))


def story_in(ask: Ask) -> str:
    """The story id that a click, a form or a command names."""
    word = ask.value or str(ask.private.get("story") or "") or (ask.text.split() or [""])[0]
    return word.rpartition(":")[2].strip().upper()
