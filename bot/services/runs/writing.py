"""Writing finished cells: what comes within a moment is one batch."""

import asyncio

from bot.services.runs.values import Result, Sink

GATHER_S = 0.05


class Writer:
    """Hands results to the sink in the order they come, one batch at a time."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._waiting: list[Result] = []
        self._news = asyncio.Event()
        self._closed = asyncio.Event()

    def add(self, result: Result) -> None:
        self._waiting.append(result)
        self._news.set()

    def close(self) -> None:
        """Write what is there, then end."""
        self._closed.set()
        self._news.set()

    async def run(self) -> None:
        """Until closed. What the sink raises goes up."""
        while not (self._closed.is_set() and not self._waiting):
            await self._news.wait()
            await self._gather()
            self._news.clear()
            batch, self._waiting = self._waiting, []
            if batch:
                await self._sink.put(batch)

    async def _gather(self) -> None:
        try:
            await asyncio.wait_for(self._closed.wait(), GATHER_S)
        except TimeoutError:
            return
