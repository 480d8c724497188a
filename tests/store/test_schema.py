"""The schema: migrations, and the settings a database is opened with."""

import asyncio
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, func, select, text

from bot.errors import SettingsError, StoreError
from bot.store import open_store
from bot.store.database import HEAD, open_engine, schema_version, upgrade
from bot.store.postgres import MIGRATION_LOCK
from bot.store.tables import METADATA


@pytest.fixture
def database_url(database_url: str, request: pytest.FixtureRequest) -> str:
    """Here databases start empty."""
    if database_url.startswith("postgresql"):
        return str(request.getfixturevalue("empty_postgres_url"))
    return database_url


async def test_migrations_make_exactly_the_tables_the_code_uses(database_url: str) -> None:
    upgrade(database_url)  # within a running loop on purpose: services do the same
    engine = open_engine(database_url)

    def differences(connection: Connection) -> object:
        return compare_metadata(MigrationContext.configure(connection), METADATA)

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()
    assert schema_version(database_url) == HEAD


def test_upgrading_twice_is_harmless(database_url: str) -> None:
    assert schema_version(database_url) is None
    upgrade(database_url)
    upgrade(database_url)
    assert schema_version(database_url) == HEAD


async def test_replicas_that_migrate_at_once_take_turns(empty_postgres_url: str) -> None:
    engine = open_engine(empty_postgres_url)
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    async with asyncio.timeout(20), engine.connect() as first, engine.connect() as onlooker:
        await first.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
        second = asyncio.create_task(asyncio.to_thread(upgrade, empty_postgres_url))
        while (await onlooker.execute(waiting)).scalar_one() == 0:
            assert not second.done()
        assert await asyncio.to_thread(schema_version, empty_postgres_url) is None
        await first.rollback()
        await second
    await engine.dispose()
    assert schema_version(empty_postgres_url) == HEAD


async def test_tables_of_others_are_left_alone(empty_postgres_url: str) -> None:
    engine = open_engine(empty_postgres_url)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE SCHEMA dbos"))
        await connection.execute(text("CREATE TABLE dbos.story (id int)"))
        await connection.execute(text("CREATE TABLE theirs (id int)"))
    await asyncio.to_thread(upgrade, empty_postgres_url)
    async with engine.connect() as connection:
        tables = await connection.execute(text("SELECT count(*) FROM pg_tables WHERE tablename = 'theirs'"))
        assert tables.scalar_one() == 1
    await engine.dispose()


async def test_a_store_is_ready_once_it_is_migrated(empty_postgres_url: str) -> None:
    store = open_store(empty_postgres_url, "team-a")
    with pytest.raises(StoreError) as caught:
        await store.ready()
    assert "plumb db upgrade" in caught.value.hint
    await asyncio.to_thread(upgrade, empty_postgres_url)
    assert await store.ready()
    engine = open_engine(empty_postgres_url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    await engine.dispose()
    with pytest.raises(StoreError, match=f"schema 0001, this version needs {HEAD}"):
        await store.ready()
    await store.close()


async def test_a_server_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    url = f"postgresql+asyncpg://postgres@/nothing?host={tmp_path}"
    store = open_store(url, "team-a")
    with pytest.raises(StoreError, match="cannot be reached"):
        await store.ready()
    await store.close()
    for doing in (upgrade, schema_version):
        with pytest.raises(StoreError, match="cannot be reached"):
            doing(url)


@pytest.mark.parametrize("url", ["mysql://root@localhost/x", "postgres", "", "oracle+oracledb://x"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="PLUMB_DATABASE_URL"):
        open_engine(url)


@pytest.mark.parametrize("form", ["postgres://", "postgresql://", "postgresql+psycopg://"])
async def test_any_form_of_address_is_understood(form: str, postgres_url: str) -> None:
    url = postgres_url.replace("postgresql+asyncpg://", form) + "&sslmode=disable"
    store = open_store(url, "team-a")
    assert await store.ready()
    await store.close()


async def test_sqlite_runs_with_the_pragmas_that_keep_data_safe(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite+aiosqlite:///{tmp_path / 'test.db'}")
    async with engine.connect() as connection:
        found = {
            name: (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    await engine.dispose()
    assert found == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 30000, "foreign_keys": 1}
