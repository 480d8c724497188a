"""A feature's stage, moved with a note by who is accountable for it."""

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.features import Change
from bot.domain.features.fields import stage
from bot.domain.people import Role
from bot.errors import InputError
from bot.services.features import MOVING
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.setup.reading import change_of, kept, name_in
from handlers.views import setup as views
from handlers.views.kit import View
from handlers.windows import open_window

WORDS = re.compile(r"(?P<name>\S+)\s+(?:to\s+)?(?P<stage>\S+)(?:\s+(?:because\s+)?(?P<note>.*))?", re.DOTALL)
AGAIN_S = 60  # a step that is run again comes soon after


async def open_form(ask: Ask, desk: Desk) -> None:
    async def form() -> View:
        await desk.require(ask.user, Role.VIEWER, MOVING)
        return views.stage_form(await desk.services.features.get(name_in(ask)), channel=ask.channel)

    await open_window(ask, desk, "Move a stage", form)


async def check(ask: Ask, desk: Desk) -> Mapping[str, str]:
    """Errors by block id."""
    said = str(ask.values.get("note") or "").strip()
    return {} if said else {"note": "Say on what grounds."}


async def move(ask: Ask, desk: Desk) -> None:
    """The form, and /plumb feature stage reply pilot because 120 votes, 81 % up."""
    await desk.require(ask.user, Role.VIEWER, MOVING)
    if ask.kind == "submission":
        name, to = str(ask.private.get("name")), str(ask.values.get("stage"))
        note = str(ask.values.get("note") or "")
    else:
        name, to, note = _words(ask.text, desk.command)
    moved = await desk.step("move", _move, desk, ask.user, name, to, note)
    await desk.answer(ask, views.moved_note(change_of(moved)))


def _words(text: str, command: str) -> tuple[str, str, str]:
    found = WORDS.fullmatch(text.strip())
    if found is None:
        raise InputError(
            "Name a feature, a stage and why.",
            hint=f"For example: /{command} feature stage reply pilot because 120 votes, 81 % up",
        )
    return found["name"].lower(), found["stage"], found["note"] or ""


async def _move(desk: Desk, user: str, name: str, to: str, note: str) -> dict[str, Any]:
    person = await desk.slack.person(user)
    try:
        change = await desk.services.features.move_stage(name, stage(to), person, note)
    except InputError as error:
        if error.code != "known":
            raise
        change = await _mine(desk, name, user, error)
    return kept(change)


async def _mine(desk: Desk, name: str, user: str, error: InputError) -> Change:
    """The move that a run of this step made before it was cut off; else what went wrong goes on."""
    moves = [each for each in await desk.services.features.changes(name) if each.field == "stage"]
    recent = bool(moves) and (desk.clock.now() - moves[-1].at).total_seconds() < AGAIN_S
    if not recent or moves[-1].by != user:
        raise error
    return moves[-1]
