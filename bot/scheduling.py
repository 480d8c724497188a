"""When things are due: a clock that only stores jobs, under keys that make every other replica's the same."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]  # has no types
from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]  # has no types
from apscheduler.triggers.interval import IntervalTrigger  # type: ignore[import-untyped]  # has no types

from bot.durable import Durable
from bot.errors import StoreError
from bot.logs import LOGGER
from bot.ports import Clock, Job, Jobs, JsonObject

TIDY = "tidy"
TIDY_AT = time(3, 20)
FORGET = "forget_interactions"
FORGET_AT = time(3, 40)


@dataclass(frozen=True, slots=True)
class Daily:
    """A job due every day at a time in UTC; ``payload`` makes what it is given on a day."""

    job: str
    at: time
    payload: Callable[[date], JsonObject]

    def newest(self, now: datetime) -> date:
        """The day on which it was due last."""
        today = now.astimezone(UTC)
        return today.date() if today.time() >= self.at else today.date() - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Often:
    """A look, every so often, at what has become due; it stores jobs under keys and does nothing else."""

    name: str
    every: timedelta
    look: Callable[[datetime], Awaitable[None]]


class Schedule:
    """Fires in every process. What was missed while none ran is made up for at the start, the newest only;
    the key of a job is its day, so that it is done once however many fire."""

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        self._jobs = jobs
        self._clock = clock
        self._dailies: list[Daily] = []
        self._oftens: list[Often] = []
        # In memory: a job store that processes share runs every slot several times.
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        )

    def daily(self, daily: Daily) -> None:
        trigger = CronTrigger(hour=daily.at.hour, minute=daily.at.minute, timezone=UTC)
        self._scheduler.add_job(self._fire, trigger, args=[daily], id=daily.job)
        self._dailies.append(daily)

    def often(self, often: Often) -> None:
        trigger = IntervalTrigger(seconds=int(often.every.total_seconds()), timezone=UTC)
        self._scheduler.add_job(self._look, trigger, args=[often], id=often.name)
        self._oftens.append(often)

    async def start(self) -> None:
        """Call it in the running loop, once jobs are taken."""
        for daily in self._dailies:
            await self._fire(daily)
        for often in self._oftens:
            await self._look(often)
        self._scheduler.start()

    def stop(self) -> None:
        """Nothing fires from now on."""
        # The asyncio scheduler's own shutdown comes only later in the loop; pausing is at once.
        self._scheduler.pause()
        self._scheduler.shutdown(wait=False)

    async def _fire(self, daily: Daily) -> None:
        day = daily.newest(self._clock.now())
        try:
            await self._jobs.enqueue(daily.job, f"{daily.job}:{day.isoformat()}", daily.payload(day))
        except StoreError as error:
            LOGGER.warning("%s of %s was not stored, it waits for the next day: %s", daily.job, day, error)

    async def _look(self, often: Often) -> None:
        try:
            await often.look(self._clock.now())
        except StoreError as error:
            LOGGER.warning("%s was not looked at, it waits for the next time: %s", often.name, error)


def schedule_tidying(schedule: Schedule, durable: Durable, keep: timedelta) -> None:
    """Every day, forget the jobs that were done longer than ``keep`` ago."""

    async def tidy(job: Job, payload: JsonObject) -> None:
        await job.step("forget", durable.tidy, datetime.fromisoformat(payload["before"]))

    def payload(day: date) -> JsonObject:
        return {"before": (datetime.combine(day, TIDY_AT, UTC) - keep).isoformat()}

    durable.register(TIDY, tidy)
    schedule.daily(Daily(TIDY, TIDY_AT, payload))


def schedule_forgetting(
    schedule: Schedule, durable: Durable, forget: Callable[[datetime], Awaitable[int]]
) -> None:
    """Every day, delete interactions that their features do not keep as long; ``forget`` says how many."""

    async def forget_old(job: Job, payload: JsonObject) -> None:
        await job.step("forget", forget, datetime.fromisoformat(payload["now"]))

    def payload(day: date) -> JsonObject:
        return {"now": datetime.combine(day, FORGET_AT, UTC).isoformat()}

    durable.register(FORGET, forget_old)
    schedule.daily(Daily(FORGET, FORGET_AT, payload))
