"""The inbox: every job is stored here before anybody is told that it was accepted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import METADATA

INBOX = METADATA.tables["inbox"]
HEARTBEAT = METADATA.tables["heartbeat"]

MANY = 500  # rows in one statement: far under the limits of both databases


@dataclass(frozen=True, slots=True)
class Waiting:
    """A job that is not done: its unique key and the name of what does it."""

    key: str
    job: str


class Inbox:
    """Jobs received, over a connection in a transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, rows: Sequence[Mapping[str, Any]]) -> set[str]:
        """Store rows (key, job, payload, received_at, executor); returns the keys that were not there."""
        dialect = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        statement = dialect.insert(INBOX).on_conflict_do_nothing().returning(INBOX.c.key)
        return set((await self._connection.execute(statement, list(rows))).scalars())

    async def payload(self, key: str) -> Mapping[str, Any] | None:
        found = (await self._connection.execute(select(INBOX.c.payload).where(INBOX.c.key == key))).first()
        return None if found is None else dict(found.payload)

    async def finish(self, key: str, taken_at: datetime, done_at: datetime) -> None:
        await self._connection.execute(
            update(INBOX).where(INBOX.c.key == key).values(taken_at=taken_at, done_at=done_at)
        )

    async def waiting(self, executor: str) -> list[Waiting]:
        """What an executor has not done, in order of arrival."""
        statement = select(INBOX.c.key, INBOX.c.job).where(
            INBOX.c.done_at.is_(None), INBOX.c.executor == executor
        )
        rows = await self._connection.execute(statement.order_by(INBOX.c.id))
        return [Waiting(row.key, row.job) for row in rows]

    async def count(self) -> int:
        """Jobs not done, of every executor."""
        statement = select(func.count()).select_from(INBOX).where(INBOX.c.done_at.is_(None))
        return int((await self._connection.execute(statement)).scalar_one())

    async def oldest(self) -> datetime | None:
        """When the oldest job that is not done was received."""
        statement = select(INBOX.c.received_at).where(INBOX.c.done_at.is_(None))
        row = (await self._connection.execute(statement.order_by(INBOX.c.id).limit(1))).first()
        return None if row is None else row.received_at

    async def forget(self, before: datetime) -> None:
        """Delete what was done before a moment."""
        await self._connection.execute(delete(INBOX).where(INBOX.c.done_at < before))
