"""Which sets somebody may see where, and which set cases are meant for."""

from collections.abc import Sequence

from bot.domain.datasets import DatasetLine, parse_reference
from bot.domain.datasets.edges import main_variable
from bot.domain.people import Role
from bot.errors import InputError, NotFound
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.words import nearest

READING, CHANGING = "Reading sets of cases", "Changing a set of cases"
INPUT = "input"  # the variable of a set that has no cases yet


def place(ask: Ask) -> str:
    return ask.channel or str(ask.private.get("channel") or "") or "D"


def set_in(ask: Ask) -> str:
    """The set, or version of one, that a click, a form or a command names: "refunds", "refunds@2"."""
    word = ask.value or str(ask.private.get("set") or "") or (ask.text.split() or [""])[0]
    return word.partition(":")[0].strip().lower()


async def visible_lines(ask: Ask, desk: Desk) -> list[DatasetLine]:
    """The sets this person may see at this place, by name."""
    found = await desk.services.datasets.all()
    seen = await desk.visible((each.channel for each in found), ask.user, place(ask))
    return [each for each in found if each.channel in seen]


async def visible_line(ask: Ask, desk: Desk, reference: str) -> DatasetLine:
    """The set, if this person may see it at this place; else as if there were none.

    Raises:
        InputError: nothing was named, or no name. NotFound: no such set for them here.
    """
    known = {each.name: each for each in await visible_lines(ask, desk)}
    names = ", ".join(list(known)[:8])
    if not reference:
        hint = f"There are {names}." if known else f"Make one: /{desk.command} set import"
        raise InputError("Which set?", hint=hint)
    name = parse_reference(reference).name
    if name not in known:
        guess = nearest(name, known)
        there = f"There are {names}." if known else "There is none yet."
        raise NotFound(f"There is no set “{name}”.", hint=f"Did you mean {guess}?" if guess else there)
    return known[name]


async def fitting(ask: Ask, desk: Desk, origin: str) -> list[DatasetLine]:
    """Sets that cases from here may go into: those of their private channel, or any that can be seen."""
    return [each for each in await visible_lines(ask, desk) if origin in {"", each.channel}]


async def check_free(ask: Ask, desk: Desk, name: str) -> None:
    """Nobody adds to a set that they may not see.

    Raises:
        InputError: no name, or one that is taken where they cannot see it.
    """
    wanted = parse_reference(name).name
    taken = {each.name for each in await desk.services.datasets.all()}
    if wanted in taken - {each.name for each in await visible_lines(ask, desk)}:
        raise InputError(f"The name {wanted} cannot be used here.", hint="Choose another one.")


async def variable_of(desk: Desk, name: str) -> str:
    """What the set calls its main input, so that a prompt can fill in old and new cases alike."""
    try:
        found = await desk.services.datasets.get(name)
    except NotFound:
        return INPUT
    return main_variable(found.cases) or INPUT


def only(lines: Sequence[DatasetLine]) -> str:
    return lines[0].name if len(lines) == 1 else ""


async def require_contributor(ask: Ask, desk: Desk) -> None:
    await desk.require(ask.user, Role.CONTRIBUTOR, CHANGING)
