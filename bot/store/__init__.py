"""Tables, repositories, unit of work, migrations."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import StoreError
from bot.store.database import ensure_schema, open_engine
from bot.store.people import Roles, Votes
from bot.store.repositories import (
    Embeddings,
    Responses,
    Sources,
    Spending,
    Stories,
    ThemeRuns,
    Tickets,
)


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """All repositories over one transaction."""

    sources: Sources
    tickets: Tickets
    embeddings: Embeddings
    themes: ThemeRuns
    stories: Stories
    spending: Spending
    responses: Responses
    roles: Roles
    votes: Votes


class Store:
    """The database of one team: transactions in, rows out."""

    def __init__(self, engine: AsyncEngine, team: str) -> None:
        self._engine = engine
        self._team = team

    def for_team(self, team: str) -> "Store":
        """The same database for another team; closing either closes both."""
        return Store(self._engine, team)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        """A consistent view; on SQLite it waits for no writer."""
        async with self._transaction(read_only=True) as unit:
            yield unit

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        """All or nothing: commits at the end, rolls back on any exception."""
        async with self._transaction(read_only=False) as unit:
            yield unit

    @asynccontextmanager
    async def _transaction(self, *, read_only: bool) -> AsyncIterator[UnitOfWork]:
        try:
            async with self._engine.connect() as plain:
                connection = await plain.execution_options(read_only=read_only)
                async with connection.begin():
                    yield self._unit(connection)
        except OperationalError as error:
            raise StoreError(
                "The database did not answer in time or cannot be written.",
                hint="Run `plumb doctor`; another process may hold it, or the disk may be full.",
            ) from error

    def _unit(self, connection: AsyncConnection) -> UnitOfWork:
        return UnitOfWork(
            sources=Sources(connection, self._team),
            tickets=Tickets(connection, self._team),
            embeddings=Embeddings(connection, self._team),
            themes=ThemeRuns(connection, self._team),
            stories=Stories(connection, self._team),
            spending=Spending(connection, self._team),
            responses=Responses(connection, self._team),
            roles=Roles(connection, self._team),
            votes=Votes(connection, self._team),
        )

    async def close(self) -> None:
        await self._engine.dispose()


def open_store(url: str, team: str) -> Store:
    """Open the database; an embedded one is made and migrated on the way."""
    ensure_schema(url)
    return Store(open_engine(url), team)
