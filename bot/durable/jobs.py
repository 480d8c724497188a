"""Durable jobs by name: taken in, run in lanes, finished or told to be failed."""

import asyncio
import json
import secrets
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.durable.databases import hold_folder, open_inbox
from bot.durable.engine import Engine, JobEnded
from bot.durable.intake import Intake
from bot.durable.lanes import Lane
from bot.durable.replicas import Pulse, Replicas
from bot.durable.retries import attempt
from bot.errors import StoreError, WorkStopped
from bot.logs import LOGGER, log_failure
from bot.ports import Clock, Job, JobFunction, JsonObject
from bot.store.database import is_sqlite
from bot.store.inbox import Waiting

OnFailure = Callable[[JsonObject, Exception, str], Awaitable[None]]
"""Told the payload, the error and the reference it was logged under; the last step of a failed job."""

PATIENCE_S = 2.0  # between two tries while the database is away


@dataclass(frozen=True, slots=True)
class _Kind:
    function: JobFunction
    heavy: bool
    on_failure: OnFailure | None


class Durable:
    """The jobs of one process. Call ``register``, then ``start`` in the running loop."""

    def __init__(
        self,
        app_url: str,
        folder: Path,
        *,
        clock: Clock,
        concurrency: int = 8,
        heavy: int = 2,
        pulse: Pulse = Pulse(),  # noqa: B008  a frozen value
    ) -> None:
        self._app_url = app_url
        self._folder = folder
        self._clock = clock
        self._limits = {False: concurrency, True: heavy}
        self._embedded = is_sqlite(app_url)
        # On PostgreSQL a new one per process: the old one's work is taken over as a dead replica's is.
        self._executor = "local" if self._embedded else f"{socket.gethostname()}-{secrets.token_hex(4)}"
        self._pulse = pulse
        self._kinds: dict[str, _Kind] = {}
        self._running: dict[str, asyncio.Task[Any]] = {}
        self._lanes: dict[bool, Lane] = {}
        self._draining = False

    def register(
        self, name: str, function: JobFunction, heavy: bool = False, *, on_failure: OnFailure | None = None
    ) -> None:
        """Say what does the jobs of a name. Heavy ones run a few at a time, beside the others."""
        self._kinds[name] = _Kind(function, heavy, on_failure)

    async def start(self) -> None:
        """Open the databases and go on with all that is not done.

        Raises:
            StoreError: another process holds the data folder, or a database cannot be opened.
        """
        async with AsyncExitStack() as opened:
            if self._embedded:
                opened.callback(hold_folder(self._folder).release)
            engine = await open_inbox(self._app_url, self._folder)
            opened.push_async_callback(engine.dispose)
            self._intake = Intake(engine, self._dispatch)
            opened.push_async_callback(self._intake.close)
            self._runs = Engine(self._app_url, self._folder, self._executor, self._run)
            self._lanes = {heavy: Lane(limit, self._start) for heavy, limit in self._limits.items()}
            opened.push_async_callback(self.drain, 0)
            await (self._begin_alone() if self._embedded else self._begin_with_others(engine, opened))
            opened.push_async_callback(self._runs.close)
            self._opened = opened.pop_all()

    async def _begin_alone(self) -> None:
        async with self._intake.transaction(read_only=True) as inbox:
            waiting = await inbox.waiting(self._executor)
        self._runs.launch()
        self._dispatch(waiting)

    async def _begin_with_others(self, engine: AsyncEngine, opened: AsyncExitStack) -> None:
        replicas = Replicas(engine, self._runs, self._executor, self._dispatch, self._pulse)
        opened.push_async_callback(replicas.stop)
        await replicas.start()
        self._runs.launch()

    async def enqueue(self, name: str, key: str, payload: JsonObject) -> bool:
        """Returns once it is committed; False where the key was there already.

        Raises:
            StoreError: it could not be stored.
            TypeError: the payload is no JSON.
        """
        json.dumps(payload)  # here it fails alone, further on it would fail all that are stored with it
        return await self._intake.add(
            {
                "key": key, "job": name, "payload": dict(payload),
                "received_at": self._clock.now(), "executor": self._executor,
            }
        )  # fmt: skip

    async def drain(self, seconds: float) -> int:
        """Start nothing more and let what runs finish; returns how many jobs had to be parked. Parked ones,
        and those enqueued from now on, run at the next start."""
        self._draining = True
        outside = sum([await lane.close() for lane in self._lanes.values()])
        running = list(self._running.values())
        if running:
            await asyncio.wait(running, timeout=seconds)
        parked = [task for task in self._running.values() if not task.done()]
        for task in parked:
            task.cancel()
        await asyncio.gather(*parked, return_exceptions=True)
        return outside + len(parked)

    async def close(self) -> None:
        """Stop; what is not done stays stored."""
        await self.drain(0)
        await self._opened.aclose()

    async def tidy(self, before: datetime) -> None:
        """Forget what was done before a moment; to be called daily. Its keys may be used again then."""
        await self._runs.tidy(before)
        async with self._intake.transaction() as inbox:
            await inbox.forget(before)

    async def pending(self) -> int:
        """Jobs that are not done, of all processes."""
        async with self._intake.transaction(read_only=True) as inbox:
            return await inbox.count()

    async def oldest_pending_seconds(self) -> float:
        """Age of the oldest job that is not done; 0 where there is none."""
        async with self._intake.transaction(read_only=True) as inbox:
            oldest = await inbox.oldest()
        return 0.0 if oldest is None else max(0.0, (self._clock.now() - oldest).total_seconds())

    def _dispatch(self, jobs: Sequence[Waiting]) -> None:
        if not self._draining:
            for job in jobs:
                self._lane(job.job).put([job])

    def _lane(self, name: str) -> Lane:
        kind = self._kinds.get(name)
        return self._lanes[kind is not None and kind.heavy]

    async def _start(self, name: str, key: str) -> bool:
        try:
            return await self._runs.start(name, key)
        except JobEnded as ended:
            await self._bury(name, key, ended)
            return False

    async def _bury(self, name: str, key: str, ended: JobEnded) -> None:
        """The engine gave a job up that the inbox still waits for; whoever asked is told before it goes."""
        now, kind = self._clock.now(), self._kinds.get(name)
        if not ended.well:  # one that went well only lacked its mark
            reference = log_failure(ended)
            try:
                if kind is not None and kind.on_failure is not None:
                    await kind.on_failure(await self._patiently(self._payload, key) or {}, ended, reference)
            except Exception as second:  # noqa: BLE001  nobody is left to tell
                log_failure(second)
        await self._patiently(self._intake.finish, key, now, now)

    async def _run(self, name: str, key: str) -> None:
        """The workflow: a slot, the job, the mark in the inbox that it is done."""
        async with self._lane(name).slot(key):
            task = asyncio.current_task()
            assert task is not None  # noqa: S101  workflows are tasks
            self._running[key] = task
            try:
                taken_at = self._clock.now()
                await self._perform(name, key)
                await self._patiently(self._intake.finish, key, taken_at, self._clock.now())
            finally:
                del self._running[key]

    async def _perform(self, name: str, key: str) -> None:
        payload = await self._patiently(self._payload, key)
        kind = self._kinds.get(name)
        if payload is None or kind is None:
            LOGGER.error("job %s: nothing here does %s", key, name)
            return
        run = Run(key, self._runs)
        try:
            await kind.function(run, payload)
        except asyncio.CancelledError:
            if self._running[key].cancelling():
                raise  # it is being parked
            await self._give_up(run, kind, payload, WorkStopped("Part of the work was cancelled."))
        except Exception as error:  # noqa: BLE001  a failed job must not take others along
            await self._give_up(run, kind, payload, error)

    async def _give_up(self, run: "Run", kind: _Kind, payload: JsonObject, error: Exception) -> None:
        async def note() -> str:
            return log_failure(error)

        try:
            reference = await run.step("note the failure", note)
            if kind.on_failure is not None:
                await run.step("tell of the failure", kind.on_failure, payload, error, reference)
        except Exception as second:  # noqa: BLE001  nobody is left to tell
            log_failure(second)

    async def _payload(self, key: str) -> Mapping[str, Any] | None:
        async with self._intake.transaction(read_only=True) as inbox:
            return await inbox.payload(key)

    async def _patiently(self, work: Callable[..., Awaitable[Any]], *arguments: Any) -> Any:
        """Through an outage: what was accepted is not given up because the database is away."""
        while True:
            try:
                return await work(*arguments)
            except StoreError:
                await asyncio.sleep(PATIENCE_S)


@dataclass(frozen=True, slots=True)
class Run(Job):
    """One run of a job."""

    key: str
    engine: Engine

    async def step(
        self, label: str, work: Callable[..., Awaitable[Any]], *arguments: Any, retries: int = 0
    ) -> Any:
        return await self.engine.step(label, attempt, work, arguments, retries)
