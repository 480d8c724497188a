"""Worker processes for CPU-bound work, off the event loop: batches in order, or one piece at a time."""

import asyncio
import multiprocessing
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from bot.errors import WorkStopped

Batch = TypeVar("Batch")
Result = TypeVar("Result")

# A pool costs about a second of start-up and imports; short work is done sooner in a thread.
WORTH_A_POOL = 4


class Workers:
    """``processes`` worker processes, started on first need and kept; 0 runs everything in threads."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None

    async def map(self, work: Callable[[Batch], Result], batches: Iterable[Batch]) -> AsyncIterator[Result]:
        """Results in the order of ``batches``. The iterable is advanced in a thread, never on the loop;
        an exception it raises ends the map after the results before it."""
        iterator = iter(batches)
        head: list[Batch] = []
        while len(head) < WORTH_A_POOL:
            batch = await asyncio.to_thread(_next, iterator)
            if batch is None:
                for small in head:
                    yield await asyncio.to_thread(work, small)
                return
            head.append(batch)
        async for result in self._spread(work, head, iterator):
            yield result

    async def run(self, work: Callable[..., Result], *arguments: Any) -> Result:
        """One piece of work in a worker process, however short: for callers whose loop must stay free.

        Raises:
            WorkStopped: the process died over it; the next call gets a new pool.
        """
        if self._processes == 0:
            return await asyncio.to_thread(work, *arguments)
        pool = self._ensure_pool()
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, work, *arguments)
        except BrokenProcessPool as error:
            if self._pool is pool:
                self._pool = None
            raise WorkStopped(
                "The process that worked on it ended halfway.", hint="Try again in a moment."
            ) from error

    async def warm(self, work: Callable[[], object]) -> None:
        """Start every process and have each do ``work`` once, which is what takes the first call's time."""
        await asyncio.gather(*(self.run(work) for _ in range(self._processes)))

    async def _spread(
        self, work: Callable[[Batch], Result], head: list[Batch], rest: Iterator[Batch]
    ) -> AsyncIterator[Result]:
        if self._processes == 0:
            for batch in _chain(head, rest):
                yield await asyncio.to_thread(work, batch)
            return
        pool, loop = self._ensure_pool(), asyncio.get_running_loop()
        pending = deque(loop.run_in_executor(pool, work, batch) for batch in head)
        exhausted = False
        while pending:
            while not exhausted and len(pending) < 2 * self._processes + 2:
                following = await asyncio.to_thread(_next, rest)
                if following is None:
                    exhausted = True
                else:
                    pending.append(loop.run_in_executor(pool, work, following))
            yield await pending.popleft()

    def _ensure_pool(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context(
                "spawn"
            )  # threads live here: forking would copy their locks
            self._pool = ProcessPoolExecutor(self._processes, mp_context=context)
        return self._pool

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _next(iterator: Iterator[Batch]) -> Batch | None:
    return next(iterator, None)


def _chain(head: list[Batch], rest: Iterator[Batch]) -> Iterator[Batch]:
    yield from head
    yield from rest
