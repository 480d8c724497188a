"""`/plumb trace`, the Trace button: the chain of evidence in words, and as a picture beside them."""

import asyncio
import re
from collections.abc import Mapping
from functools import partial

from bot.domain.chain import Chain
from bot.domain.chain_text import plainly
from bot.domain.people import Role
from bot.errors import DeliveryError, InputError
from bot.logs import LOGGER
from handlers.ask import Ask
from handlers.desk import RUN, Desk
from handlers.views import flywheel as views
from handlers.views.kit import Message

READING = "Tracing evidence"
CLOCKS_DIFFER = 5.0  # seconds between ours and Slack's
MOST_PEOPLE = 60  # whose names are looked up for a picture


async def trace(ask: Ask, desk: Desk) -> None:
    """/plumb trace REL-3, and the button, whose value is a node's name."""
    await desk.require(ask.user, Role.VIEWER, READING)
    about = ask.value.strip() or ask.text.strip()
    if not about:
        raise InputError("Trace what?", hint=f"For example: /{desk.command} trace REL-3, or ST-14, or T-901")
    chain = await seen(ask, desk, about, ask.channel or "D")
    names = await _names(desk, chain)
    shareable = await desk.role(ask.user) >= Role.CONTRIBUTOR
    told = views.trace(chain, command=desk.command, names=names, shareable=shareable)
    thread = _thread(ask)
    if thread:
        await desk.post(ask, "trace", ask.channel, told, thread_ts=thread)
    else:
        await desk.answer(ask, told, "trace")
    await _picture(ask, desk, chain, names, thread)


async def seen(ask: Ask, desk: Desk, about: str, place: str) -> Chain:
    """The chain as this person may see it at this place."""

    async def sees(channel: str) -> bool:
        return await desk.may_see(channel, ask.user, place)

    return await desk.services.chain.trace(about, sees)


async def trace_for(ask: Ask, desk: Desk, about: str, channel: str) -> Message:
    """The same for everybody in a channel."""
    chain = await seen(ask, desk, about, channel)
    return views.trace(chain, command=desk.command, names=await _names(desk, chain), picture=False)


def _thread(ask: Ask) -> str:
    """In direct messages a click is answered beside what was clicked."""
    if not ask.in_direct_messages or ask.message.get("ephemeral"):
        return ""
    return str(ask.message.get("thread_ts") or ask.message.get("ts") or "")


async def _picture(ask: Ask, desk: Desk, chain: Chain, names: Mapping[str, str], thread: str) -> None:
    """Nobody else may see it, so it goes to their direct messages; the words carry everything without it."""
    try:
        direct = str(await desk.step("direct", desk.slack.direct_channel, ask.user))
        begun = await desk.step("begun", _begun, desk)
        await desk.step("picture", _upload, desk, chain, names, direct, thread, begun)
    except DeliveryError as error:
        LOGGER.info("a picture of %s was not sent: %s", chain.about, error.message)


async def _begun(desk: Desk) -> tuple[str, float]:
    return RUN, desk.clock.now().timestamp()


async def _upload(
    desk: Desk, chain: Chain, names: Mapping[str, str], direct: str, thread: str, begun: tuple[str, float]
) -> str:
    """A second run looks first whether the one that died had sent the file."""
    name = f"trace-{re.sub('[^A-Za-z0-9.-]+', '-', chain.about)[:60].strip('-')}.png"
    run, at = begun
    if run != RUN and (sent := await desk.slack.find_file(direct, name, since=at - CLOCKS_DIFFER)):
        return sent
    made, told = await asyncio.to_thread(_drawn, chain, names)
    return await desk.slack.upload(direct, name, made, title=name, comment="", thread_ts=thread, alt=told)


def _drawn(chain: Chain, names: Mapping[str, str]) -> tuple[bytes, str]:
    """The picture, and what it shows in words."""
    from bot.reports.chain import described, picture  # takes a second to load

    return picture(chain, "png", partial(_name, names)), described(chain)


async def _names(desk: Desk, chain: Chain) -> Mapping[str, str]:
    people = dict.fromkeys(node.by for node in chain.nodes if node.by and not node.by.startswith("product:"))
    found = {}
    for user in list(people)[:MOST_PEOPLE]:
        try:
            found[user] = (await desk.slack.person(user)).name or user
        except DeliveryError:  # a name of the command line's, or somebody who left
            found[user] = user
    return found


def _name(names: Mapping[str, str], user: str) -> str:
    return names.get(user) or plainly(user)
