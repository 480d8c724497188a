"""`/plumb fb summary` and `reasons`: what people think of outputs, and why not."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from hashlib import blake2b

from bot.domain.feedback import TrackedOutput
from bot.domain.people import Role
from bot.services.feedback.privacy import Sees
from bot.services.feedback.reading import EXPERIMENT
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.feedback.words import Asked, parse_asked
from handlers.views import feedback as views
from handlers.views.kit import Message, judged

READING = "Reading feedback"


async def summary(ask: Ask, desk: Desk) -> None:
    """/plumb fb summary reply last 30d; a button carries the same words."""
    asked, frame = await _asked(ask, desk, "summary")
    await desk.answer(ask, await _kept(ask, desk, frame, await _summary(ask, desk, asked, frame)))


async def reasons(ask: Ask, desk: Desk) -> None:
    """/plumb fb reasons reply last 30d"""
    asked, frame = await _asked(ask, desk, "reasons")
    await desk.answer(ask, await _kept(ask, desk, frame, await _reasons(ask, desk, asked, frame)))


async def summary_for(ask: Ask, desk: Desk, about: str, channel: str) -> Message:
    """The same for everybody in a channel, of what may be seen there."""
    there = replace(ask, text=about, value="", channel=channel)
    asked, frame = await _asked(there, desk, "summary")
    return await _kept(there, desk, frame, await _summary(there, desk, asked, frame))


async def reasons_for(ask: Ask, desk: Desk, about: str, channel: str) -> Message:
    there = replace(ask, text=about, value="", channel=channel)
    asked, frame = await _asked(there, desk, "reasons")
    return await _kept(there, desk, frame, await _reasons(there, desk, asked, frame))


async def _asked(ask: Ask, desk: Desk, kind: str) -> tuple[Asked, views.Frame]:
    await desk.require(ask.user, Role.VIEWER, READING)
    asked = parse_asked(ask.value or ask.text, await known_features(desk), desk.command)
    number = blake2b(ask.key.encode("utf-8", "replace"), digest_size=4).hexdigest()
    frame = views.Frame(
        feature=asked.feature,
        span=asked.span,
        about=asked.about,
        output=f"{kind}:{asked.feature or 'all'}/{number}",
        role=await desk.role(ask.user),
        cases=await _waiting(ask, desk, asked.feature),
    )
    return asked, frame


async def _summary(ask: Ask, desk: Desk, asked: Asked, frame: views.Frame) -> Message:
    until = desk.clock.now()
    found = await desk.services.feedback_reports.summary(
        asked.feature, until - timedelta(days=asked.days), until, sees=sees_at(ask, desk)
    )
    return views.summary(found, frame)


async def _reasons(ask: Ask, desk: Desk, asked: Asked, frame: views.Frame) -> Message:
    until = desk.clock.now()
    found = await desk.services.feedback_reports.reasons(
        asked.feature, until - timedelta(days=asked.days), until, sees=sees_at(ask, desk)
    )
    return views.reasons(found, frame)


async def _kept(ask: Ask, desk: Desk, frame: views.Frame, told: Message) -> Message:
    """What a vote on it knows is what was asked for; the numbers stay with who may see them."""
    if judged(told):
        asked = {"feature": frame.feature or "all", "span": frame.span}
        output = TrackedOutput(frame.output, title=frame.title, input=asked, tracked_by=ask.user)
        await desk.services.outputs.track(output)
    return told


async def _waiting(ask: Ask, desk: Desk, feature: str) -> tuple[str, int]:
    """The set that this feature's corrections wait in, and how many do; ("", 0) for none to be seen here."""
    watched = {each.name: each for each in await desk.services.features.all()}
    own = "stories" if feature == "story" else feature
    wanted = (watched[feature].dataset or feature) if feature in watched else own
    lines = [each for each in await desk.services.datasets.all() if each.name == wanted and each.candidates]
    seen = await desk.visible((each.channel for each in lines), ask.user, ask.channel or "D")
    return next(((each.name, each.candidates) for each in lines if each.channel in seen), ("", 0))


async def known_features(desk: Desk) -> Collection[str]:
    """Those under watch, and those that there are outputs of."""
    watched = {each.name for each in await desk.services.features.all()}
    async with desk.services.store.read() as unit:
        found = watched.union(await unit.interactions.features(), await unit.outputs.features())
    return {name for name in found if not EXPERIMENT.fullmatch(name)}


def sees_at(ask: Ask, desk: Desk) -> Sees:
    """Which private channels' outputs this person may see where they asked."""

    async def sees(origins: Collection[str]) -> Collection[str]:
        return await desk.visible(origins, ask.user, ask.channel or "D")

    return sees
