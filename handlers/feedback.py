"""Thumbs on outputs: buttons and emoji, one vote a person, and why."""

from bot.domain.feedback import Given, Mark, Thumb, reaction_mark
from bot.domain.people import Role
from bot.errors import DeliveryError
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.feature import Feature, Submission
from handlers.sets.messages import pinned
from handlers.stories.cards import STORY, redraw
from handlers.stories.messages import message_order
from handlers.views import feedback as views
from handlers.views import modals

TICKET, PUSHPIN = "ticket", "pushpin"


async def vote(ask: Ask, desk: Desk) -> None:
    """A thumb button: value "up:ST-14". The last click is the vote."""
    thumb, output = _clicked(ask)
    await desk.require(ask.user, Role.VIEWER, "Voting")
    await desk.step("vote", _vote, ask, desk, output, thumb)
    if thumb == "up":
        await desk.answer(ask, views.thanks(thumb, output))


async def open_reasons(ask: Ask, desk: Desk) -> None:
    """Thumbs down asks why, with the click's own trigger."""
    thumb, output = _clicked(ask)
    if thumb == "down":
        await desk.slack.open_view(ask.trigger_id, modals.reason_form(output, channel=ask.channel))


def _clicked(ask: Ask) -> tuple[Thumb, str]:
    word, _, rest = ask.value.partition(":")
    return ("up" if word == "up" else "down"), rest if ":" in rest else f"{STORY}{rest}"


async def explain(ask: Ask, desk: Desk) -> None:
    output = str(ask.private.get("output") or "")
    await desk.require(ask.user, Role.VIEWER, "Voting")
    await desk.step("explain", _explain, ask, desk, output)
    await desk.answer(ask, views.thanks("down", output, corrected=bool(ask.values.get("correction"))))


async def _explain(ask: Ask, desk: Desk, output: str) -> None:
    values = ask.values
    await desk.services.feedback.vote(output, ask.user, "down")
    await desk.services.feedback.explain(
        output,
        ask.user,
        [str(reason) for reason in values.get("reasons") or []],
        str(values.get("comment") or ""),
        str(values.get("correction") or ""),
    )


async def _vote(ask: Ask, desk: Desk, output: str, thumb: Thumb) -> None:
    await desk.services.feedback.vote(output, ask.user, thumb, ask.moment)
    await _shown_again(desk, output)


async def _mark(ask: Ask, desk: Desk, output: str, mark: Mark) -> None:
    await desk.services.feedback.give([Given(output, ask.user, mark)])
    await _shown_again(desk, output)


async def _shown_again(desk: Desk, output: str) -> None:
    if output.startswith(STORY):
        await redraw(desk, output.removeprefix(STORY))


async def reaction_added(ask: Ask, desk: Desk) -> None:
    """👍 or 👎 on a tracked output counts as the button does, 🎫 on a message makes a story of it and 📌 a
    candidate case; nothing else does anything."""
    if ask.event.get("reaction") == TICKET:
        await desk.step("ticket", message_order, ask, desk)
        return
    if ask.event.get("reaction") == PUSHPIN:
        await pinned(ask, desk)
        return
    mark, output = await _reacted(ask, desk, present=True)
    if mark and output:
        await desk.step("vote", _mark, ask, desk, output, mark)


async def reaction_removed(ask: Ask, desk: Desk) -> None:
    """Taking the emoji away takes back that mark; what the person did elsewhere stands."""
    mark, output = await _reacted(ask, desk, present=False)
    if mark and output:
        await desk.step("withdraw", _mark, ask, desk, output, mark)


async def _reacted(ask: Ask, desk: Desk, *, present: bool) -> tuple[Mark | None, str]:
    """The mark that an emoji leaves and the output it stands on."""
    item = ask.event.get("item") or {}
    ts = str(item.get("ts") or "")
    moment = ask.moment or desk.clock.now()
    mark = reaction_mark(str(ask.event.get("reaction") or ""), ask.channel, ts, moment, present=present)
    if mark is None or item.get("type") != "message":
        return None, ""
    output = await desk.outbox.find_about(ask.channel, ts)
    if not output:
        return None, ""
    try:
        person = await desk.slack.person(ask.user)
    except DeliveryError:
        return None, ""
    role = await desk.services.people.role(person)
    return (mark, output) if role >= Role.VIEWER else (None, "")


FEATURE = Feature(
    noun="fb",
    actions={"story_feedback": vote},
    openings={"story_feedback": open_reasons},
    submissions={"feedback_reason": Submission(explain)},
    events={"reaction_added": reaction_added, "reaction_removed": reaction_removed},
    scopes=frozenset({"reactions:read"}),
)
