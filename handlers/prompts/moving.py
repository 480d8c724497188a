"""Promoting and rolling back: what is live, on which grounds, by whom."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.experiments.experiment import State
from bot.domain.people import Role
from bot.domain.prompts import PRODUCTION, LabelMove, label_before, parse_rollback
from bot.errors import InputError, PlumblineError
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.prompts.reading import reference_in
from handlers.views import prompts as views
from handlers.views.kit import View
from handlers.windows import open_window

PROMOTING, ROLLING_BACK = "Promoting a prompt", "Rolling a prompt back"
OFFERED = 10  # experiments in the form
AGAIN_S = 60  # a step that is run again comes soon after


async def open_promote(ask: Ask, desk: Desk) -> None:
    """From a version's card, or from an experiment's: "reply@4|EX-31"."""

    async def form() -> View:
        await desk.require(ask.user, Role.REVIEWER, PROMOTING)
        version = await desk.services.prompts.get(reference_in(ask))
        return views.promote_form(
            version,
            await _verdicts(desk),
            standing=await _standing(desk, version.name),
            experiment=ask.value.partition("|")[2],
            channel=ask.channel,
        )

    await open_window(ask, desk, "Promote", form)


async def _verdicts(desk: Desk) -> list[tuple[str, str]]:
    """Experiments that ended, with what they say."""
    found: list[tuple[str, str]] = []
    for each in await desk.services.experiments.all():
        if len(found) == OFFERED:
            break
        if each.state not in {State.PLANNED, State.RUNNING} and not each.channel:
            verdict = await desk.services.experiments.verdict(each.id)
            if verdict is not None:
                found.append((each.id, f"{verdict.kind.value}: {', '.join(verdict.candidates)}"))
    return found


async def _standing(desk: Desk, name: str) -> int:
    moves = await desk.services.prompts.log(name, PRODUCTION)
    return moves[-1].to_version if moves else 0


async def check_promote(ask: Ask, desk: Desk) -> Mapping[str, str]:
    """Errors by block id."""
    if not ask.values.get("experiment") and not ask.values.get("override"):
        return {"override": "Choose an experiment above, or say why it goes without one."}
    return {}


async def promote(ask: Ask, desk: Desk) -> None:
    """The form, and /plumb prompt promote reply@4 on EX-31."""
    person = await desk.require(ask.user, Role.REVIEWER, PROMOTING)
    if ask.kind == "submission":
        values = {name: str(ask.values.get(name) or "") for name in ("experiment", "override", "reason")}
        reference, expected = str(ask.private["reference"]), int(ask.private.get("expected") or 0)
    else:
        reference, values, expected = *_typed(ask, desk), None
    move = await desk.step("move", _promote, desk, person.id, reference, values, expected)
    await desk.answer(ask, views.moved_note(_move(move)))


async def _promote(
    desk: Desk, user: str, reference: str, values: Mapping[str, str], expected: int | None
) -> dict[str, object]:
    person = await desk.slack.person(user)
    try:
        return _kept(
            await desk.services.prompts.promote(
                reference,
                person,
                experiment=values["experiment"],
                override=values["override"],
                reason=values["reason"],
                expected=expected,
            )
        )
    except PlumblineError:
        return await _mine(desk, reference, "promote", user)


async def _mine(desk: Desk, reference: str, kind: str, user: str) -> dict[str, object]:
    """The move that a run of this step made before it was cut off; else what went wrong goes on."""
    name, _, version = reference.partition("@")
    moves = await desk.services.prompts.log(name, PRODUCTION)
    last = moves[-1] if moves else None
    recent = last is not None and (desk.clock.now() - last.at).total_seconds() < AGAIN_S
    if last is None or not recent or (last.kind, last.by) != (kind, user):
        raise  # noqa: PLE0704  called from an except clause
    if version.isdigit() and last.to_version != int(version):
        raise  # noqa: PLE0704  as above
    return _kept(last)


def _typed(ask: Ask, desk: Desk) -> tuple[str, dict[str, str]]:
    """ "reply@4 on EX-31", "reply@4 because the old one is broken"."""
    words = ask.text.split()
    if not words:
        raise InputError("Which version?", hint=f"/{desk.command} prompt promote reply@4 on EX-31")
    rest = " ".join(words[1:])
    experiment = next((word.upper() for word in words[1:] if word.upper().startswith("EX-")), "")
    _, because, override = rest.partition("because ")
    return words[0].lower(), {
        "experiment": experiment,
        "override": override.strip() if because else "",
        "reason": "",
    }


async def open_rollback(ask: Ask, desk: Desk) -> None:
    async def form() -> View:
        await desk.require(ask.user, Role.REVIEWER, ROLLING_BACK)
        name = reference_in(ask).partition("@")[0]
        moves = await desk.services.prompts.log(name, PRODUCTION)
        standing = moves[-1].to_version if moves else 0
        likely = label_before(moves)
        been = sorted({move.to_version for move in moves} - {standing}, reverse=True)
        if not been:
            raise InputError(
                f"{name} was never live in another version.", hint="There is nothing to go back to."
            )
        ordered = [likely, *(v for v in been if v != likely)] if likely in been else been
        return views.rollback_form(name, standing, [v for v in ordered if v], channel=ask.channel)

    await open_window(ask, desk, "Roll back", form)


async def rollback(ask: Ask, desk: Desk) -> None:
    """The form, and /plumb prompt rollback reply to 3 because tone."""
    await desk.require(ask.user, Role.REVIEWER, ROLLING_BACK)
    if ask.kind == "submission":
        name, to = str(ask.private["name"]), int(ask.values.get("to") or 0) or None
        reason, expected = str(ask.values.get("reason") or ""), int(ask.private.get("expected") or 0)
    else:
        name, _, rest = ask.text.strip().partition(" ")
        if not name:
            raise InputError("Which prompt?", hint=f"/{desk.command} prompt rollback reply to 3 because tone")
        back = parse_rollback(rest)
        to, reason, expected = back.version, back.reason, None
    move = await desk.step("move", _rollback, desk, ask.user, name.lower(), to, reason, expected)
    await desk.answer(ask, views.moved_note(_move(move)))


async def _rollback(
    desk: Desk, user: str, name: str, to: int | None, reason: str, expected: int | None
) -> dict[str, object]:
    person = await desk.slack.person(user)
    try:
        return _kept(await desk.services.prompts.rollback(name, person, reason, to=to, expected=expected))
    except PlumblineError:
        return await _mine(desk, f"{name}@{to or ''}", "rollback", user)


def _kept(move: LabelMove) -> dict[str, object]:
    names = (
        "name",
        "label",
        "kind",
        "from_version",
        "to_version",
        "by",
        "reason",
        "verdict",
        "override",
        "alone",
    )
    return {**{name: getattr(move, name) for name in names}, "at": move.at.isoformat()}


def _move(kept: Mapping[str, object]) -> LabelMove:
    return LabelMove(**{**kept, "at": datetime.fromisoformat(str(kept["at"]))})  # type: ignore[arg-type]  # as kept
