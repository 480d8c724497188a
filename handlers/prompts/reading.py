"""Looking at prompts: the list, one version, what changed, the log."""

from bot.domain.people import Role
from bot.errors import InputError
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.views import prompts as views
from handlers.views.kit import Message

READING = "Reading prompts"


def reference_in(ask: Ask) -> str:
    """The prompt that a click or a command names."""
    word = ask.value or (ask.text.split() or [""])[0]
    return word.partition("|")[0].strip().lower()


async def list_prompts(ask: Ask, desk: Desk) -> None:
    """/plumb prompt list"""
    await desk.require(ask.user, Role.VIEWER, READING)
    found = await desk.services.prompts.list_prompts()
    saved = [each for each in found if each.newest.origin == "saved"]
    await desk.answer(ask, views.prompt_list(saved, role=await desk.role(ask.user)))


async def show(ask: Ask, desk: Desk) -> None:
    """/plumb prompt show reply@3"""
    await desk.require(ask.user, Role.VIEWER, READING)
    version = await desk.services.prompts.get(_named(ask, desk, "show"))
    await desk.answer(ask, views.version_card(version, role=await desk.role(ask.user)))


async def diff(ask: Ask, desk: Desk) -> None:
    """/plumb prompt diff reply@3 4"""
    await desk.require(ask.user, Role.VIEWER, READING)
    first = _named(ask, desk, "diff")
    others = [] if ask.value else ask.text.split()[1:]
    found = await desk.services.prompts.diff(first, others[0] if others else "")
    await desk.answer(ask, views.difference(found))


async def log(ask: Ask, desk: Desk) -> None:
    """/plumb prompt log reply"""
    await desk.require(ask.user, Role.VIEWER, READING)
    name = _named(ask, desk, "log").partition("@")[0]
    await desk.answer(ask, await _log(desk, name))


async def log_for(ask: Ask, desk: Desk, about: str, channel: str) -> Message:
    return await _log(desk, about)


async def _log(desk: Desk, name: str) -> Message:
    await desk.services.prompts.versions(name)  # NotFound, where there is none of that name
    return views.change_log(name, await desk.services.prompts.log(name))


def _named(ask: Ask, desk: Desk, verb: str) -> str:
    name = reference_in(ask)
    if not name:
        raise InputError("Which prompt?", hint=f"For example: /{desk.command} prompt {verb} reply@3")
    return name
