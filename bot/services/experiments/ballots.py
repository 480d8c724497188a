"""Blind votes of a team: opened on an experiment, voted on, closed and counted."""

from collections.abc import Sequence

from bot.domain.experiments.cells import Label
from bot.domain.experiments.experiment import VoteCount
from bot.errors import NotFound
from bot.ports import Clock
from bot.services.experiments import voting
from bot.services.experiments.service import ExperimentService
from bot.services.experiments.voting import Ballot
from bot.store import Store
from bot.store.ballots import KeptBallot


class BallotService:
    """Who may see what came from a private channel is the caller's to check."""

    def __init__(self, store: Store, clock: Clock, experiments: ExperimentService) -> None:
        self._store = store
        self._clock = clock
        self._experiments = experiments

    async def pairs(self, experiment_id: str) -> list[tuple[str, str]]:
        """(baseline, candidate) arms that people can compare."""
        return voting.pairs(await self._experiments.report(experiment_id))

    async def open(
        self, experiment_id: str, pair: tuple[str, str], cases: int, *, by: str, key: str
    ) -> Ballot:
        """Put cases to a blind vote; with the same ``key`` the same ballot. Raises InputError."""
        report = await self._experiments.report(experiment_id)
        chosen = voting.choose_cases(report, pair, cases, key)
        kept = KeptBallot(0, report.name, *pair, tuple(chosen), by)
        async with self._store.write() as unit:
            opened = await unit.ballots.open(key, kept, self._clock.now())
        return await self.get(f"B-{opened.number}")

    async def get(self, ballot_id: str) -> Ballot:
        """Raises NotFound."""
        async with self._store.read() as unit:
            kept = await unit.ballots.get(voting.number_of(ballot_id))
        if kept is None:
            raise NotFound(f"There is no vote {ballot_id[:20]}.", hint="Open one from an experiment's card.")
        inputs = await self._experiments.inputs(kept.experiment)
        return voting.shown(kept, inputs, await self._experiments.cells(kept.experiment))

    async def vote(self, ballot_id: str, number: int, choice: str, *, user: str) -> None:
        """A person's choice on one case; the last one counts. Raises InputError once it is closed."""
        voting.check_vote(await self.get(ballot_id), number, choice)
        async with self._store.write() as unit:
            await unit.ballots.vote(voting.number_of(ballot_id), number, user, choice, self._clock.now())

    async def voted(self, ballot_id: str) -> Sequence[int]:
        """How many voted on each case so far."""
        ballot = await self.get(ballot_id)
        async with self._store.read() as unit:
            return voting.voted(ballot, await unit.ballots.votes(voting.number_of(ballot_id)))

    async def counted(self, ballot_id: str) -> VoteCount:
        """Tallies by arm, for those who may know them: a closed vote."""
        ballot = await self.get(ballot_id)
        async with self._store.read() as unit:
            votes = await unit.ballots.votes(voting.number_of(ballot_id))
        return voting.count(ballot, votes, await self._experiments.cells(ballot.experiment))

    async def close(self, ballot_id: str, by: str) -> None:
        """No more votes; what they say of single outputs becomes labels to hold a judge against."""
        ballot, now, number = await self.get(ballot_id), self._clock.now(), voting.number_of(ballot_id)
        async with self._store.write() as unit:
            await unit.ballots.close(number, by, now)
            for key, user, passed in voting.labels(ballot, await unit.ballots.votes(number)):
                await unit.experiments.label(ballot.experiment, Label(key, user, passed), now)
