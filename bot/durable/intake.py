"""Taking jobs in by group commit: whoever enqueues at the same time shares one transaction."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import StoreError
from bot.store.inbox import MANY, Inbox, Waiting


@dataclass(frozen=True, slots=True)
class _Arrival:
    row: Mapping[str, Any]
    stored: "asyncio.Future[bool]"


@dataclass(frozen=True, slots=True)
class _Finish:
    key: str
    taken_at: datetime
    done_at: datetime
    stored: "asyncio.Future[bool]"


@asynccontextmanager
async def transaction(engine: AsyncEngine, *, read_only: bool = False) -> AsyncIterator[AsyncConnection]:
    """All or nothing. Raises StoreError for whatever the database or the way to it does."""
    try:
        async with engine.connect() as plain:
            connection = await plain.execution_options(read_only=read_only)
            async with connection.begin():
                yield connection
    except (SQLAlchemyError, OSError) as error:
        raise StoreError(
            "The database of jobs did not answer.",
            hint="Run `plumb doctor`; it may be down, not migrated (`plumb db upgrade`), or the disk full.",
        ) from error


class Intake:
    """The inbox with one writer in front. ``received`` is told of new jobs once they are committed."""

    def __init__(self, engine: AsyncEngine, received: Callable[[Sequence[Waiting]], None]) -> None:
        self._engine = engine
        self._received = received
        self._arrivals: list[_Arrival] = []
        self._finishes: list[_Finish] = []
        self._wake = asyncio.Event()
        self._writer = asyncio.create_task(self._write_for_ever())

    async def add(self, row: Mapping[str, Any]) -> bool:
        """Returns once the row is committed; False where its key was there already.

        Raises:
            StoreError: the database did not take it; nothing is stored.
        """
        arrival = _Arrival(row, asyncio.get_running_loop().create_future())
        self._arrivals.append(arrival)
        return await self._written(arrival.stored)

    async def finish(self, key: str, taken_at: datetime, done_at: datetime) -> None:
        """Returns once it is committed. Raises StoreError like ``add``."""
        finish = _Finish(key, taken_at, done_at, asyncio.get_running_loop().create_future())
        self._finishes.append(finish)
        await self._written(finish.stored)

    @asynccontextmanager
    async def transaction(self, *, read_only: bool = False) -> AsyncIterator[Inbox]:
        """The inbox in a transaction of its own."""
        async with transaction(self._engine, read_only=read_only) as connection:
            yield Inbox(connection)

    async def close(self) -> None:
        """Write nothing more; whoever waits is told that it was not stored."""
        self._writer.cancel()
        await asyncio.gather(self._writer, return_exceptions=True)
        _fail(self._arrivals, self._finishes, _stopping())

    async def _written(self, stored: "asyncio.Future[bool]") -> bool:
        if self._writer.done():
            raise _stopping()
        self._wake.set()
        return await stored

    async def _write_for_ever(self) -> None:
        while True:
            await self._wake.wait()
            arrivals, self._arrivals = self._arrivals[:MANY], self._arrivals[MANY:]
            finishes, self._finishes = self._finishes, []
            if not self._arrivals:
                self._wake.clear()
            try:
                await self._write(arrivals, finishes)
            except asyncio.CancelledError:
                _fail(arrivals, finishes, _stopping())
                raise
            except Exception as error:  # noqa: BLE001  it is theirs, and the writer must live on
                _fail(arrivals, finishes, error)

    async def _write(self, arrivals: Sequence[_Arrival], finishes: Sequence[_Finish]) -> None:
        first = {arrival.row["key"]: arrival for arrival in reversed(arrivals)}
        rows = [arrival.row for arrival in arrivals if first[arrival.row["key"]] is arrival]
        async with self.transaction() as inbox:
            new = await inbox.add(rows) if rows else set()
            for finish in finishes:
                await inbox.finish(finish.key, finish.taken_at, finish.done_at)
        self._received([Waiting(row["key"], row["job"]) for row in rows if row["key"] in new])
        for arrival in arrivals:
            key = arrival.row["key"]
            if not arrival.stored.done():
                arrival.stored.set_result(key in new and first[key] is arrival)
        for finish in finishes:
            if not finish.stored.done():
                finish.stored.set_result(True)


def _fail(arrivals: Sequence[_Arrival], finishes: Sequence[_Finish], error: Exception) -> None:
    for stored in [item.stored for item in arrivals] + [item.stored for item in finishes]:
        if not stored.done():
            stored.set_exception(error)


def _stopping() -> StoreError:
    return StoreError("Plumbline is stopping.", hint="Try again in a moment.")
