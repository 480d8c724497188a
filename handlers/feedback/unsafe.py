"""🚩: an output that may be unsafe is shown to whoever answers for it, once for each output and person."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.features import Duty, Watched
from bot.domain.feedback import TrackedOutput
from bot.domain.people import Role
from bot.domain.posts import Posted
from bot.errors import DeliveryError, NotAllowed, NotFound
from bot.logs import LOGGER
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.views import feedback as views
from handlers.views.kit import Message

UNSAFE = "unsafe:"
DECIDING = "Deciding on what was flagged"


async def tell_owners(ask: Ask, desk: Desk, name: str, *, explained: bool = False) -> None:
    """Pages carry keys of the output and the person, so that flagging twice tells nobody twice.
    ``explained``: they have just said why."""
    output = await desk.services.outputs.get(name) or TrackedOutput(name)
    feature = await _feature(desk, output.feature)
    owners = list(await desk.step("owners", _owners, desk, feature))
    flag = replace(ask, key=f"{UNSAFE}{name}:{ask.user}", message={})
    reached = [owner for owner in owners if await _tell(flag, desk, output, owner)]
    for channel in feature.channels[:1] if feature and reached else ():
        message = views.page_in_channel(output, ask.user, reached)
        await _page(flag, desk, channel, message, output.name)
    note = views.paged_note(reached, name, desk.command, asks_why=not explained)
    await desk.answer(ask, note, "flag thanks")


async def _feature(desk: Desk, name: str) -> Watched | None:
    if not name:
        return None
    try:
        return await desk.services.features.get(name)
    except NotFound:
        return None


async def _owners(desk: Desk, feature: Watched | None) -> list[str]:
    """Who validates the feature's outputs, else who is accountable, else the admins that are named here."""
    for duty in (Duty.VALIDATION, Duty.ACCOUNTABLE):
        if feature and duty in feature.owners:
            return [feature.owners[duty]]
    roles = await desk.services.people.all()
    return sorted(user for user, role in roles.items() if role >= Role.ADMIN)


async def _tell(flag: Ask, desk: Desk, output: TrackedOutput, owner: str) -> bool:
    """By direct message, with the output's words where this owner may see them."""
    try:
        direct = await desk.slack.direct_channel(owner)
        shown = await desk.role(owner) >= Role.VIEWER and await desk.may_see(output.channel, owner, direct)
        where = flag.channel if shown and not flag.in_direct_messages else ""
        message = views.page(output, flag.user, where, shown=shown)
        await _page(flag, desk, direct, message, output.name)
    except DeliveryError as error:
        LOGGER.info("an owner was not told of a flag: %s", error.message)
        return False
    return True


async def _page(flag: Ask, desk: Desk, channel: str, message: Message, name: str) -> None:
    """The first one is the page; more people's flags are a line in its thread."""
    pages = [
        posted for posted in await desk.outbox.places(f"{UNSAFE}{name}") if posted.post.channel == channel
    ]
    mine = [posted for posted in pages if posted.post.key.startswith(f"{flag.key}:")]
    try:
        if pages and not mine:
            also = views.also_flagged(flag.user)
            await desk.post(flag, f"also {channel}", channel, also, thread_ts=_thread(pages[0]))
        else:
            thread = await _shown_in(desk, channel, name)
            about = f"{UNSAFE}{name}"
            await desk.post(flag, f"page {channel}", channel, message, thread_ts=thread, about=about)
    except DeliveryError as error:
        if channel.startswith("D"):
            raise
        LOGGER.info("a flag was not told in its feature's channel: %s", error.message)


def _thread(page: Posted) -> str:
    return page.post.thread_ts or page.ts


async def _shown_in(desk: Desk, channel: str, name: str) -> str:
    """The message there that shows the output, "" where there is none."""
    if channel.startswith("D"):
        return ""
    shown = [posted.ts for posted in await desk.outbox.places(name) if posted.post.channel == channel]
    shown += [ts for place, ts in await desk.services.outputs.messages(name) if place == channel]
    return min(shown, default="")


async def decide(ask: Ask, desk: Desk) -> None:
    """ "I look at it" and "Not unsafe": every page of the output says so, in place."""
    output = await _answers_for(ask, desk, ask.value)
    for posted in await desk.outbox.places(f"{UNSAFE}{output.name}"):
        told = views.with_state(posted.post.blocks, output.name, ask.action, ask.user)
        try:
            await desk.slack.update(posted.post.channel, posted.ts, told)
        except DeliveryError as error:
            LOGGER.info("a page was not drawn again: %s", error.message)


async def _answers_for(ask: Ask, desk: Desk, name: str) -> TrackedOutput:
    """The output, where this person may decide on it: an owner of its feature, or a reviewer."""
    output = await desk.services.outputs.get(name) or TrackedOutput(name)
    feature = await _feature(desk, output.feature)
    owners: Sequence[str] = list(feature.owners.values()) if feature else []
    await desk.require(ask.user, Role.VIEWER if ask.user in owners else Role.REVIEWER, DECIDING)
    return output


async def show(ask: Ask, desk: Desk) -> None:
    """The output with all that is known of it, to who may see it here."""
    await desk.require(ask.user, Role.VIEWER, "Reading outputs")
    output = await desk.services.outputs.get(ask.value)
    if output is None:
        raise NotFound("That output is not kept any more.")
    if not await desk.may_see(output.channel, ask.user, ask.channel or "D"):
        raise NotAllowed("It was said in a private conversation; its words are shown only there.")
    if ask.in_direct_messages:
        ask = replace(ask, message={"thread_ts": str(ask.message.get("thread_ts") or ask.message["ts"])})
    await desk.answer(ask, views.details(output, await desk.services.feedback.tally(output.name)))
