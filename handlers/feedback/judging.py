"""Outputs to judge, ten at a time: one card, four buttons, the next card in its place."""

import json
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b

from bot.domain.feedback.labelling import Opinion, Queued
from bot.domain.people import Role
from bot.errors import InputError, NotFound
from bot.services.feedback.reading import EXPERIMENT
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.feedback.asking import known_features, sees_at
from handlers.feedback.words import parse_asked
from handlers.views import feedback as views
from handlers.views.kit import Message

JUDGING = "Judging outputs"
ROUND = 10
ROOM, LONGEST_NAME = 1_900, 1_500  # characters of a button's value, and of an output's name that it can carry
EVERYTHING = 10_000  # outputs among which one is looked for that was taken back


@dataclass(frozen=True, slots=True)
class Round:
    """How far somebody is; it travels in the buttons. ``output`` is on the card, ``last`` was there before;
    ``skipped`` are short hashes of outputs."""

    output: str = ""
    feature: str = ""
    done: int = 0
    of: int = ROUND
    skipped: tuple[str, ...] = ()
    last: str = ""

    def as_text(self) -> str:
        """Within the 2,000 characters of a button's value; what could be undone is left out first."""
        text = json.dumps(asdict(self), ensure_ascii=False)
        return replace(self, last="").as_text() if self.last and len(text) > ROOM else text

    @classmethod
    def from_text(cls, text: str) -> "Round":
        """Raises InputError where a button's value is none."""
        try:
            found = json.loads(text)
            return cls(**{**found, "skipped": tuple(found["skipped"])})
        except (ValueError, TypeError, KeyError) as error:
            raise InputError("That card is too old.", hint="Begin again: fb queue") from error


async def queue(ask: Ask, desk: Desk) -> None:
    """/plumb fb queue [feature | EX-3], and buttons that lead there; in direct messages, as cards change."""
    await desk.require(ask.user, Role.REVIEWER, JUDGING)
    feature = (ask.value or ask.text).strip().upper()
    if not EXPERIMENT.fullmatch(feature):
        feature = parse_asked(ask.value or ask.text, await known_features(desk), desk.command).feature
    told = await _begun(ask, desk, feature)
    if ask.in_direct_messages:
        await desk.answer(ask, told)
        return
    direct = str(await desk.step("direct", desk.slack.direct_channel, ask.user))
    await desk.post(ask, "card", direct, told)
    if ask.channel:
        await desk.answer(ask, views.queue_elsewhere())


async def start(ask: Ask, desk: Desk) -> None:
    """The button on App Home, which becomes the card, and "Ten more" at the end of a round."""
    await desk.require(ask.user, Role.REVIEWER, JUDGING)
    await _show(ask, desk, await _begun(ask, desk, ask.value))


async def _begun(ask: Ask, desk: Desk, feature: str) -> Message:
    waiting = await _waiting(ask, desk, feature, ROUND)
    return await _next(ask, desk, Round(feature=feature, of=len(waiting)))


async def label(ask: Ask, desk: Desk) -> None:
    """Agree, Disagree or Unsure."""
    await desk.require(ask.user, Role.REVIEWER, JUDGING)
    at = Round.from_text(ask.value)
    opinion = Opinion(ask.action.removeprefix(views.LABEL))
    await desk.step("label", _label, desk, at.output, ask.user, opinion.value)
    await _show(ask, desk, await _next(ask, desk, replace(at, done=at.done + 1, last=at.output)))


async def _label(desk: Desk, output: str, user: str, opinion: str) -> None:
    await desk.services.labelling.label(output, user, opinion)


async def skip(ask: Ask, desk: Desk) -> None:
    await desk.require(ask.user, Role.REVIEWER, JUDGING)
    at = Round.from_text(ask.value)
    skipped = tuple(dict.fromkeys((*at.skipped, _short(at.output))))
    passed = replace(at, done=at.done + 1, skipped=skipped, last=at.output)
    await _show(ask, desk, await _next(ask, desk, passed))


async def undo(ask: Ask, desk: Desk) -> None:
    """The card before comes back, without what was said of it."""
    await desk.require(ask.user, Role.REVIEWER, JUDGING)
    at = Round.from_text(ask.value)
    await desk.step("undo", desk.services.labelling.withdraw, at.last, ask.user)
    skipped = tuple(each for each in at.skipped if each != _short(at.last))
    before = replace(at, done=max(0, at.done - 1), skipped=skipped, last="")
    found = await _waiting(ask, desk, at.feature, EVERYTHING)
    card = next((each for each in found if each.output.name == at.last), None)
    if card is None:
        raise NotFound("That output is not kept any more.")
    await _show(ask, desk, _card(before, card))


async def stop(ask: Ask, desk: Desk) -> None:
    """Enough for today: as if the round were over."""
    await _show(ask, desk, await _over(desk, Round.from_text(ask.value)))


async def _next(ask: Ask, desk: Desk, at: Round) -> Message:
    """The best one that was not skipped, or the end of the round."""
    if at.done < at.of:
        waiting = await _waiting(ask, desk, at.feature, ROUND + len(at.skipped))
        card = next((each for each in waiting if _short(each.output.name) not in at.skipped), None)
        if card is not None:
            return _card(at, card)
    return await _over(desk, at)


def _card(at: Round, card: Queued) -> Message:
    here = replace(at, output=card.output.name)
    return views.queue_card(card, here.as_text(), number=at.done + 1, of=at.of, undoes=bool(at.last))


async def _over(desk: Desk, at: Round) -> Message:
    labelled = at.done - len(at.skipped)
    agreement = await desk.services.labelling.agreement(at.feature)
    return views.queue_over(
        labelled, len(at.skipped), agreement, at.as_text(), feature=at.feature, any_left=bool(at.of),
        undoes=bool(at.last),
    )  # fmt: skip


async def _waiting(ask: Ask, desk: Desk, feature: str, size: int) -> list[Queued]:
    """What this person may see in private."""
    sees = sees_at(replace(ask, channel=""), desk)
    found = await desk.services.labelling.queue(ask.user, feature, size, sees=sees)
    return [each for each in found if len(each.output.name) <= LONGEST_NAME]


async def waiting_for(user: str, desk: Desk) -> int:
    """How many outputs the next round of somebody would hold."""
    ask = Ask(kind="event", key="", team=desk.services.store.team, user=user)
    return len(await _waiting(ask, desk, "", ROUND))


async def _show(ask: Ask, desk: Desk, told: Message) -> None:
    """In place: on App Home, or in the message that was clicked."""
    if ask.view_id:
        await desk.slack.publish_home(ask.user, views.at_home(told))
    else:
        await desk.replace(ask, told)


def _short(name: str) -> str:
    return blake2b(name.encode("utf-8", "replace"), digest_size=4).hexdigest()
