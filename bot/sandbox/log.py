"""Everything that happened, numbered, in bounded memory."""

import asyncio
import time
from typing import Any

JSON = dict[str, Any]


class Log:
    """Keeps at least the newest ``size`` entries; numbers go on rising when old ones are dropped."""

    def __init__(self, size: int = 20_000) -> None:
        self._size = size
        self._entries: list[JSON] = []
        self._dropped = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def add(self, kind: str, **fields: Any) -> JSON:
        entry: JSON = {"n": self.last + 1, "at": time.time(), "kind": kind, **fields}
        self._entries.append(entry)
        if len(self._entries) > 2 * self._size:
            del self._entries[: -self._size]
            self._dropped = entry["n"] - self._size
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()
        return entry

    @property
    def last(self) -> int:
        return self._dropped + len(self._entries)

    def since(self, after: int = 0, kind: str = "", limit: int = 0) -> list[JSON]:
        """Entries numbered above ``after``, oldest first; ``limit`` 0 means all."""
        found = [
            entry
            for entry in self._entries[max(0, after - self._dropped) :]
            if not kind or entry["kind"] == kind
        ]
        return found[:limit] if limit else found

    async def wait(self, after: int, kind: str, seconds: float) -> list[JSON]:
        """As ``since``, but waits until there is one; empty when none came in ``seconds``."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not (found := self.since(after, kind)) and loop.time() < end:
            future: asyncio.Future[None] = loop.create_future()
            self._waiting.add(future)
            await asyncio.wait([future], timeout=end - loop.time())
            self._waiting.discard(future)
        return found
