"""Emoji on messages: votes and flags on tracked outputs, 🎫 for a story, 📌 for a candidate case."""

from dataclasses import replace

from bot.domain.feedback import Mark, is_flag, reaction_mark
from bot.domain.people import Role
from bot.errors import DeliveryRejected
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.feedback.unsafe import tell_owners
from handlers.feedback.voting import give
from handlers.sets.messages import pinned
from handlers.stories.messages import message_order
from handlers.views import feedback as views

TICKET, PUSHPIN = "ticket", "pushpin"


async def reaction_added(ask: Ask, desk: Desk) -> None:
    """👍 or 👎 on a tracked output counts as the button does, 🚩 tells its owner, 🎫 on a message makes a
    story of it and 📌 a candidate case; nothing else does anything."""
    reaction = str(ask.event.get("reaction") or "")
    if reaction == TICKET:
        await desk.step("ticket", message_order, ask, desk)
    elif reaction == PUSHPIN:
        await pinned(ask, desk)
    else:
        await _voted(ask, desk, reaction)


async def _voted(ask: Ask, desk: Desk, reaction: str) -> None:
    mark, output = await _mark(ask, desk, present=True)
    if mark is None or not output:
        return
    await desk.step("vote", give, desk, output, ask.user, mark)
    beneath = _beneath(ask)
    if is_flag(reaction):
        await tell_owners(beneath, desk, output)
    elif mark.thumb == "down" and not await desk.services.feedback.explanation(output, ask.user):
        await desk.answer(beneath, views.why_note(output))


async def reaction_removed(ask: Ask, desk: Desk) -> None:
    """Taking the emoji away takes back that mark; what the person did elsewhere stands."""
    mark, output = await _mark(ask, desk, present=False)
    if mark and output:
        await desk.step("withdraw", give, desk, output, ask.user, mark)


async def _mark(ask: Ask, desk: Desk, *, present: bool) -> tuple[Mark | None, str]:
    """The mark that an emoji leaves and the output it stands on; nothing of bots' and guests'."""
    item = ask.event.get("item") or {}
    ts = str(item.get("ts") or "")
    moment = ask.moment or desk.clock.now()
    mark = reaction_mark(str(ask.event.get("reaction") or ""), ask.channel, ts, moment, present=present)
    if mark is None or item.get("type") != "message":
        return None, ""
    output = await output_at(desk, ask.channel, ts)
    if not output or not await desk.step("may vote", _may_vote, ask.user, desk, retries=2):
        return None, ""
    return mark, output


async def output_at(desk: Desk, channel: str, ts: str) -> str:
    """The output that a message shows, the bot's own or one that somebody tracks; "" for none."""
    outputs = desk.services.outputs
    name = await outputs.about_message(channel, ts) or await desk.outbox.find_about(channel, ts)
    return name if name and await outputs.get(name) else ""


async def _may_vote(user: str, desk: Desk) -> bool:
    try:
        person = await desk.slack.person(user)
    except DeliveryRejected:  # nobody that Slack would name
        return False
    return await desk.services.people.role(person) >= Role.VIEWER


def _beneath(ask: Ask) -> Ask:
    """In direct messages the answer belongs under the message; elsewhere it is private anyway."""
    ts = str((ask.event.get("item") or {}).get("ts") or "")
    return replace(ask, message={"thread_ts": ts}) if ask.in_direct_messages else ask
