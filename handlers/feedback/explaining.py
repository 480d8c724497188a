"""Why not: the form behind 👎, and what becomes of it."""

from dataclasses import replace

from bot.domain.feedback import UNSAFE
from bot.domain.people import Role
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.feedback.unsafe import tell_owners
from handlers.feedback.voting import VOTING, clicked
from handlers.views import feedback as views
from handlers.views.kit import View
from handlers.windows import open_window


async def open_reasons(ask: Ask, desk: Desk) -> None:
    """Thumbs down asks why, with the click's own trigger."""
    thumb, output = clicked(ask)
    if thumb == "down":
        await _open(ask, desk, output)


async def open_why(ask: Ask, desk: Desk) -> None:
    """The button "Tell us why"; its value is the output."""
    await _open(ask, desk, ask.value)


async def _open(ask: Ask, desk: Desk, output: str) -> None:
    """With what they said before, there to be changed."""

    async def form() -> View:
        await desk.require(ask.user, Role.VIEWER, VOTING)
        before = await desk.services.feedback.explanation(output, ask.user)
        thread = str(ask.message.get("thread_ts") or "")
        return views.reason_form(output, channel=ask.channel, thread=thread, before=before)

    await open_window(ask, desk, "What was wrong?", form)


async def explain(ask: Ask, desk: Desk) -> None:
    """The form: reasons, words and a correction; "unsafe" tells the owner, as the flag does."""
    output = str(ask.private.get("output") or "")
    await desk.require(ask.user, Role.VIEWER, VOTING)
    await desk.step("explain", _explain, ask, desk, output)
    waits_as = str(await desk.step("candidate", _collect, desk, output, ask.user))
    ask = replace(ask, message={"thread_ts": str(ask.private.get("thread") or "")})
    corrected = bool(str(ask.values.get("correction") or "").strip())
    await desk.answer(ask, views.thanks("down", output, corrected=corrected, waits_as=waits_as))
    if UNSAFE in _reasons(ask):
        await tell_owners(ask, desk, output, explained=True)


async def _explain(ask: Ask, desk: Desk, output: str) -> None:
    comment, correction = (str(ask.values.get(name) or "") for name in ("comment", "correction"))
    await desk.services.feedback.vote(output, ask.user, "down")
    await desk.services.feedback.explain(output, ask.user, _reasons(ask), comment, correction)


async def _collect(desk: Desk, output: str, user: str) -> str:
    """Where the correction waits to become a case: "candidate 7 of refunds"; "" where it became none."""
    collector = desk.services.flywheel.collector
    found = await collector.collect(output, user)
    return f"candidate {found.number} of {await collector.set_name(output)}" if found else ""


def _reasons(ask: Ask) -> list[str]:
    return [str(reason) for reason in ask.values.get("reasons") or []]
