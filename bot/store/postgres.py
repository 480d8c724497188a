"""What only PostgreSQL needs: its address, its engine, bulk loads by COPY, one writer per team."""

import asyncio
import threading
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any, TypeVar
from zlib import crc32

from sqlalchemy import URL, Table, event, func, select
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

Result = TypeVar("Result")

POSTGRES = frozenset({"postgres", "postgresql"})
CONNECT_S = 10.0
SETTINGS = {
    "application_name": "plumbline",
    "lock_timeout": "30s",  # as long as SQLite waits for its turn
    "idle_in_transaction_session_timeout": "5min",  # a replica that hangs must not block the others
}
MIGRATION_LOCK = crc32(b"plumbline migration")
WRITER_LOCK = crc32(b"plumbline writer") - 2**31  # the first half of a two-part lock is a signed int


def asyncpg_url(url: URL) -> URL:
    """The address for the driver in use; ``sslmode`` is what everybody writes, asyncpg calls it ``ssl``."""
    query = dict(url.query)
    if "sslmode" in query:
        query["ssl"] = query.pop("sslmode")
    return url.set(drivername="postgresql+asyncpg", query=query)


def open_postgres(url: URL, frozen_after: str = "") -> AsyncEngine:
    """An engine whose connections are tried before use, so that a restarted server is not noticed.
    ``frozen_after``: how long a transaction may stand idle before the server ends it ("10s")."""
    settings = {**SETTINGS, **({"idle_in_transaction_session_timeout": frozen_after} if frozen_after else {})}
    arguments = {"server_settings": settings, "timeout": CONNECT_S}
    engine = create_async_engine(url, pool_pre_ping=True, pool_timeout=30, connect_args=arguments)

    @event.listens_for(engine.sync_engine, "handle_error")
    def _out_of_step(context: ExceptionContext) -> None:
        # What a server said while this process was frozen leaves the driver's connection good for nothing,
        # though it is open still.
        if "another operation" in str(context.original_exception):
            context.is_disconnect = True

    return engine


async def take_turn(connection: AsyncConnection, team: str) -> None:
    """Wait until no other transaction writes for this team.

    SQLite lets one writer in at a time; here it is one per team, so that "the next number" and "what is spent
    so far" mean the same on both. The lock goes with the transaction.
    """
    key = crc32(team.encode("utf-8", "replace")) - 2**31
    await connection.execute(select(func.pg_advisory_xact_lock(WRITER_LOCK, key)))


async def copy_rows(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Bulk load by COPY, inside the open transaction. All rows name the same columns."""
    columns = [table.c[name] for name in rows[0]]
    binds = [column.type.bind_processor(connection.dialect) or _same for column in columns]
    records = [
        tuple(bind(row[column.name]) for column, bind in zip(columns, binds, strict=True)) for row in rows
    ]
    await copy_records(connection, table.name, [column.name for column in columns], records)


async def copy_records(
    connection: AsyncConnection, table: str, columns: Sequence[str], records: Sequence[Sequence[Any]]
) -> None:
    """The same with values as the driver takes them."""
    raw = await connection.get_raw_connection()
    driver: Any = raw.driver_connection
    import asyncpg  # type: ignore[import-untyped]  # it has no types; loaded long since, on PostgreSQL

    try:
        await driver.copy_records_to_table(table, records=records, columns=list(columns))
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:  # here SQLAlchemy stands aside
        lost = driver.is_closed()
        raise DBAPIError(f"COPY {table}", None, error, connection_invalidated=lost) from error


def _same(value: Any) -> Any:
    return value


async def version(url: URL) -> str | None:
    """The migration the database stands at, None before the first."""
    engine = create_async_engine(url, poolclass=NullPool, connect_args={"timeout": CONNECT_S})
    try:
        async with engine.connect() as connection:
            row = (await connection.exec_driver_sql("SELECT version_num FROM alembic_version")).first()
    except ProgrammingError:  # no such table
        return None
    finally:
        await engine.dispose()
    return None if row is None else str(row[0])


def run_apart(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine to its end on a loop of its own, whether or not a loop is running here."""
    results: list[Result] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            results.append(asyncio.run(work))
        except BaseException as error:  # noqa: BLE001  handed to the caller's thread
            failures.append(error)

    thread = threading.Thread(target=run, name="plumbline-database")
    thread.start()
    thread.join()
    if failures:
        raise failures[0]
    return results[0]
