"""Saving a version of a team's own prompt."""

from collections.abc import Mapping

from bot.domain.people import Role
from bot.domain.prompts import Reference, check_name, parse_own, tidy
from bot.errors import InputError, NotFound
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.prompts.reading import reference_in
from handlers.views import prompts as views
from handlers.views.kit import View
from handlers.windows import open_window

SAVING = "Saving a prompt"


async def open_form(ask: Ask, desk: Desk) -> None:
    """The form, empty or with the version it starts from."""

    async def form() -> View:
        await desk.require(ask.user, Role.CONTRIBUTOR, SAVING)
        named = reference_in(ask)
        version = await desk.services.prompts.get(named) if named else None
        return views.save_form(version, channel=ask.channel, names_ok=version is not None)

    await open_window(ask, desk, "Save a prompt", form)


async def save(ask: Ask, desk: Desk) -> None:
    person = await desk.require(ask.user, Role.CONTRIBUTOR, SAVING)
    name, text = _said(ask, "name").lower(), _said(ask, "text")
    same = name == str(ask.private.get("from") or "")
    saved = await desk.services.prompts.save(
        name,
        text,
        person,
        note=_said(ask, "note"),
        names_ok="ok" in (ask.values.get("names") or []),
        expected=int(ask.private.get("expected") or 0) if same else None,
    )
    await desk.answer(ask, views.saved_note(saved.version, new=saved.new, findings=saved.findings))


async def check(ask: Ask, desk: Desk) -> Mapping[str, str]:
    """Errors by block id: what is wrong is said where the text still stands."""
    errors = {name: "This is needed." for name in ("name", "text") if not _said(ask, name)}
    if not errors:
        errors = _refused(_said(ask, "name").lower(), _said(ask, "text"))
    if not errors and not ask.private.get("from"):
        try:
            await desk.services.prompts.versions(_said(ask, "name").lower())
        except NotFound:
            return errors
        except InputError as error:
            return {"name": error.message}
        return {"name": "There is one of that name. Open it, and save a new version from there."}
    return errors


def _refused(name: str, text: str) -> dict[str, str]:
    try:
        reference = Reference(check_name(name), 1)
    except InputError as error:
        return {"name": f"{error.message} {error.hint}".strip()}
    try:
        parse_own(reference, tidy(text))
    except InputError as error:
        return {"text": f"{error.message} {error.hint}".strip()}
    return {}


def _said(ask: Ask, name: str) -> str:
    return str(ask.values.get(name) or "").strip()
