"""A message as a candidate: "Add to eval set" in its menu, and 📌 on it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.people import Role
from bot.errors import DeliveryError, InputError, PlumblineError
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.sets.seeing import check_free, fitting, require_contributor, variable_of
from handlers.stories.messages import kept_in
from handlers.views import failures
from handlers.views import sets as views
from handlers.views.kit import View
from handlers.windows import open_window

PINNED = "pinned"  # the set of whoever pins before there is any
FROM = "a message in Slack"


async def open_message_form(ask: Ask, desk: Desk) -> None:
    """The message shortcut "Add to eval set"."""

    async def form() -> View:
        await require_contributor(ask, desk)
        origin, ts = await kept_in(ask, desk), str(ask.message.get("ts") or "")
        return views.message_form(
            str(ask.message.get("text") or ""),
            await fitting(_at(ask, origin), desk, origin),
            channel=ask.channel,
            ts=ts,
            thread=str(ask.message.get("thread_ts") or ts),
            origin=origin,
        )

    await open_window(ask, desk, "Add to eval set", form)


async def check_message_form(ask: Ask, desk: Desk) -> Mapping[str, str]:
    """Errors by block id."""
    chosen, name = str(ask.values.get("set") or ""), str(ask.values.get("name") or "").strip()
    if not chosen and not name:
        return {"set": "Choose a set, or name a new one."}
    if not str(ask.private.get("text") or "").strip():
        return {"set": "This message holds no text, so there is nothing to add."}
    try:
        origin = await kept_in(ask, desk)
        await check_free(_at(ask, origin), desk, name.lower() if chosen in {"", views.NEW} else chosen)
    except InputError as error:
        return {"name": f"{error.message} {error.hint}".strip()}
    return {}


async def add_message(ask: Ask, desk: Desk) -> None:
    await require_contributor(ask, desk)
    chosen = str(ask.values.get("set") or "")
    name = str(ask.values.get("name") or "").strip().lower() if chosen in {"", views.NEW} else chosen
    text, expected = str(ask.private.get("text") or ""), str(ask.values.get("expected") or "")
    thread = str(ask.private.get("thread") or ask.private.get("ts") or "")
    done = await desk.step("propose", _propose, ask, desk, name, text, thread, expected)
    await desk.answer(ask, views.proposed_note(name, done["new"], done["known"]))


async def pinned(ask: Ask, desk: Desk) -> None:
    """📌 on a message of a person's: into the only set there is for it, else a question which."""
    item = ask.event.get("item") or {}
    try:
        person = await desk.slack.person(ask.user)
    except DeliveryError:
        return
    if item.get("type") != "message" or await desk.services.people.role(person) < Role.CONTRIBUTOR:
        return
    try:
        await _pin(ask, desk, str(item.get("ts") or ""))
    except PlumblineError as error:
        await desk.answer(ask, failures.failure(error.message, error.hint))


async def _pin(ask: Ask, desk: Desk, ts: str) -> None:
    found = await _message(ask, desk, ts)
    if not found["text"]:
        return
    origin = await kept_in(ask, desk)
    names = [line.name for line in await fitting(_at(ask, origin), desk, origin)]
    if len(names) > 1:
        await desk.answer(ask, views.choose_set(names, found["text"], f"{ask.channel}:{ts}"))
        return
    await _put(ask, desk, names[0] if names else _own_name(origin), found)


async def chosen(ask: Ask, desk: Desk) -> None:
    """A set's button under the question; value "refunds:C0SUPPORT:1.2"."""
    await require_contributor(ask, desk)
    name, channel, ts = [*ask.value.split(":", 2), "", ""][:3]
    if channel != ask.channel and not await desk.slack.is_member(channel, ask.user):
        raise InputError("That message is out of your sight.", hint="Use the message's menu instead.")
    there = _at(ask, channel)
    await _put(there, desk, name, await _message(there, desk, ts))


def _at(ask: Ask, channel: str) -> Ask:
    """As if asked where the message is: that decides what it may be put into."""
    return replace(ask, channel=channel or ask.channel)


async def _put(ask: Ask, desk: Desk, name: str, found: Mapping[str, str]) -> None:
    await check_free(_at(ask, await kept_in(ask, desk)), desk, name)
    done = await desk.step("propose", _propose, ask, desk, name, found["text"], found["thread"], "")
    await desk.answer(ask, views.proposed_note(name, done["new"], done["known"]))


def _own_name(origin: str) -> str:
    """A set for what is pinned here; a private conversation's has a name of its own."""
    return f"{PINNED}-{origin.lower()}" if origin else PINNED


async def _message(ask: Ask, desk: Desk, ts: str) -> dict[str, str]:
    """What a person wrote there, and the thread it belongs to; empty for the words of a bot."""
    try:
        said = await desk.slack.thread(ask.channel, ts)
    except DeliveryError:
        raise InputError(
            "I may not read that message.", hint="“Add to eval set” in the message's menu works there."
        ) from None
    found: Mapping[str, Any] = next((m for m in said if str(m.get("ts")) == ts), {})
    text = "" if found.get("bot_id") else str(found.get("text") or "")
    return {"text": text.strip(), "thread": str(found.get("thread_ts") or ts)}


async def _propose(ask: Ask, desk: Desk, name: str, text: str, thread: str, expected: str) -> dict[str, int]:
    done = await desk.services.candidates.propose_text(
        name,
        text,
        ask.user,
        expected=expected,
        origin=FROM,
        cluster=f"thread {thread}",
        variable=await variable_of(desk, name),
        channel=await kept_in(ask, desk),
    )
    return {"new": len(done.candidates), "known": done.known}
