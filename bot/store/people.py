"""Roles that were given."""

from datetime import datetime

from sqlalchemy import select

from bot.domain.people import Role
from bot.store.repositories import Repository
from bot.store.tables import METADATA

ROLE = METADATA.tables["person_role"]


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
