"""Writing finished cells: what comes while one batch is being written is the next."""

import asyncio

from bot.services.runs.values import Result, Sink


class Writer:
    """Hands results to the sink in the order they come, one batch at a time and at once: what is in nobody's
    hands when the process is killed has to be paid for again."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._waiting: list[Result] = []
        self._news = asyncio.Event()
        self._closed = False

    def add(self, result: Result) -> None:
        self._waiting.append(result)
        self._news.set()

    def close(self) -> None:
        """Write what is there, then end."""
        self._closed = True
        self._news.set()

    async def run(self) -> None:
        """Until closed. What the sink raises goes up."""
        while not (self._closed and not self._waiting):
            await self._news.wait()
            self._news.clear()
            batch, self._waiting = self._waiting, []
            if batch:
                await self._sink.put(batch)
