"""A served database that fails: one sentence for people, and the next transaction works."""

import asyncio
import time

import numpy as np
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.domain.tickets import Ticket
from bot.errors import StoreError
from bot.store import Store, open_store
from bot.store import postgres as module
from bot.store.database import open_engine
from bot.store.repositories import text_hash
from tests.conftest import FixedClock

NOW = FixedClock().now()
KEYS = sorted(text_hash(word) for word in ("one", "two"))
VECTOR = np.ones(4, np.float16)


@pytest.fixture
def database_url(postgres_url: str) -> str:
    return postgres_url


async def _cut_off(url: str) -> None:
    """Everybody else's connections end, as when the server is stopped."""
    engine = open_engine(url)
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
    async with engine.connect() as connection:
        await connection.execute(text(others + "AND pid <> pg_backend_pid()"))
    await engine.dispose()


@pytest.mark.parametrize("bulk", [False, True])
async def test_a_connection_lost_within_a_transaction(store: Store, database_url: str, bulk: bool) -> None:
    async def lose() -> None:
        async with store.write() as unit:
            source = await unit.sources.get_or_add("log", "csv", NOW)
            await _cut_off(database_url)
            if bulk:
                await unit.tickets.add(source.id, [Ticket("T-1", "Hello")])
            else:
                await unit.sources.names()

    with pytest.raises(StoreError):
        await lose()
    async with store.read() as unit:
        assert await unit.sources.names() == []


@pytest.mark.parametrize("bulk", [False, True])
async def test_a_process_that_was_frozen_within_a_transaction(
    database_url: str, monkeypatch: pytest.MonkeyPatch, bulk: bool
) -> None:
    monkeypatch.setitem(module.SETTINGS, "idle_in_transaction_session_timeout", "50ms")
    store = open_store(database_url, "team-a")

    async def freeze() -> None:
        async with store.write() as unit:
            source = await unit.sources.get_or_add("log", "csv", NOW)
            time.sleep(0.5)  # noqa: ASYNC251  the whole process stands still
            if bulk:
                await unit.tickets.add(source.id, [Ticket("T-1", "Hello")])
            else:
                await unit.sources.names()

    with pytest.raises(StoreError):
        await freeze()
    async with store.read() as unit:
        assert await unit.sources.names() == []
    await store.close()


async def test_connections_lost_between_transactions_are_not_noticed(store: Store, database_url: str) -> None:
    assert await store.ready()
    await _cut_off(database_url)
    assert await store.ready()


async def test_a_deadlock_is_a_failure_that_may_be_tried_again(store: Store) -> None:
    inserted = [asyncio.Event(), asyncio.Event()]

    async def put(team: str, mine: int) -> None:
        async with store.for_team(team).write() as unit:
            await unit.embeddings.put("m", {KEYS[mine]: VECTOR})
            inserted[mine].set()
            await inserted[1 - mine].wait()
            await unit.embeddings.put("m", {KEYS[1 - mine]: VECTOR})

    async with asyncio.timeout(20):
        outcomes = await asyncio.gather(put("team-a", 0), put("team-b", 1), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "StoreError"]


async def test_teams_that_keep_the_same_texts_do_not_deadlock(store: Store) -> None:
    vectors = {text_hash(str(n)): VECTOR for n in range(3_000)}
    backwards = dict(reversed(vectors.items()))

    async def put(team: str, these: dict[bytes, np.ndarray[tuple[int], np.dtype[np.float16]]]) -> None:
        async with store.for_team(team).write() as unit:
            await unit.embeddings.put("m", these)

    await asyncio.gather(put("team-a", vectors), put("team-b", backwards))
    async with store.read() as unit:
        assert len(await unit.embeddings.get("m", list(vectors))) == 3_000


async def test_a_writer_that_waits_too_long_is_told(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(module.SETTINGS, "lock_timeout", "50ms")
    store = open_store(database_url, "team-a")
    async with store.write():
        with pytest.raises(StoreError, match="did not answer in time"):
            async with store.write():
                pass
    await store.close()


async def test_mistakes_of_ours_stay_what_they_are(store: Store) -> None:
    async def twice() -> None:
        async with store.write() as unit:
            source = await unit.sources.get_or_add("log", "csv", NOW)
            await unit.tickets.add(source.id, [Ticket("T-1", "Hello"), Ticket("T-1", "again")])

    with pytest.raises(DBAPIError, match="uq_ticket_source_id"):
        await twice()
