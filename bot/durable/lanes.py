"""Lanes: how many jobs run at once, in order of arrival, so that long ones never hold up quick ones."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

from bot.logs import log_failure
from bot.store.inbox import Waiting

Start = Callable[[str, str], Awaitable[bool]]
"""Starts the job of a name under a key; False where it was started before, here or elsewhere."""


class Lane:
    """``limit`` slots. A job started here enters with the slot it was given; one that the engine recovered
    by itself waits for a slot of its own."""

    def __init__(self, limit: int, start: Start) -> None:
        self._start = start
        self._slots = asyncio.Semaphore(limit)
        self._given: set[str] = set()
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue()
        self._starting: set[asyncio.Task[None]] = set()
        self._outside: set[asyncio.Task[Any]] = set()
        self._closed = False
        self._dispatcher = asyncio.create_task(self._dispatch_for_ever())

    def put(self, jobs: Iterable[Waiting]) -> None:
        for job in jobs:
            self._queue.put_nowait(job)

    @asynccontextmanager
    async def slot(self, key: str) -> AsyncIterator[None]:
        """Held while the job of this key runs. Once closed, nobody enters: the job is parked."""
        if key in self._given:
            self._given.remove(key)
        else:
            await self._queue_up()
        try:
            yield
        finally:
            self._slots.release()

    async def close(self) -> int:
        """Start nothing more; returns how many recovered jobs were still waiting for a slot."""
        self._closed = True
        parked = list(self._outside)
        tasks = [self._dispatcher, *self._starting, *parked]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return len(parked)

    async def _queue_up(self) -> None:
        if self._closed:
            raise asyncio.CancelledError
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  jobs are tasks
        self._outside.add(task)
        try:
            await self._slots.acquire()
        finally:
            self._outside.remove(task)

    async def _dispatch_for_ever(self) -> None:
        while True:
            job = await self._queue.get()
            await self._slots.acquire()
            self._given.add(job.key)
            task = asyncio.create_task(self._begin(job))
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _begin(self, job: Waiting) -> None:
        started = False
        try:
            started = await self._start(job.job, job.key)
        except Exception as error:  # noqa: BLE001  it stays in the inbox and is tried at the next start
            log_failure(error)
        finally:
            if not started and job.key in self._given:
                self._given.remove(job.key)
                self._slots.release()
