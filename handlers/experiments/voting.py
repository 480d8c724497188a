"""Blind votes: opened in a channel, one vote a person and case, revealed when somebody closes them."""

from collections.abc import Mapping

from bot.domain.people import Role
from bot.errors import InputError, NotAllowed
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.experiments.seeing import experiment_in, redraw, visible_experiment
from handlers.views import experiments as views
from handlers.views.kit import Message, View
from handlers.windows import open_window

BALLOT = "ballot:"
VOTING = "Opening a vote"


async def open_form(ask: Ask, desk: Desk) -> None:
    async def form() -> View:
        await desk.require(ask.user, Role.CONTRIBUTOR, VOTING)
        experiment = await visible_experiment(ask, desk, experiment_in(ask))
        pairs = await desk.services.ballots.pairs(experiment.id)
        if not pairs:
            raise InputError(f"{experiment.id} has no two arms with outputs.", hint="Let it run first.")
        return views.vote_form(experiment, pairs, channel=ask.channel)

    await open_window(ask, desk, "Blind vote", form)


async def which(ask: Ask, desk: Desk) -> None:
    """/plumb exp vote without an id."""
    raise InputError("A vote on which experiment?", hint=f"For example: /{desk.command} exp vote EX-1")


async def check_form(ask: Ask, desk: Desk) -> Mapping[str, str]:
    """Errors by block id."""
    return {} if ask.values.get("to") else {"to": "Choose a channel."}


async def open_vote(ask: Ask, desk: Desk) -> None:
    """Posts the ballot. Outputs are shown, so what came from a private channel is voted on only there."""
    await desk.require(ask.user, Role.CONTRIBUTOR, VOTING)
    experiment = await visible_experiment(ask, desk, experiment_in(ask))
    channel = str(ask.values.get("to") or "")
    if experiment.channel and experiment.channel != channel:
        raise NotAllowed(
            f"{experiment.id} ran on cases from a private channel; people can vote only there.",
            hint="Choose that channel.",
        )
    if not await desk.slack.is_member(channel, ask.user):
        raise NotAllowed("You are not in that channel.", hint="Join it first.")
    pairs = await desk.services.ballots.pairs(experiment.id)
    pair = pairs[min(int(ask.values.get("pair") or 0), len(pairs) - 1)]
    number = int(ask.values.get("cases") or 5)
    ballot_id = str(await desk.step("ballot", _open, desk, experiment.id, pair, number, ask.user, ask.key))
    await desk.post(ask, "ballot", channel, await _message(desk, ballot_id), about=f"{BALLOT}{ballot_id}")


async def _open(
    desk: Desk, experiment_id: str, pair: tuple[str, str], cases: int, user: str, key: str
) -> str:
    ballot = await desk.services.ballots.open(experiment_id, pair, cases, by=user, key=key)
    return ballot.id


async def cast(ask: Ask, desk: Desk) -> None:
    """A choice under a case: the last one of a person counts."""
    await desk.require(ask.user, Role.VIEWER, "Voting")
    ballot_id, number, choice = ask.value.rsplit(":", 2)
    await desk.services.ballots.vote(ballot_id, int(number), choice, user=ask.user)
    await _redraw(desk, ballot_id)
    await desk.answer(ask, views.voted_note(choice, int(number)))


async def reveal(ask: Ask, desk: Desk) -> None:
    """Closes the vote: names and numbers show, and the votes become labels for the judge."""
    await desk.require(ask.user, Role.CONTRIBUTOR, "Closing a vote")
    ballot_id = ask.value
    await desk.step("reveal", desk.services.ballots.close, ballot_id, ask.user)
    await _redraw(desk, ballot_id)
    ballot = await desk.services.ballots.get(ballot_id)
    await redraw(desk, ballot.experiment)


async def _redraw(desk: Desk, ballot_id: str) -> None:
    told = await _message(desk, ballot_id)
    for posted in await desk.outbox.places(f"{BALLOT}{ballot_id}"):
        await desk.slack.update(posted.post.channel, posted.ts, told)


async def _message(desk: Desk, ballot_id: str) -> Message:
    ballot = await desk.services.ballots.get(ballot_id)
    if ballot.closed_by:
        counted = await desk.services.ballots.counted(ballot_id)
        return views.ballot_closed(ballot.experiment, ballot.cases, counted, ballot.closed_by)
    voted = await desk.services.ballots.voted(ballot_id)
    return views.ballot(ballot.experiment, ballot_id, ballot.cases, voted, opened_by=ballot.by)
