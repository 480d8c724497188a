"""Looking at features: the list, one card, who owns what."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.domain.features import Change, Watched
from bot.domain.people import Role
from bot.errors import DeliveryRejected, InputError
from bot.services.scorecards import LAST
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.views import setup as views
from handlers.views.kit import Message

READING = "Seeing features"
SPAN = re.compile(r"last\s+(\d{1,4})\s*(d|w)", re.IGNORECASE)


def name_in(ask: Ask) -> str:
    """The feature that a click or a command names, "" for none."""
    word = ask.value or (ask.text.split() or [""])[0]
    return word.strip().lower()


async def list_features(ask: Ask, desk: Desk) -> None:
    """/plumb feature list"""
    await desk.require(ask.user, Role.VIEWER, READING)
    role = await desk.role(ask.user)
    cards = await desk.services.scorecards.all(LAST)
    await desk.answer(ask, views.feature_list(cards, role=role, days=LAST))


async def show(ask: Ask, desk: Desk) -> None:
    """/plumb feature show reply last 8w"""
    await desk.require(ask.user, Role.VIEWER, READING)
    name = name_in(ask)
    if not name:
        raise InputError("Which feature?", hint=f"For example: /{desk.command} feature show reply")
    card = await desk.services.scorecards.of(name, _days(ask.text))
    told = views.feature_card(
        card,
        role=await desk.role(ask.user),
        user=ask.user,
        channels=await _seen(card.feature.channels, ask.user, ask.channel, desk),
    )
    await desk.answer(ask, told)


async def card_for(ask: Ask, desk: Desk, about: str, channel: str) -> Message:
    """The card again, for everybody in a channel."""
    card = await desk.services.scorecards.of(about)
    channels = await _seen(card.feature.channels, ask.user, channel, desk)
    return views.feature_card(card, role=Role.VIEWER, channels=channels, place="channel")


async def _seen(channels: Iterable[str], user: str, place: str, desk: Desk) -> list[str]:
    """Private channels are named where they may be seen only."""
    shown = []
    for channel in channels:
        try:
            private = views.is_channel(channel) and await desk.slack.is_private(channel)
        except DeliveryRejected:
            continue
        if not private or await desk.may_see(channel, user, place):
            shown.append(channel)
    return shown


def _days(text: str) -> int:
    found = SPAN.search(text)
    if found is None:
        return LAST
    return max(1, int(found[1]) * (7 if found[2].lower() == "w" else 1))


async def by_name(desk: Desk, name: str) -> Watched | None:
    """The feature of that name, None where there is none."""
    found = [each for each in await desk.services.features.all() if each.name == name]
    return found[0] if found else None


def kept(change: Change) -> dict[str, Any]:
    """As a step keeps it."""
    return {**asdict(change), "at": change.at.isoformat()}


def change_of(found: Mapping[str, Any]) -> Change:
    """As ``kept`` made it."""
    return Change(**{**found, "at": datetime.fromisoformat(found["at"])})
