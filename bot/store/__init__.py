"""Tables, repositories, unit of work, migrations."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import StoreError
from bot.store.ballots import Ballots
from bot.store.database import HEAD, ensure_schema, open_engine
from bot.store.datasets import Candidates, Datasets
from bot.store.derived import Derived
from bot.store.digests import Arrivals, DigestSchedules
from bot.store.erasure import Erasure
from bot.store.evidence import Evidence
from bot.store.experiments import Experiments
from bot.store.failures import connecting, translated
from bot.store.features import Features
from bot.store.feedback import Labels, Outputs, Votes
from bot.store.flywheel import Flywheel
from bot.store.interactions import Interactions
from bot.store.keys import Keys
from bot.store.numbers import BusinessNumbers
from bot.store.outbox import Posts
from bot.store.people import Roles
from bot.store.postgres import take_turn
from bot.store.product_feedback import ProductFeedback
from bot.store.prompts import Prompts
from bot.store.releases import Releases
from bot.store.repositories import (
    Embeddings,
    Responses,
    Spending,
    Stories,
    ThemeRuns,
    Tickets,
)
from bot.store.sources import Sources
from bot.store.totals import Totals, count_totals


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
    posts: Posts
    roles: Roles
    votes: Votes
    outputs: Outputs
    labels: Labels
    prompts: Prompts
    datasets: Datasets
    experiments: Experiments
    candidates: Candidates
    ballots: Ballots
    evidence: Evidence
    releases: Releases
    flywheel: Flywheel
    interactions: Interactions
    keys: Keys
    numbers: BusinessNumbers
    product_feedback: ProductFeedback
    erasure: Erasure
    features: Features
    derived: Derived
    digests: DigestSchedules
    arrivals: Arrivals


class Store:
    """The database of one team: transactions in, rows out."""

    def __init__(self, engine: AsyncEngine, team: str) -> None:
        self._engine = engine
        self._team = team

    @property
    def team(self) -> str:
        return self._team

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

    async def ready(self) -> bool:
        """Whether the database answers and is at this version's schema.

        Raises:
            StoreError: it does not answer, or stands at another schema.
        """
        async with self._begin(read_only=True) as connection:
            found = (await connection.exec_driver_sql("SELECT version_num FROM alembic_version")).scalar()
        if found != HEAD:
            raise StoreError(
                f"The database is at schema {found}, this version needs {HEAD}.",
                hint="Run `plumb db upgrade`.",
            )
        return True

    async def totals(self) -> Totals:
        """Figures of all teams together."""
        async with self._begin(read_only=True) as connection:
            return await count_totals(connection)

    @asynccontextmanager
    async def _transaction(self, *, read_only: bool) -> AsyncIterator[UnitOfWork]:
        async with self._begin(read_only=read_only) as connection:
            if not (read_only or self._is_sqlite):
                await take_turn(connection, self._team)
            yield self._unit(connection)

    @asynccontextmanager
    async def _begin(self, *, read_only: bool) -> AsyncIterator[AsyncConnection]:
        with translated():
            async with AsyncExitStack() as stack:
                with connecting():
                    plain = await stack.enter_async_context(self._engine.connect())
                connection = await plain.execution_options(**self._options(read_only))
                await stack.enter_async_context(connection.begin())
                yield connection

    @property
    def _is_sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    def _options(self, read_only: bool) -> dict[str, Any]:
        """SQLite: see open_engine. PostgreSQL: a reader sees one moment, a writer all that came before it."""
        if self._is_sqlite or not read_only:
            return {"read_only": read_only}
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

    def _unit(self, connection: AsyncConnection) -> UnitOfWork:
        return UnitOfWork(
            sources=Sources(connection, self._team),
            tickets=Tickets(connection, self._team),
            embeddings=Embeddings(connection, self._team),
            themes=ThemeRuns(connection, self._team),
            stories=Stories(connection, self._team),
            spending=Spending(connection, self._team),
            responses=Responses(connection, self._team),
            posts=Posts(connection, self._team),
            roles=Roles(connection, self._team),
            votes=Votes(connection, self._team),
            outputs=Outputs(connection, self._team),
            labels=Labels(connection, self._team),
            prompts=Prompts(connection, self._team),
            datasets=Datasets(connection, self._team),
            experiments=Experiments(connection, self._team),
            candidates=Candidates(connection, self._team),
            ballots=Ballots(connection, self._team),
            evidence=Evidence(connection, self._team),
            releases=Releases(connection, self._team),
            flywheel=Flywheel(connection, self._team),
            interactions=Interactions(connection, self._team),
            keys=Keys(connection, self._team),
            numbers=BusinessNumbers(connection, self._team),
            product_feedback=ProductFeedback(connection, self._team),
            erasure=Erasure(connection, self._team),
            features=Features(connection, self._team),
            derived=Derived(connection, self._team),
            digests=DigestSchedules(connection, self._team),
            arrivals=Arrivals(connection, self._team),
        )

    async def close(self) -> None:
        await self._engine.dispose()


def open_store(url: str, team: str) -> Store:
    """Open the database; an embedded one is made and migrated on the way.

    Raises:
        SettingsError: the address is none.
        StoreError: an embedded database cannot be made or written.
    """
    ensure_schema(url)
    return Store(open_engine(url), team)
