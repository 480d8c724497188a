"""Keys that products send their interactions with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, exists, insert, select, update

from bot.store.repositories import Repository
from bot.store.tables import METADATA

KEY = METADATA.tables["intake_key"]


@dataclass(frozen=True, slots=True)
class Key:
    """``prefix`` is how its secret begins, for people to know it by; ``hash`` is the secret's SHA-256."""

    id: int
    team: str
    feature: str
    name: str
    prefix: str
    hash: str
    created_by: str
    created_at: datetime
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None


_COLUMNS = [KEY.c[name] for name in Key.__slots__]


class Keys(Repository):
    """Keys of a team; one that was revoked stays in the list."""

    async def add(
        self, feature: str, name: str, prefix: str, hash_: str, created_by: str, created_at: datetime
    ) -> Key:
        values = {
            "team": self._team, "feature": feature, "name": name, "prefix": prefix, "hash": hash_,
            "created_by": created_by, "created_at": created_at,
        }  # fmt: skip
        done = await self._connection.execute(insert(KEY).values(**values).returning(*_COLUMNS))
        return _key(done.one())

    async def all(self) -> list[Key]:
        """In order of their ids."""
        statement = select(*_COLUMNS).where(KEY.c.team == self._team).order_by(KEY.c.id)
        return [_key(row) for row in await self._rows(statement)]

    async def get(self, id_: int) -> Key | None:
        statement = select(*_COLUMNS).where(KEY.c.team == self._team, KEY.c.id == id_)
        row = (await self._connection.execute(statement)).first()
        return None if row is None else _key(row)

    async def revoke(self, id_: int, now: datetime) -> None:
        """From now on; one that is revoked stays as it is."""
        await self._connection.execute(
            update(KEY)
            .where(KEY.c.team == self._team, KEY.c.id == id_, KEY.c.revoked_at.is_(None))
            .values(revoked_at=now)
        )

    async def used(self, id_: int, now: datetime) -> None:
        await self._connection.execute(
            update(KEY).where(KEY.c.team == self._team, KEY.c.id == id_).values(last_used_at=now)
        )

    async def any_opens(self) -> bool:
        """Whether there is a key, of any team, that is not revoked."""
        statement = select(exists().where(KEY.c.revoked_at.is_(None)))
        return bool((await self._connection.execute(statement)).scalar_one())

    async def holder(self, hash_: str) -> Key | None:
        """The key of any team that has this hash, if it is not revoked: it is what tells the team."""
        statement = select(*_COLUMNS).where(KEY.c.hash == hash_, KEY.c.revoked_at.is_(None))
        row = (await self._connection.execute(statement)).first()
        return None if row is None else _key(row)


def _key(row: Row[Any]) -> Key:
    return Key(**row._mapping)
