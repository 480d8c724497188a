"""How Alembic reaches the database: the plain driver on SQLite, the async one elsewhere."""

from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine, func, make_url, pool, select
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.postgres import CONNECT_S, MIGRATION_LOCK, run_apart
from bot.store.tables import METADATA


def _ours(_object: Any, name: str | None, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    """Leave tables that other tools keep in the same database alone."""
    return kind != "table" or name in METADATA.tables


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=METADATA, render_as_batch=True, include_object=_ours
    )
    with context.begin_transaction():
        context.run_migrations()


async def _migrate_async(url: str) -> None:
    engine = create_async_engine(url, poolclass=pool.NullPool, connect_args={"timeout": CONNECT_S})
    try:
        async with engine.begin() as connection:  # replicas that migrate at once take turns
            await connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
            await connection.run_sync(_migrate)
    finally:
        await engine.dispose()


def _run() -> None:
    url = context.config.get_main_option("sqlalchemy.url") or ""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        run_apart(_migrate_async(url))
        return
    engine = create_engine(parsed.set(drivername="sqlite"), poolclass=pool.NullPool)
    with engine.begin() as connection:
        _migrate(connection)
    engine.dispose()


_run()
