"""The inbox, where every job is stored before it is promised, and the heartbeats of those who do them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import METADATA

INBOX = METADATA.tables["inbox"]
HEARTBEAT = METADATA.tables["heartbeat"]

TAKEOVER_LOCK = 0x706C756D62  # "plumb"
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

    async def executors(self) -> set[str]:
        """Whose hands jobs are in."""
        statement = select(INBOX.c.executor).where(INBOX.c.done_at.is_(None)).distinct()
        return set((await self._connection.execute(statement)).scalars())

    async def hand_over(self, dead: Collection[str], to: str) -> list[Waiting]:
        """What the dead had not done is another's from now on."""
        statement = (
            update(INBOX)
            .where(INBOX.c.done_at.is_(None), INBOX.c.executor.in_(dead))
            .values(executor=to)
            .returning(INBOX.c.id, INBOX.c.key, INBOX.c.job)
        )
        rows = (await self._connection.execute(statement)).all()
        return [Waiting(row.key, row.job) for row in sorted(rows, key=lambda row: int(row.id))]


class Heartbeats:
    """Which executors are alive, by the clock of the database (PostgreSQL: several share one)."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def beat(self, executor: str) -> None:
        statement = postgresql.insert(HEARTBEAT).values(executor=executor, beat_at=func.now())
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["executor"], set_={"beat_at": func.now()})
        )

    async def stop(self, executor: str) -> None:
        await self._connection.execute(delete(HEARTBEAT).where(HEARTBEAT.c.executor == executor))

    async def alive(self, within: timedelta) -> set[str]:
        """Those who beat within the last while."""
        statement = select(HEARTBEAT.c.executor).where(HEARTBEAT.c.beat_at > func.now() - within)
        return set((await self._connection.execute(statement)).scalars())

    async def forget(self, before: timedelta) -> None:
        """Delete those long silent."""
        await self._connection.execute(delete(HEARTBEAT).where(HEARTBEAT.c.beat_at < func.now() - before))

    async def alone(self) -> bool:
        """Whether nobody else looks after the dead right now; holds until the transaction ends."""
        statement = select(func.pg_try_advisory_xact_lock(TAKEOVER_LOCK))
        return bool((await self._connection.execute(statement)).scalar_one())
