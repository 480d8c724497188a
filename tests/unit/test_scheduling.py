"""What is due is stored once, however many fire; what was missed is made up for, the newest only."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise

import pytest

from bot.errors import StoreError
from bot.ports import Job, JsonObject
from bot.scheduling import Daily, Often, Schedule, schedule_forgetting, schedule_tidying
from tests.conftest import FixedClock
from tests.unit.test_durable import House, all_done, house, on_sqlite

__all__ = ["house", "on_sqlite"]

SOON = 10.0
REPORT = Daily("report", time(9), lambda day: {"day": day.isoformat()})


class Inbox:
    """Takes jobs by key, as the real one does; ``down`` is an outage."""

    def __init__(self) -> None:
        self.taken: dict[str, JsonObject] = {}
        self.calls: asyncio.Queue[str] = asyncio.Queue()
        self.down = False

    async def enqueue(self, name: str, key: str, payload: JsonObject) -> bool:
        if self.down:
            raise StoreError("The database of jobs did not answer.")
        new = key not in self.taken
        self.taken.setdefault(key, payload)
        self.calls.put_nowait(key)
        return new


@contextmanager
def scheduled(inbox: Inbox, clock: FixedClock) -> Iterator[Schedule]:
    schedule = Schedule(inbox, clock)
    schedule.daily(REPORT)
    yield schedule
    schedule.stop()


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 11, 16, 8, 59, 59, tzinfo=UTC), date(2026, 11, 15)),
        (datetime(2026, 11, 16, 9, tzinfo=UTC), date(2026, 11, 16)),
        (datetime(2026, 11, 16, 23, 59, tzinfo=UTC), date(2026, 11, 16)),
        (datetime(2027, 1, 1, 0, 0, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 11, 16, 10, tzinfo=timezone(timedelta(hours=2))), date(2026, 11, 15)),
    ],
)
def test_the_newest_day_that_was_due(now: datetime, due: date) -> None:
    assert REPORT.newest(now) == due


async def test_a_start_makes_up_for_the_newest_missed_day_only(clock: FixedClock) -> None:
    inbox = Inbox()
    for days in (0, 5):  # down for five days
        clock.time += timedelta(days=days)
        with scheduled(inbox, clock) as schedule:
            await schedule.start()
    assert inbox.taken == {
        "report:2026-11-16": {"day": "2026-11-16"},
        "report:2026-11-21": {"day": "2026-11-21"},
    }


async def test_every_replica_fires_and_one_job_comes_of_it(clock: FixedClock) -> None:
    inbox = Inbox()
    with scheduled(inbox, clock) as one, scheduled(inbox, clock) as other:
        for schedule in (one, other):
            await schedule.start()
        clock.time += timedelta(days=1)
        for schedule in (one, other):
            schedule._scheduler.modify_job("report", next_run_time=datetime.now(UTC))
        async with asyncio.timeout(SOON):
            keys = [await inbox.calls.get() for _ in range(4)]
    assert keys == ["report:2026-11-16"] * 2 + ["report:2026-11-17"] * 2
    assert len(inbox.taken) == 2


async def test_how_it_fires(clock: FixedClock) -> None:
    with scheduled(Inbox(), clock) as schedule:
        await schedule.start()
        job = schedule._scheduler.get_job("report")
        assert (job.coalesce, job.misfire_grace_time, job.max_instances) == (True, None, 1)
        after = datetime(2026, 11, 16, 9, 0, 1, tzinfo=UTC)
        assert job.trigger.get_next_fire_time(None, after) == datetime(2026, 11, 17, 9, tzinfo=UTC)


async def test_an_outage_of_the_database_stops_nobody(
    clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    inbox = Inbox()
    inbox.down = True
    with scheduled(inbox, clock) as schedule:
        await schedule.start()
        assert "report of 2026-11-16 was not stored" in caplog.text
        inbox.down = False
        schedule._scheduler.modify_job("report", next_run_time=datetime.now(UTC))
        async with asyncio.timeout(SOON):
            assert await inbox.calls.get() == "report:2026-11-16"


async def test_what_looks_often_looks_at_the_start_and_outlives_an_outage(
    clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    inbox = Inbox()
    inbox.down = True

    async def look(now: datetime) -> None:
        await inbox.enqueue("look", now.isoformat(), {})

    schedule = Schedule(inbox, clock)
    schedule.often(Often("look", timedelta(minutes=2), look))
    await schedule.start()
    try:
        assert "look was not looked at" in caplog.text
        inbox.down = False
        schedule._scheduler.modify_job("look", next_run_time=datetime.now(UTC))
        async with asyncio.timeout(SOON):
            assert await inbox.calls.get() == clock.time.isoformat()
    finally:
        schedule.stop()


async def test_stopped_it_fires_no_more(clock: FixedClock) -> None:
    inbox = Inbox()
    with scheduled(inbox, clock) as schedule:
        await schedule.start()
        schedule._scheduler.modify_job("report", next_run_time=datetime.now(UTC))
    await asyncio.sleep(0)  # the end of it comes in the loop's next turn
    assert not schedule._scheduler.running
    assert inbox.calls.qsize() == 1  # that of the start


async def test_finished_jobs_are_forgotten_after_their_time(house: House) -> None:
    house.clock.time = datetime.now(UTC)  # the engine stamps with the machine's clock
    done: list[str] = []

    async def job(job: Job, payload: JsonObject) -> None:
        done.append(job.key)

    durable = house.durable()
    durable.register("job", job)
    schedule = Schedule(durable, house.clock)
    schedule_tidying(schedule, durable, timedelta(days=30))
    await durable.start()
    try:
        await durable.enqueue("job", "old", {})
        await all_done(durable)
        for days, forgotten in ((29, False), (3, True)):
            house.clock.time += timedelta(days=days)
            await schedule._fire(schedule._dailies[0])
            await all_done(durable)
            assert await durable.enqueue("job", "old", {}) is forgotten
        await all_done(durable)
        assert done == ["old", "old"]
    finally:
        await durable.close()


async def test_interactions_are_forgotten_once_a_day(house: House) -> None:
    moments: list[datetime] = []

    async def forget(now: datetime) -> int:
        moments.append(now)
        return 0

    durable = house.durable()
    schedule = Schedule(durable, house.clock)
    schedule_forgetting(schedule, durable, forget)
    await durable.start()
    try:
        for _ in range(2):
            await schedule._fire(schedule._dailies[0])
        await all_done(durable)
        house.clock.time += timedelta(days=1)
        await schedule._fire(schedule._dailies[0])
        await all_done(durable)
        assert [later - earlier for earlier, later in pairwise(moments)] == [timedelta(days=1)]
    finally:
        await durable.close()
