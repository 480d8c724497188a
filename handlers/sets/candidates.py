"""Reviewing candidates: accepted into the next version, with an answer where one is missing, or rejected."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.datasets import Candidate, CandidateState
from bot.domain.people import Role
from bot.errors import InputError, NotFound
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.flywheel.turning import suggest
from handlers.sets.seeing import READING, require_contributor, set_in, visible_line
from handlers.views import sets as views
from handlers.views.kit import View
from handlers.windows import open_window


async def review(ask: Ask, desk: Desk) -> None:
    """/plumb set review refunds"""
    await desk.require(ask.user, Role.VIEWER, READING)
    line = await visible_line(ask, desk, set_in(ask))
    await desk.answer(ask, views.review(line.name, await desk.services.candidates.all(line.name)))


async def accept(ask: Ask, desk: Desk) -> None:
    """The button: value "refunds:4", or "refunds:4,5" for several."""
    await _accepted(ask, desk, _numbers(ask), "")


async def open_answer(ask: Ask, desk: Desk) -> None:
    async def form() -> View:
        name, candidate = await _candidate(ask, desk)
        return views.answer_form(name, candidate, channel=ask.channel, clicked=_clicked(ask))

    await open_window(ask, desk, "Accept with an answer", form)


async def answer(ask: Ask, desk: Desk) -> None:
    """The form with the right answer."""
    await _accepted(_under(ask), desk, _numbers(ask), str(ask.values.get("expected") or ""))


async def check_answer(ask: Ask, desk: Desk) -> Mapping[str, str]:
    """Errors by block id."""
    return {} if str(ask.values.get("expected") or "").strip() else {"expected": "Write the right answer."}


async def _accepted(ask: Ask, desk: Desk, numbers: Sequence[int], expected: str) -> None:
    await require_contributor(ask, desk)
    line = await visible_line(ask, desk, set_in(ask))
    done = await desk.step("accept", _accept, desk, line.name, list(numbers), ask.user, expected)
    left = await desk.services.candidates.all(line.name)
    await desk.replace(ask, views.accepted_note(line.name, done["version"], done["cases"], left))
    await desk.step("suggest", suggest, desk)


async def _accept(desk: Desk, name: str, numbers: list[int], user: str, expected: str) -> dict[str, int]:
    """A second run, or a second click of the same person, finds what the first one did."""
    if _all(await _some(desk, name, numbers), CandidateState.ACCEPTED, user):
        note = f"accepted candidates {', '.join(map(str, numbers))}"
        made = [each.number for each in await desk.services.datasets.versions(name) if each.note == note]
        return {"version": made[-1] if made else 0, "cases": len(numbers)}
    answers = dict.fromkeys(numbers, expected) if expected.strip() else {}
    done = await desk.services.candidates.accept(name, numbers, user, expected=answers)
    return {"version": done.version.number if done.version else 0, "cases": len(done.cases)}


async def open_reject(ask: Ask, desk: Desk) -> None:
    async def form() -> View:
        name, candidate = await _candidate(ask, desk)
        return views.reject_form(name, candidate, channel=ask.channel, clicked=_clicked(ask))

    await open_window(ask, desk, "Reject a candidate", form)


async def reject(ask: Ask, desk: Desk) -> None:
    await require_contributor(ask, desk)
    line = await visible_line(ask, desk, set_in(ask))
    (number,) = _numbers(ask)
    await desk.step("reject", _reject, desk, line.name, number, ask.user, str(ask.values.get("reason") or ""))
    left = await desk.services.candidates.all(line.name)
    await desk.replace(_under(ask), views.rejected_note(line.name, number, left))


async def _reject(desk: Desk, name: str, number: int, user: str, reason: str) -> None:
    if not _all(await _some(desk, name, [number]), CandidateState.REJECTED, user):
        await desk.services.candidates.reject(name, [number], user, reason)


async def check_reject(ask: Ask, desk: Desk) -> Mapping[str, str]:
    """Errors by block id."""
    return {} if str(ask.values.get("reason") or "").strip() else {"reason": "Say why in a few words."}


def _clicked(ask: Ask) -> dict[str, str]:
    """The message with the button, as a form carries it."""
    ephemeral = bool(ask.message.get("ephemeral"))
    return {"ts": str(ask.message.get("ts") or ""), "url": ask.response_url if ephemeral else ""}


def _under(ask: Ask) -> Ask:
    """A form's ask, as if it had come from the message under which the form was opened."""
    clicked = ask.private.get("clicked") or {}
    url = str(clicked.get("url") or "")
    return replace(ask, message={"ts": clicked.get("ts", ""), "ephemeral": bool(url)}, response_url=url)


async def _candidate(ask: Ask, desk: Desk) -> tuple[str, Candidate]:
    """The one that a button names, while it waits."""
    await require_contributor(ask, desk)
    line = await visible_line(ask, desk, set_in(ask))
    (candidate,) = await _some(desk, line.name, _numbers(ask)[:1])
    if candidate.state is not CandidateState.WAITING:
        raise InputError(f"Candidate {candidate.number} was {candidate.state.value} already.")
    return line.name, candidate


async def _some(desk: Desk, name: str, numbers: Sequence[int]) -> list[Candidate]:
    """Raises NotFound where one of the numbers is no candidate's."""
    by_number = {each.number: each for each in await desk.services.candidates.all(name, None)}
    missing = [number for number in numbers if number not in by_number]
    if missing or not numbers:
        raise NotFound(f"{name} has no such candidate.", hint=f"/{desk.command} set review {name}")
    return [by_number[number] for number in numbers]


def _all(candidates: Sequence[Candidate], state: CandidateState, user: str) -> bool:
    return all((each.state, each.decided_by) == (state, user) for each in candidates)


def _numbers(ask: Ask) -> list[int]:
    said: Any = ask.private.get("number") or ask.value.partition(":")[2]
    return [int(word) for word in str(said).split(",") if word.isdigit()]
