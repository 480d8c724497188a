"""From one message, or its thread, to a story: the shortcut and the emoji."""

from dataclasses import replace
from typing import Any

from bot.domain.people import Role
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.feature import long_running
from handlers.stories.drafting import carry_out
from handlers.stories.orders import Order, source_name
from handlers.views import modals


async def open_message_form(ask: Ask, desk: Desk) -> None:
    """The message shortcut "Make a story from this"."""
    await desk.slack.open_view(
        ask.trigger_id,
        modals.message_form(
            str(ask.message.get("text") or ""),
            channel=ask.channel,
            ts=str(ask.message.get("thread_ts") or ask.message.get("ts") or ""),
            user=str(ask.message.get("user") or ""),
        ),
    )


@long_running
async def draft_from_message(ask: Ask, desk: Desk) -> None:
    """One message or its thread as tickets."""
    order = await desk.step("order", _order_of_message, ask, desk)
    await carry_out(ask, desk, Order.from_json(order))


async def message_order(ask: Ask, desk: Desk) -> None:
    """🎫 on a message: the same job as the shortcut's, once for a message and person, however often they
    take the emoji away and set it again."""
    item = ask.event.get("item") or {}
    person = await desk.slack.person(ask.user)
    if item.get("type") != "message" or await desk.services.people.role(person) < Role.CONTRIBUTOR:
        return
    private = {"channel": ask.channel, "ts": str(item.get("ts") or ""), "user": "", "text": ""}
    asked = replace(ask, kind="submission", action="story_from_message", private=private)
    asked = replace(asked, key=f"ticket:{ask.team}:{ask.channel}:{private['ts']}:{ask.user}")
    await desk.enqueue("submission:story_from_message", asked)


async def _order_of_message(ask: Ask, desk: Desk) -> dict[str, Any]:
    await desk.require(ask.user, Role.CONTRIBUTOR, "Drafting stories")
    ts, origin = str(ask.private["ts"]), await kept_in(ask, desk)
    return Order(
        source=source_name(f"message-{ts.replace('.', '-')}", origin),
        title="that message",
        message_ts=ts,
        origin=origin,
        top=None,
        override="one message or thread, drafted on request; the story says how little it rests on",
    ).as_json()


async def kept_in(ask: Ask, desk: Desk) -> str:
    """Where a message's story may be seen: everywhere, in the private channel it comes from, or, where I
    cannot see who is in that conversation, by nobody but the one who chose it."""
    if ask.channel and not ask.in_direct_messages:
        if not await desk.slack.is_private(ask.channel):
            return ""
        if await desk.may_see(ask.channel, ask.user, "D"):
            return ask.channel
    return await desk.slack.direct_channel(ask.user)
