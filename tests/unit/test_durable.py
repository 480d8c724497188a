"""Durable jobs on both databases: once per key, resumed from where they were, in lanes; failures told."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import make_url, text

from bot.durable import Durable, migrate
from bot.errors import DeliveryLimited, ImportRefused, StoreError
from bot.ports import Job, JsonObject
from bot.store.database import open_engine
from tests.conftest import FixedClock

SOON = 20.0
DROP_ALL = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = :database"


class House:
    """A data folder, and one process after the other on it."""

    def __init__(self, url: str, folder: Path, clock: FixedClock) -> None:
        self.url = url
        self.folder = folder
        self.clock = clock

    def durable(self, **options: Any) -> Durable:
        return Durable(self.url, self.folder, clock=self.clock, **options)

    @asynccontextmanager
    async def running(self, register: Callable[[Durable], None], **options: Any) -> AsyncIterator[Durable]:
        durable = self.durable(**options)
        register(durable)
        await durable.start()
        try:
            yield durable
        finally:
            await durable.close()


@pytest.fixture
def on_sqlite(tmp_path: Path, clock: FixedClock) -> House:
    return House(f"sqlite+aiosqlite:///{tmp_path / 'plumbline.db'}", tmp_path, clock)


@pytest.fixture(params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> House:
    if request.param == "sqlite":
        return cast("House", request.getfixturevalue("on_sqlite"))
    url: str = request.getfixturevalue("postgres_url")
    migrate(url)
    return House(url, tmp_path, clock)


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(SOON):
        while not await condition():  # noqa: ASYNC110  the database sets no event
            await asyncio.sleep(0.01)


async def until_quiet(durable: Durable) -> None:
    """Like ``all_done``, where the database may be away."""

    async def idle() -> bool:
        try:
            return await durable.pending() == 0
        except StoreError:
            return False

    await until(idle)


async def all_done(durable: Durable) -> None:
    async def idle() -> bool:
        return await durable.pending() == 0

    await until(idle)


class Ledger:
    """Counts effects by name."""

    def __init__(self) -> None:
        self.entries: list[Any] = []

    async def write(self, entry: Any) -> Any:
        self.entries.append(entry)
        return entry


async def test_a_key_is_done_once_however_often_it_arrives(house: House) -> None:
    ledger = Ledger()

    async def job(job: Job, payload: JsonObject) -> None:
        await job.step("write", ledger.write, payload["n"])

    async with house.running(lambda d: d.register("count", job)) as durable:
        first = await asyncio.gather(*(durable.enqueue("count", "k", {"n": n}) for n in range(5)))
        assert sorted(first) == [False, False, False, False, True]
        await all_done(durable)
        assert await durable.enqueue("count", "k", {"n": 9}) is False
        assert await durable.enqueue("count", "other", {"n": 7}) is True
        await all_done(durable)
    assert sorted(ledger.entries) == [first.index(True), 7]
    async with house.running(lambda d: d.register("count", job)) as durable:
        assert await durable.enqueue("count", "k", {"n": 9}) is False
    assert len(ledger.entries) == 2


async def test_enqueue_returns_once_the_row_is_on_disk(on_sqlite: House) -> None:
    async def job(job: Job, payload: JsonObject) -> None:
        pass

    async with on_sqlite.running(lambda d: d.register("idle", job)) as durable:
        await durable.enqueue("idle", "ev:T1:E1", {"text": "höchst wichtig"})
        with closing(sqlite3.connect(on_sqlite.folder / "inbox.db")) as other:
            rows = other.execute("SELECT key, job, json_extract(payload, '$.text') FROM inbox").fetchall()
        assert rows == [("ev:T1:E1", "idle", "höchst wichtig")]
        await all_done(durable)


async def test_parked_work_goes_on_after_its_last_step(house: House) -> None:
    ledger, reached = Ledger(), asyncio.Event()
    blocked = True

    async def second(before: int) -> int:
        reached.set()
        if blocked:
            await asyncio.Event().wait()
        return int(await ledger.write(before + 1))

    async def job(job: Job, payload: JsonObject) -> None:
        first = await job.step("first", ledger.write, payload["n"])
        await job.step("third", ledger.write, await job.step("second", second, first) + 1)

    async with house.running(lambda d: d.register("steps", job)) as durable:
        await durable.enqueue("steps", "k", {"n": 1})
        await asyncio.wait_for(reached.wait(), SOON)
        assert await durable.drain(0.05) == 1
        await durable.enqueue("steps", "late", {"n": 10})  # still taken in, begun at the next start
    assert ledger.entries == [1]
    blocked = False
    async with house.running(lambda d: d.register("steps", job)) as durable:
        await all_done(durable)
    assert sorted(ledger.entries) == [1, 2, 3, 10, 11, 12]


async def test_draining_lets_what_runs_finish(house: House) -> None:
    ledger, reached, go = Ledger(), asyncio.Event(), asyncio.Event()

    async def job(job: Job, payload: JsonObject) -> None:
        reached.set()
        await go.wait()
        await job.step("write", ledger.write, "done")

    async with house.running(lambda d: d.register("slow", job)) as durable:
        await durable.enqueue("slow", "k", {})
        await asyncio.wait_for(reached.wait(), SOON)
        draining = asyncio.create_task(durable.drain(SOON))
        go.set()
        assert await draining == 0
        assert await durable.pending() == 0
    assert ledger.entries == ["done"]


async def test_a_failed_step_fails_alike_after_a_restart(house: House) -> None:
    """The stored failure comes back with its type, words, hint and fields; nothing is done again."""
    caught: list[DeliveryLimited] = []
    tries, reached = Ledger(), asyncio.Event()
    blocked = True

    async def limited() -> None:
        await tries.write("tried")
        raise DeliveryLimited("Slack asks to wait.", retry_after=0.25)

    async def job(job: Job, payload: JsonObject) -> None:
        try:
            await job.step("post", limited)
        except DeliveryLimited as error:
            caught.append(error)
        reached.set()
        if blocked:
            await asyncio.Event().wait()

    async with house.running(lambda d: d.register("post", job)) as durable:
        await durable.enqueue("post", "k", {})
        await asyncio.wait_for(reached.wait(), SOON)
    blocked = False
    async with house.running(lambda d: d.register("post", job)) as durable:
        await all_done(durable)
    assert tries.entries == ["tried"]
    assert [(e.message, e.hint, e.code, e.retry_after) for e in caught] == [
        ("Slack asks to wait.", "", "delivery_limited", 0.25)
    ] * 2


async def test_retries_end_with_success_or_with_the_last_failure(house: House) -> None:
    tries: list[str] = []
    outcome: list[str] = []

    async def flaky(name: str, fails: int) -> str:
        tries.append(name)
        if tries.count(name) <= fails:
            raise DeliveryLimited(f"{name} {tries.count(name)}", retry_after=0.01)
        return name

    async def refused() -> None:
        tries.append("refused")
        raise ImportRefused("No tickets.", code="no_rows", hint="Export it again.")

    async def job(job: Job, payload: JsonObject) -> None:
        outcome.append(await job.step("a", flaky, "recovers", 2, retries=2))
        for label, work, arguments in (("b", flaky, ("stays", 9)), ("c", refused, ())):
            try:
                await job.step(label, work, *arguments, retries=2)
            except (DeliveryLimited, ImportRefused) as error:
                outcome.append(f"{error.message} {error.hint}")

    async with house.running(lambda d: d.register("retry", job)) as durable:
        await durable.enqueue("retry", "k", {})
        await all_done(durable)
    assert outcome == ["recovers", "stays 3 ", "No tickets. Export it again."]
    assert (tries.count("recovers"), tries.count("stays"), tries.count("refused")) == (3, 3, 1)


async def test_a_failed_job_is_told_once_and_takes_nobody_along(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[tuple[JsonObject, str, str]] = []
    ledger = Ledger()

    async def fails(job: Job, payload: JsonObject) -> None:
        await job.step("write", ledger.write, "before")
        raise ValueError("no such thing")

    async def works(job: Job, payload: JsonObject) -> None:
        await job.step("write", ledger.write, "other")

    async def tell(payload: JsonObject, error: Exception, reference: str) -> None:
        told.append((payload, repr(error), reference))

    async def mute(payload: JsonObject, error: Exception, reference: str) -> None:
        raise RuntimeError("nobody home")

    def register(durable: Durable) -> None:
        durable.register("fails", fails, on_failure=tell)
        durable.register("fails mutely", fails, on_failure=mute)
        durable.register("works", works)

    with caplog.at_level(logging.ERROR, "plumbline"):
        async with house.running(register) as durable:
            await durable.enqueue("fails", "k", {"who": "U1"})
            await durable.enqueue("fails mutely", "m", {})
            await durable.enqueue("nobody does this", "n", {})
            await durable.enqueue("works", "w", {})
            await all_done(durable)
        async with house.running(register) as durable:
            await all_done(durable)
    ((payload, error, reference),) = told
    assert (payload, error) == ({"who": "U1"}, "ValueError('no such thing')")
    assert f"failure {reference}" in caplog.messages
    assert sorted(ledger.entries) == ["before", "before", "other"]


async def test_work_cancelled_from_within_is_a_failure_and_does_not_linger(house: House) -> None:
    told = Ledger()

    async def gives_in() -> None:
        raise asyncio.CancelledError

    async def job(job: Job, payload: JsonObject) -> None:
        await job.step("wait for somebody who was cancelled", gives_in)

    async def tell(payload: JsonObject, error: Exception, reference: str) -> None:
        await told.write(type(error).__name__)

    async with house.running(lambda d: d.register("wait", job, on_failure=tell)) as durable:
        await durable.enqueue("wait", "k", {})
        await all_done(durable)
    assert told.entries == ["WorkStopped"]


async def test_heavy_jobs_leave_room_for_quick_ones_and_each_lane_keeps_its_limit(house: House) -> None:
    go = asyncio.Event()
    active = {"heavy": 0, "quick": 0}
    most = dict(active)
    order: list[int] = []

    async def enter(lane: str) -> None:
        active[lane] += 1
        most[lane] = max(most[lane], active[lane])

    async def heavy(job: Job, payload: JsonObject) -> None:
        await enter("heavy")
        await go.wait()
        active["heavy"] -= 1

    async def quick(job: Job, payload: JsonObject) -> None:
        await enter("quick")
        order.append(payload["n"])
        await asyncio.sleep(0)
        active["quick"] -= 1

    def register(durable: Durable) -> None:
        durable.register("heavy", heavy, heavy=True)
        durable.register("quick", quick)

    async with house.running(register, concurrency=2, heavy=1) as durable:
        for n in range(3):
            await durable.enqueue("heavy", f"h{n}", {})
        for n in range(8):
            await durable.enqueue("quick", f"q{n}", {"n": n})

        async def only_heavy_left() -> bool:
            return await durable.pending() == 3

        await until(only_heavy_left)
        assert active["heavy"] == 1
        go.set()
        await all_done(durable)
    assert most["heavy"] == 1
    assert most["quick"] <= 2
    assert sorted(order) == list(range(8))


async def test_jobs_are_begun_in_order_of_arrival(house: House) -> None:
    ledger = Ledger()

    async def job(job: Job, payload: JsonObject) -> None:
        await ledger.write(payload["n"])

    async with house.running(lambda d: d.register("note", job), concurrency=1) as durable:
        await asyncio.gather(*(durable.enqueue("note", f"k{n}", {"n": n}) for n in range(12)))
        await all_done(durable)
    assert ledger.entries == list(range(12))


async def test_a_second_process_on_the_folder_is_told_in_one_sentence(on_sqlite: House) -> None:
    async with on_sqlite.running(lambda d: None):
        with pytest.raises(StoreError, match=f"Another Plumbline is running on .*{on_sqlite.folder.name}"):
            await on_sqlite.durable().start()
    async with on_sqlite.running(lambda d: None):
        pass  # free again


async def test_what_cannot_be_stored_fails_for_its_caller_only(house: House) -> None:
    ledger = Ledger()

    async def job(job: Job, payload: JsonObject) -> None:
        await ledger.write(payload["n"])

    async with house.running(lambda d: d.register("note", job)) as durable:
        outcomes = await asyncio.gather(
            durable.enqueue("note", "good", {"n": 1}),
            durable.enqueue("note", "bad", {"n": object()}),
            return_exceptions=True,
        )
        assert outcomes[0] is True
        assert isinstance(outcomes[1], TypeError)
        await all_done(durable)
    with pytest.raises(StoreError, match="stopping"):
        await durable.enqueue("note", "late", {"n": 2})
    assert ledger.entries == [1]


async def test_recovered_jobs_keep_to_the_limit_too(house: House) -> None:
    """The engine starts again all that was under way; here with room for two instead of six."""
    gate, begun, active, most = asyncio.Event(), asyncio.Event(), 0, 0

    async def job(job: Job, payload: JsonObject) -> None:
        nonlocal active, most
        active += 1
        most = max(most, active)
        if active == 6:
            begun.set()
        try:
            await gate.wait()
        finally:
            active -= 1

    async with house.running(lambda d: d.register("wait", job), concurrency=6) as durable:
        for n in range(6):
            await durable.enqueue("wait", f"k{n}", {})
        await asyncio.wait_for(begun.wait(), SOON)
        assert await durable.drain(0) == 6
    assert (active, most) == (0, 6)
    most = 0
    async with house.running(lambda d: d.register("wait", job), concurrency=2) as durable:

        async def two_active() -> bool:
            return active == 2

        await until(two_active)
        gate.set()
        await all_done(durable)
    assert most == 2


async def test_a_job_that_the_engine_gave_up_is_told_of(on_sqlite: House) -> None:
    """As after too many starts: its workflow has ended, the inbox still waits."""
    told: list[JsonObject] = []
    hold = asyncio.Event()

    async def job(job: Job, payload: JsonObject) -> None:
        await hold.wait()

    async def tell(payload: JsonObject, error: Exception, reference: str) -> None:
        told.append(payload)

    def register(durable: Durable) -> None:
        durable.register("wait", job, on_failure=tell)

    async with on_sqlite.running(register) as durable:
        await durable.enqueue("wait", "k", {"n": 1})

        async def begun() -> bool:
            with closing(sqlite3.connect(on_sqlite.folder / "durable.db")) as engine:
                return bool(engine.execute("SELECT 1 FROM workflow_status").fetchone())

        await until(begun)
    with closing(sqlite3.connect(on_sqlite.folder / "durable.db")) as engine, engine:
        engine.execute("UPDATE workflow_status SET status = 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'")
    async with on_sqlite.running(register) as durable:
        await all_done(durable)
    assert told == [{"n": 1}]


async def test_a_spoilt_file_is_told_in_one_sentence_and_leaves_the_folder_free(on_sqlite: House) -> None:
    for name in ("inbox.db", "durable.db"):
        spoilt = on_sqlite.folder / name
        spoilt.write_bytes(b"this is no database, whatever its name says" * 50)
        with pytest.raises(StoreError) as raised:
            await on_sqlite.durable().start()
        assert raised.value.hint
        spoilt.unlink()
    async with on_sqlite.running(lambda d: None):
        pass


async def until_ended(durable: Durable) -> None:
    """The engine notes the end of a job a moment after the inbox has."""

    async def ended() -> bool:
        return not await durable._runs.executors()

    await until(ended)


async def test_age_of_the_oldest_and_forgetting_the_old(house: House) -> None:
    go, ledger = asyncio.Event(), Ledger()

    async def job(job: Job, payload: JsonObject) -> None:
        await job.step("wait", go.wait)
        await job.step("write", ledger.write, payload["n"])

    house.clock.time = datetime.now(UTC)  # the engine stamps with the machine's clock
    async with house.running(lambda d: d.register("wait", job)) as durable:
        assert await durable.oldest_pending_seconds() == 0.0
        await durable.enqueue("wait", "old", {"n": 1})
        house.clock.time += timedelta(seconds=90)
        assert await durable.oldest_pending_seconds() == 90.0
        go.set()
        await all_done(durable)
        await until_ended(durable)
        house.clock.time += timedelta(days=30)
        await durable.tidy(house.clock.time - timedelta(days=14))
        assert await durable.enqueue("wait", "old", {"n": 2}) is True  # forgotten, so new again
        await all_done(durable)
    assert ledger.entries == [1, 2]


async def test_nothing_is_printed(house: House, capfd: pytest.CaptureFixture[str]) -> None:
    async def fails(job: Job, payload: JsonObject) -> None:
        raise ValueError("quietly")

    async with house.running(lambda d: d.register("fails", fails)) as durable:
        await durable.enqueue("fails", "k", {})
        await all_done(durable)
    assert capfd.readouterr() == ("", "")


async def test_a_postgres_that_is_not_migrated_says_what_to_do(
    postgres_url: str, tmp_path: Path, clock: FixedClock
) -> None:
    durable = Durable(postgres_url, tmp_path, clock=clock)
    with pytest.raises(StoreError) as raised:
        await durable.start()
    assert "plumb db upgrade" in raised.value.hint


async def test_dropped_connections_fail_no_job_and_repeat_no_step(
    postgres_url: str, tmp_path: Path, clock: FixedClock
) -> None:
    migrate(postgres_url)
    ledger = Ledger()
    url = make_url(postgres_url)
    server = open_engine(url.set(database="postgres").render_as_string(hide_password=False))

    async def job(job: Job, payload: JsonObject) -> None:
        for step in range(5):
            await job.step("write", ledger.write, (payload["n"], step))
            await server_drops(step)

    async def server_drops(step: int) -> None:
        if step % 2:
            async with server.connect() as connection:
                await connection.execute(text(DROP_ALL), {"database": url.database})

    async with House(postgres_url, tmp_path, clock).running(lambda d: d.register("steps", job)) as durable:
        for n in range(3):
            await durable.enqueue("steps", f"k{n}", {"n": n})

        async def all_written() -> bool:
            return len(ledger.entries) >= 15

        await until(all_written)
        await server.dispose()
        await until_quiet(durable)
    assert sorted(ledger.entries) == [(n, step) for n in range(3) for step in range(5)]
