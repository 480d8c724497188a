"""Looking at sets: the list, and one in full with what it can show and what is wrong with it."""

import asyncio
from collections.abc import Sequence

from bot.domain.datasets import Dataset, DatasetLine
from bot.domain.datasets.lint import Flaw, lint
from bot.domain.datasets.sizes import size_advice
from bot.domain.datasets.slices import slice_counts
from bot.domain.experiments.cells import Case
from bot.domain.people import Role
from bot.errors import NotAllowed
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.sets.seeing import READING, set_in, visible_line, visible_lines
from handlers.views import sets as views
from handlers.views.kit import Message

LOOKED_INTO = 2_000  # cases; the list does not open a larger set to name its columns


async def list_sets(ask: Ask, desk: Desk) -> None:
    """/plumb set list"""
    await desk.require(ask.user, Role.VIEWER, READING)
    lines = await visible_lines(ask, desk)
    slices = {line.name: await _columns(desk, line) for line in lines[: views.LISTED]}
    await desk.answer(ask, views.set_list(lines, slices, role=await desk.role(ask.user)))


async def _columns(desk: Desk, line: DatasetLine) -> tuple[str, ...]:
    if not 0 < line.cases <= LOOKED_INTO:
        return ()
    found = await desk.services.datasets.get(line.name)
    return tuple(sorted({column for case in found.cases for column in case.slices}))


async def show(ask: Ask, desk: Desk) -> None:
    """/plumb set show refunds"""
    await desk.require(ask.user, Role.VIEWER, READING)
    reference = set_in(ask)
    line = await visible_line(ask, desk, reference)
    await desk.answer(ask, await _card(desk, line, reference, await desk.role(ask.user)))


async def card_for(ask: Ask, desk: Desk, about: str, channel: str) -> Message:
    """The card for everybody in a channel. It shows cases, so a private channel's stays there."""
    await desk.require(ask.user, Role.VIEWER, READING)
    line = await visible_line(ask, desk, about)
    if line.channel not in {"", channel}:
        raise NotAllowed(
            f"{line.name} holds cases from a private channel, so it is shown only there.",
            hint="Share it there.",
        )
    return await _card(desk, line, about, Role.REVIEWER)


async def _card(desk: Desk, line: DatasetLine, reference: str, role: Role) -> Message:
    if not line.version:
        return views.set_card(Dataset(line.name, 0, (), line.channel), line, views.Look(), role=role)
    found = await desk.services.datasets.get(reference)
    versions = await desk.services.datasets.versions(line.name)
    look = await asyncio.to_thread(_look, found.cases)
    return views.set_card(found, line, look, version=versions[found.version - 1], role=role)


def _look(cases: Sequence[Case]) -> views.Look:
    """Of a large set this takes a while."""
    return views.Look(
        slices=tuple(slice_counts(cases)),
        size=size_advice(cases).sentences,
        flaws=tuple(flaw for flaw in lint(cases) if _is_news(flaw)),
    )


def _is_news(flaw: Flaw) -> bool:
    """How many cases are too few is what the advice on size says, and says better."""
    return flaw.code != "too_few"
