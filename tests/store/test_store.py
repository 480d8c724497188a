"""Rows in, rows out: transactions, teams, both databases."""

import asyncio
from datetime import UTC, datetime

import numpy as np
import pytest

from bot.domain.tickets import Ticket
from bot.store import Store, open_store
from bot.store.repositories import text_hash

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)


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


async def test_text_no_database_takes_is_made_harmless(store: Store) -> None:
    hostile = Ticket("T-\x001", "a\x00b \ud800 c 🎉", NOW, None, {"plan\x00": "\udfff"}, {})
    async with store.write() as unit:
        source = await unit.sources.get_or_add("log\x00", "csv", NOW)
        await unit.tickets.add(source.id, [hostile])
    async with store.read() as unit:
        (found,) = await unit.tickets.all(source.id)
        assert await unit.tickets.some(source.id, ["T-\x001"]) == [found]
        assert await unit.sources.names() == ["log"]
    assert (found.ticket_id, found.text) == ("T-1", "ab \ufffd c 🎉")


async def test_writers_of_a_team_take_turns(store: Store) -> None:
    """Without turns both would see nothing spent, and the cap would be passed."""

    async def reserve_once() -> bool:
        async with store.write() as unit:
            if await unit.spending.spent_since(NOW) > 0:
                return False
            await asyncio.sleep(0)
            await unit.spending.reserve("openai:x", "", 1.0, NOW)
            return True

    assert sorted(await asyncio.gather(*(reserve_once() for _ in range(4)))) == [False, False, False, True]


async def test_teams_share_the_engine_but_no_rows(store: Store) -> None:
    other = store.for_team("team-b")
    async with store.write() as unit, asyncio.timeout(5):
        await unit.sources.get_or_add("log", "csv", NOW)
        async with other.read() as unit_b:
            assert await unit_b.sources.names() == []
    async with store.for_team("team-a").read() as unit:
        assert await unit.sources.names() == ["log"]
