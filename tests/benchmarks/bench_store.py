"""Tickets per second into the database: COPY against inserts on PostgreSQL, and SQLite; posts per second.

    python -m tests.benchmarks.bench_store [--tickets 100000] [--posts 500]

Wall-clock seconds of the store alone: texts are made, redacted tickets as an import hands them over.
"""

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bootstrap import SystemClock
from bot.domain.posts import Post
from bot.domain.tickets import Ticket
from bot.services.outbox import Outbox
from bot.store import Store, UnitOfWork, open_store
from bot.store.database import upgrade
from bot.store.repositories import TICKET, _ticket_values, in_batches
from tests.postgres import run_server, url_of

BATCH = 500  # as imports do
TEXT = "my card has not arrived yet and the app shows an error when I try to log in please help"

Load = Callable[[UnitOfWork, int, Sequence[Ticket]], Awaitable[None]]


def tickets(count: int) -> list[Ticket]:
    rng, now, words = random.Random(7), datetime(2026, 1, 1, tzinfo=UTC), TEXT.split()
    return [
        Ticket(f"T-{n}", " ".join(rng.choices(words, k=30)), now, f"{n:016x}", {"plan": "Pro"}, {"EMAIL": 1})
        for n in range(count)
    ]


async def by_default(unit: UnitOfWork, source: int, batch: Sequence[Ticket]) -> None:
    await unit.tickets.add(source, batch)


async def by_inserts(unit: UnitOfWork, source: int, batch: Sequence[Ticket]) -> None:
    connection: AsyncConnection = unit.tickets._connection
    await connection.execute(insert(TICKET), [_ticket_values(source, ticket) for ticket in batch])


async def rate(store: Store, load: Load, batches: Sequence[Sequence[Ticket]]) -> float:
    started = time.perf_counter()
    async with store.write() as unit:
        source = await unit.sources.get_or_add(uuid4().hex, "csv", datetime.now(UTC))
        for batch in batches:
            await load(unit, source.id, batch)
    return sum(map(len, batches)) / (time.perf_counter() - started)


class Nobody:
    """A publisher that answers at once."""

    async def post(self, _post: Post) -> str:
        return f"{time.time():.6f}"

    async def find(self, _post: Post, _since: datetime) -> str | None:
        return None


async def post_rate(store: Store, count: int) -> float:
    outbox, run = Outbox(store, SystemClock(), Nobody()), uuid4().hex
    started = time.perf_counter()
    for number in range(count):
        await outbox.publish(Post(f"{run}:{number}", "C1", "Hello"))
    return count / (time.perf_counter() - started)


async def measure(name: str, url: str, wanted: argparse.Namespace, loads: dict[str, Load]) -> None:
    store = open_store(url, "team-a")
    batches = list(in_batches(tickets(wanted.tickets), BATCH))
    for how, load in loads.items():
        await rate(store, load, batches[:4])  # warm
        print(f"{name:<11} {how:<8} {await rate(store, load, batches):>10,.0f} tickets/s")
    print(
        f"{name:<11} {'outbox':<8} {await post_rate(store, wanted.posts):>10,.0f} posts/s, one after another"
    )
    await store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--posts", type=int, default=500)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/bench.db"
        asyncio.run(measure("SQLite", url, wanted, {"inserts": by_default}))
    with run_server(Path(tempfile.gettempdir()) / f"plumbline-{uuid4().hex[:12]}") as socket:
        url = url_of(socket, "postgres")
        upgrade(url)
        asyncio.run(measure("PostgreSQL", url, wanted, {"COPY": by_default, "inserts": by_inserts}))


if __name__ == "__main__":
    main()
