"""Roles that were given and votes that were cast."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update

from bot.domain.feedback import Tally, Thumb, Vote
from bot.domain.people import Role
from bot.store.repositories import Repository
from bot.store.tables import METADATA

ROLE = METADATA.tables["person_role"]
VOTE = METADATA.tables["vote"]


class Roles(Repository):
    """The role that an admin gave somebody."""

    async def get(self, user: str) -> Role | None:
        statement = select(ROLE.c.role).where(ROLE.c.team == self._team, ROLE.c.user == user)
        row = (await self._connection.execute(statement)).first()
        return None if row is None else Role[row.role.upper()]

    async def all(self) -> dict[str, Role]:
        """By user id, in order of it."""
        statement = select(ROLE.c.user, ROLE.c.role).where(ROLE.c.team == self._team).order_by(ROLE.c.user)
        return {row.user: Role[row.role.upper()] for row in await self._rows(statement)}

    async def give(self, user: str, role: Role, by: str, now: datetime) -> None:
        await self._upsert(
            ROLE,
            {
                "team": self._team, "user": user, "role": role.name.lower(), "given_by": by, "given_at": now,
            },
        )  # fmt: skip


class Votes(Repository):
    """One vote per person and output."""

    async def put(self, output: str, user: str, thumb: Thumb, now: datetime) -> None:
        """Cast, or change: reasons and words belong to the thumb they were given with."""
        if await self._same(output, user, thumb):
            return
        await self._upsert(
            VOTE,
            {
                "team": self._team, "output": output, "user": user, "thumb": thumb, "given_at": now,
                "reasons": [], "comment": "", "correction": "",
            },
        )  # fmt: skip

    async def explain(
        self, output: str, user: str, reasons: Sequence[str], comment: str, correction: str
    ) -> bool:
        """Add why to a vote; False where there is none."""
        where = (VOTE.c.team == self._team) & (VOTE.c.output == output) & (VOTE.c.user == user)
        changed = await self._connection.execute(
            update(VOTE).where(where).values(reasons=list(reasons), comment=comment, correction=correction)
        )
        return changed.rowcount > 0

    async def withdraw(self, output: str, user: str) -> None:
        await self._connection.execute(
            delete(VOTE).where(VOTE.c.team == self._team, VOTE.c.output == output, VOTE.c.user == user)
        )

    async def tally(self, output: str) -> Tally:
        statement = (
            select(VOTE.c.thumb, func.count().label("votes"))
            .where(VOTE.c.team == self._team, VOTE.c.output == output)
            .group_by(VOTE.c.thumb)
        )
        counts = {row.thumb: row.votes for row in await self._rows(statement)}
        return Tally(up=counts.get("up", 0), down=counts.get("down", 0))

    async def all(self, output: str) -> list[Vote]:
        """The votes on an output, oldest first."""
        columns = [VOTE.c[name] for name in Vote.__slots__]
        statement = (
            select(*columns)
            .where(VOTE.c.team == self._team, VOTE.c.output == output)
            .order_by(VOTE.c.given_at, VOTE.c.user)
        )
        return [
            Vote(**{**row._mapping, "reasons": tuple(row.reasons)}) for row in await self._rows(statement)
        ]

    async def _same(self, output: str, user: str, thumb: Thumb) -> bool:
        statement = select(VOTE.c.thumb).where(
            VOTE.c.team == self._team, VOTE.c.output == output, VOTE.c.user == user
        )
        row = (await self._connection.execute(statement)).first()
        return row is not None and row.thumb == thumb
