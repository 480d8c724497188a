"""Ballots of blind votes, and the votes on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from bot.store.repositories import Repository
from bot.store.tables import METADATA

BALLOT = METADATA.tables["ballot"]
VOTE = METADATA.tables["ballot_vote"]


@dataclass(frozen=True, slots=True)
class KeptBallot:
    """``cases``: (case id, left arm, right arm) in the order shown."""

    number: int
    experiment: str
    baseline: str
    candidate: str
    cases: tuple[tuple[str, str, str], ...]
    opened_by: str
    closed_by: str = ""


@dataclass(frozen=True, slots=True)
class KeptVote:
    case_number: int
    user: str
    choice: str


class Ballots(Repository):
    """Blind votes of a team."""

    async def open(self, key: str, ballot: KeptBallot, now: datetime) -> KeptBallot:
        """Under the next number; the one that was opened under this key, where there is one."""
        known = await self._one(BALLOT.c.key == key)
        if known is not None:
            return known
        last = select(func.coalesce(func.max(BALLOT.c.number), 0)).where(BALLOT.c.team == self._team)
        number = int((await self._connection.execute(last)).scalar_one()) + 1
        await self._connection.execute(
            insert(BALLOT).values(
                team=self._team, number=number, key=key, experiment=ballot.experiment,
                baseline=ballot.baseline, candidate=ballot.candidate,
                cases=[list(each) for each in ballot.cases],
                opened_by=ballot.opened_by, opened_at=now, closed_by="",
            )
        )  # fmt: skip
        kept = await self._one(BALLOT.c.number == number)
        assert kept is not None  # noqa: S101  written above
        return kept

    async def get(self, number: int) -> KeptBallot | None:
        return await self._one(BALLOT.c.number == number)

    async def of_experiment(self, experiment: str) -> list[KeptBallot]:
        """Oldest first."""
        statement = (
            select(BALLOT)
            .where(BALLOT.c.team == self._team, BALLOT.c.experiment == experiment)
            .order_by(BALLOT.c.number)
        )
        return [_ballot(row) for row in await self._rows(statement)]

    async def vote(self, number: int, case_number: int, user: str, choice: str, now: datetime) -> None:
        await self._upsert(
            VOTE,
            {
                "team": self._team,
                "ballot": number,
                "case_number": case_number,
                "user": user,
                "choice": choice,
                "voted_at": now,
            },
        )

    async def votes(self, number: int) -> Sequence[KeptVote]:
        statement = (
            select(VOTE.c.case_number, VOTE.c.user, VOTE.c.choice)
            .where(VOTE.c.team == self._team, VOTE.c.ballot == number)
            .order_by(VOTE.c.case_number, VOTE.c.user)
        )
        return [KeptVote(row.case_number, row.user, row.choice) for row in await self._rows(statement)]

    async def close(self, number: int, by: str, now: datetime) -> None:
        """Only once: whoever closed it first did."""
        await self._connection.execute(
            update(BALLOT)
            .where(BALLOT.c.team == self._team, BALLOT.c.number == number, BALLOT.c.closed_by == "")
            .values(closed_by=by, closed_at=now)
        )

    async def _one(self, condition: Any) -> KeptBallot | None:
        statement = select(BALLOT).where(BALLOT.c.team == self._team, condition)
        row = (await self._connection.execute(statement)).first()
        return None if row is None else _ballot(row)


def _ballot(row: Row[Any]) -> KeptBallot:
    return KeptBallot(
        number=row.number,
        experiment=row.experiment,
        baseline=row.baseline,
        candidate=row.candidate,
        cases=tuple((case, left, right) for case, left, right in row.cases),
        opened_by=row.opened_by,
        closed_by=row.closed_by,
    )
