"""The form that puts a feature under watch, or changes one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.features import Duty, Watched, problems
from bot.domain.features.fields import stage, with_fields
from bot.domain.people import Role
from bot.errors import InputError
from bot.services.features import SETTING_UP
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.setup.reading import by_name, change_of, kept, name_in
from handlers.views import setup as views
from handlers.views.kit import View
from handlers.windows import open_window

TEXTS = ("title", "track", "autonomy", *views.ASKED, "business", "minutes_saved", "baseline",
         "false_positive_cost", "false_negative_cost")  # fmt: skip
NOT_KNOWN = "nobody"


async def open_form(ask: Ask, desk: Desk) -> None:
    """Empty, or with the feature that is named; a name that is new is filled in."""

    async def form() -> View:
        await desk.require(ask.user, Role.REVIEWER, SETTING_UP)
        name = name_in(ask)
        known = await by_name(desk, name) if name else None
        record = await desk.services.features.record(name) if known else None
        prompts = [each.newest for each in await desk.services.prompts.list_prompts()]
        own = [each.name for each in prompts if each.origin == "saved"]
        seen = record.updated_at.isoformat() if record else ""
        return views.setup_form(known, own, channel=ask.channel, name=name, seen=seen)

    await open_window(ask, desk, "Watch a feature", form)


async def check(ask: Ask, desk: Desk) -> Mapping[str, str]:
    """Errors by block id: what is wrong is said where it still stands."""
    name = str(ask.private.get("name") or "")
    known = await by_name(desk, name) if name else None
    feature, errors = _filled(known or Watched(_said(ask, "name").lower()), ask)
    if not errors:
        for problem in problems(feature):
            errors.setdefault(problem.field, f"{problem.says} {problem.hint}".strip())
    if name and await _moved_on(desk, name, ask):
        return {
            "title": "Somebody changed it meanwhile. Close this and open it again: what is there now is new."
        }
    if not name and not errors and await by_name(desk, feature.name) is not None:
        errors["name"] = f"There is one of that name. Change it with /{desk.command} setup {feature.name}"
    return {field: said for field, said in errors.items() if field in ask.values} or _elsewhere(errors)


async def _moved_on(desk: Desk, name: str, ask: Ask) -> bool:
    record = await desk.services.features.record(name)
    return record.updated_at.isoformat() != str(ask.private.get("seen"))


def _elsewhere(errors: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with a field that the form does not show is said at one that it does."""
    return {"title": next(iter(errors.values()))} if errors else {}


def _filled(feature: Watched, ask: Ask) -> tuple[Watched, dict[str, str]]:
    """The feature as the form has it, and what of it cannot be read."""
    errors: dict[str, str] = {}
    for field, text in _typed(feature, ask).items():
        try:
            feature = with_fields(feature, {field: text})
        except InputError as error:
            errors[field] = f"{error.message.removeprefix(f'{field}: ')} {error.hint}".strip()
    if not ask.private.get("name") and ask.values.get("stage"):
        feature = replace(feature, stage=stage(str(ask.values["stage"])))
    return feature, errors


def _typed(feature: Watched, ask: Ask) -> dict[str, str]:
    """What the form says, as one would type it. Owners and channels that Slack does not know, which the form
    cannot show, stay."""
    typed = {field: _said(ask, field) for field in TEXTS if field in ask.values}
    for duty in Duty:
        owner = feature.owners.get(duty, "")
        if duty.value in ask.values and (ask.values[duty.value] or not owner or views.is_person(owner)):
            typed[duty.value] = str(ask.values[duty.value] or NOT_KNOWN)
    if "channels" in ask.values:
        kept = [each for each in feature.channels if not views.is_channel(each)]
        typed["channels"] = ",".join([*(ask.values["channels"] or ()), *kept])
    if "prompts" in ask.values:
        typed["prompts"] = ",".join(ask.values["prompts"] or ())
    return {field: "none" if text == NOT_KNOWN else text for field, text in typed.items()}


def _said(ask: Ask, name: str) -> str:
    return str(ask.values.get(name) or "").strip()


async def save(ask: Ask, desk: Desk) -> None:
    """A new feature, or what was changed of one."""
    person = await desk.require(ask.user, Role.REVIEWER, SETTING_UP)
    name = str(ask.private.get("name") or "")
    if name:
        changes = [change_of(each) for each in await desk.step("change", _change, desk, ask, name)]
        await desk.answer(ask, views.changed_note(name, changes))
        return
    feature, _ = _filled(Watched(_said(ask, "name").lower()), ask)
    await desk.step("add", _add, desk, ask, feature)
    role = await desk.services.people.role(person)
    await desk.answer(ask, views.added_note(feature, role=role, command=desk.command))


async def _add(desk: Desk, ask: Ask, feature: Watched) -> None:
    person = await desk.slack.person(ask.user)
    try:
        await desk.services.features.add(feature, person)
    except InputError as error:
        if (
            error.code != "known"
            or (await desk.services.features.record(feature.name)).created_by != ask.user
        ):
            raise  # else an earlier run of this step did it


async def _change(desk: Desk, ask: Ask, name: str) -> list[dict[str, Any]]:
    person = await desk.slack.person(ask.user)
    feature = await desk.services.features.get(name)
    seen = str(ask.private.get("seen") or "")
    changes = await desk.services.features.change(
        name, _typed(feature, ask), person, seen=datetime.fromisoformat(seen) if seen else None
    )
    return [kept(each) for each in changes]
