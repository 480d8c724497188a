"""The database: schema, transactions, teams."""

import asyncio
from datetime import UTC, datetime

import numpy as np
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from bot.domain.tickets import Ticket
from bot.store import Store, open_store
from bot.store.database import HEAD, open_engine, schema_version, upgrade
from bot.store.repositories import text_hash
from bot.store.tables import METADATA

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)


def test_migrations_make_exactly_the_tables_the_code_uses(database_url: str) -> None:
    upgrade(database_url)
    engine = create_engine(database_url.replace("+aiosqlite", ""))
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()
    assert differences == []
    assert schema_version(database_url) == HEAD


def test_upgrading_twice_is_harmless(database_url: str) -> None:
    upgrade(database_url)
    upgrade(database_url)
    assert schema_version(database_url) == HEAD


async def test_sqlite_runs_with_the_pragmas_that_keep_data_safe(database_url: str) -> None:
    engine = open_engine(database_url)
    async with engine.connect() as connection:
        found = {
            name: (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    await engine.dispose()
    assert found == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 30000, "foreign_keys": 1}


async def test_a_failed_write_leaves_nothing(store: Store) -> None:
    async def fail() -> None:
        async with store.write() as unit:
            await unit.sources.get_or_add("log", "csv", NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with store.read() as unit:
        assert await unit.sources.names() == []


async def test_readers_do_not_wait_for_a_writer(store: Store) -> None:
    async with store.write() as unit:
        await unit.sources.get_or_add("log", "csv", NOW)
        async with asyncio.timeout(5), store.read() as other:
            assert await other.sources.names() == []


async def test_one_team_never_sees_another(store: Store, database_url: str) -> None:
    async with store.write() as unit:
        await unit.sources.get_or_add("log", "csv", NOW)
        await unit.themes.add("log", "normal", [{"id": "TH-1"}], NOW)
        await unit.spending.reserve("openai:x", "", 1.0, NOW)
    other = open_store(database_url, "team-b")
    async with other.read() as unit:
        assert await unit.sources.names() == []
        assert await unit.themes.newest("log") == []
        assert await unit.spending.spent_since(NOW) == 0
        assert await unit.stories.all() == []
    await other.close()


async def test_tickets_come_back_as_they_went_in(store: Store) -> None:
    tickets = [
        Ticket("T-1", "Where is my parcel?", NOW, "abc", {"plan": "Pro"}, {"EMAIL": 1}),
        Ticket("T-2", "ünïcödé 🎉 \u200b", None, None, {}, {}),
    ]
    async with store.write() as unit:
        source = await unit.sources.get_or_add("log", "csv", NOW)
        await unit.tickets.add(source.id, tickets)
    async with store.read() as unit:
        assert await unit.tickets.all(source.id) == tickets
        assert await unit.tickets.some(source.id, ["T-2", "T-9"]) == tickets[1:]
        assert await unit.tickets.count(source.id) == 2
        hashes = await unit.tickets.hashes(source.id, (f"T-{n}" for n in range(1_200)))
    assert hashes == {"T-1": text_hash(tickets[0].text), "T-2": text_hash(tickets[1].text)}


async def test_vectors_are_kept_once_per_model_and_text(store: Store) -> None:
    key = text_hash("hello")
    first, second = np.ones(4, np.float16), np.zeros(4, np.float16)
    async with store.write() as unit:
        await unit.embeddings.put("m", {key: first})
        await unit.embeddings.put("m", {key: second})
    async with store.read() as unit:
        found = await unit.embeddings.get("m", [key, text_hash("other")])
        assert await unit.embeddings.get("another", [key]) == {}
    assert list(found) == [key]
    assert (found[key] == first).all()


async def test_spending_counts_reservations_until_they_are_settled(store: Store) -> None:
    async with store.write() as unit:
        call = await unit.spending.reserve("openai:x", "draft_story@1", 0.5, NOW)
        await unit.spending.reserve("openai:x", "draft_story@1", 0.25, NOW)
        await unit.spending.settle(call, 0.125, 10, 20)
    async with store.read() as unit:
        assert await unit.spending.spent_since(NOW) == pytest.approx(0.375)
