"""Roles that were given and votes that were cast."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.feedback import Tally, Thumb, Vote
from bot.domain.people import Role
from bot.store.repositories import Repository
from bot.store.tables import METADATA

ROLE = METADATA.tables["person_role"]
VOTE = METADATA.tables["vote"]
TAKEN = "taken back:"  # before the thumb; nothing behind it: whichever it was
STANDS = VOTE.c.thumb.not_like(f"{TAKEN}%")


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
    """One vote per person and output: what they did last, in whatever order it arrives. A vote that was taken
    back stays as a mark, so that a thumb from before does not bring it back."""

    async def put(self, output: str, user: str, thumb: Thumb, at: datetime) -> None:
        """Cast, or change: reasons and words belong to the thumb they were given with."""
        other_was_taken = VOTE.c.thumb.startswith(TAKEN) & VOTE.c.thumb.not_in([TAKEN, TAKEN + thumb])
        await self._place(output, user, thumb, at, VOTE.c.given_at <= at, other_was_taken)

    async def withdraw(self, output: str, user: str, thumb: Thumb | None, at: datetime) -> None:
        """Take back a thumb, or whichever it is."""
        same = true() if thumb is None else VOTE.c.thumb.in_([thumb, TAKEN, TAKEN + thumb])
        await self._place(output, user, TAKEN + (thumb or ""), at, same & (VOTE.c.given_at <= at))

    async def _place(
        self, output: str, user: str, thumb: str, at: datetime, *over: ColumnElement[bool]
    ) -> None:
        """Insert, or replace the row where one of the conditions holds, in one statement."""
        dialect = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        insertion = dialect.insert(VOTE).values(
            team=self._team, output=output, user=user, thumb=thumb, given_at=at,
            reasons=[], comment="", correction="",
        )  # fmt: skip
        same = VOTE.c.thumb == thumb
        words = {
            name: case((same, VOTE.c[name]), else_=insertion.excluded[name])
            for name in ("reasons", "comment", "correction")
        }
        await self._connection.execute(
            insertion.on_conflict_do_update(
                index_elements=["team", "output", "user"],
                set_={"thumb": thumb, "given_at": at, **words},
                where=or_(*over),
            )
        )

    async def explain(
        self, output: str, user: str, reasons: Sequence[str], comment: str, correction: str
    ) -> bool:
        """Add why to a vote; False where there is none."""
        where = (VOTE.c.team == self._team) & (VOTE.c.output == output) & (VOTE.c.user == user)
        changed = await self._connection.execute(
            update(VOTE)
            .where(where, STANDS)
            .values(reasons=list(reasons), comment=comment, correction=correction)
        )
        return changed.rowcount > 0

    async def tally(self, output: str) -> Tally:
        statement = (
            select(VOTE.c.thumb, func.count().label("votes"))
            .where(VOTE.c.team == self._team, VOTE.c.output == output, STANDS)
            .group_by(VOTE.c.thumb)
        )
        counts = {row.thumb: row.votes for row in await self._rows(statement)}
        return Tally(up=counts.get("up", 0), down=counts.get("down", 0))

    async def corrections(self) -> list[Vote]:
        """All votes that say what an output should have said, oldest first."""
        columns = [VOTE.c[name] for name in Vote.__slots__]
        where = (VOTE.c.team == self._team) & (VOTE.c.correction != "") & STANDS
        statement = select(*columns).where(where).order_by(VOTE.c.given_at, VOTE.c.output, VOTE.c.user)
        return [
            Vote(**{**row._mapping, "reasons": tuple(row.reasons)}) for row in await self._rows(statement)
        ]

    async def all(self, output: str) -> list[Vote]:
        """The votes on an output, oldest first."""
        columns = [VOTE.c[name] for name in Vote.__slots__]
        statement = (
            select(*columns)
            .where(VOTE.c.team == self._team, VOTE.c.output == output, STANDS)
            .order_by(VOTE.c.given_at, VOTE.c.user)
        )
        return [
            Vote(**{**row._mapping, "reasons": tuple(row.reasons)}) for row in await self._rows(statement)
        ]
