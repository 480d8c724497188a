"""How many calls a provider takes at once: additive increase, multiplicative decrease, pauses it asks for."""

import asyncio
import math
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain.experiments.cells import CellKey


class LaneClosed(Exception):
    """No further call is to be sent."""


class Lane:
    """Calls to one provider. Never more than ``most`` at once; after a 429 half of that, once for all calls
    that were out by then, and one more with every round that goes well. After a pause the calls come one by
    one as places are free, so there is no stampede.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.limit = float(most)
        self.queue: deque[CellKey] = deque()
        self._flying = 0
        self._closed_until = 0.0
        self._sent = 0
        self._cut_at = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._alarm: asyncio.TimerHandle | None = None
        self._closed = False

    async def enter(self) -> int:
        """Wait for a place; returns the number of the call. Raises LaneClosed."""
        while not self._open:
            if self._closed:
                raise LaneClosed
            place = asyncio.get_running_loop().create_future()
            self._waiting.append(place)
            self._set_alarm()
            try:
                await place
            except asyncio.CancelledError:
                if place.done() and not place.cancelled():
                    self._wake()  # the place that was meant for this one is another's
                raise
        if self._closed:
            raise LaneClosed
        self._flying += 1
        self._sent += 1
        return self._sent

    def close(self) -> None:
        """Whoever waits for a place gets none."""
        self._closed = True
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)
        if self._alarm is not None:
            self._alarm.cancel()

    def leave(self) -> None:
        self._flying -= 1
        self._wake()

    def went_well(self) -> None:
        self.limit = min(float(self.most), self.limit + 1 / self.limit)

    def refused(self, call: int, wait_s: float) -> None:
        """A 429 for that call: fewer at once, none for ``wait_s`` seconds."""
        if call > self._cut_at:
            self.limit = max(1.0, self.limit / 2)
            self._cut_at = self._sent
        self.hold(wait_s)

    def hold(self, wait_s: float) -> None:
        """No call for so many seconds."""
        self._closed_until = max(self._closed_until, asyncio.get_running_loop().time() + wait_s)

    @property
    def _open(self) -> bool:
        free = self._flying < math.floor(self.limit)
        return free and asyncio.get_running_loop().time() >= self._closed_until

    def _wake(self) -> None:
        self._alarm = None
        if asyncio.get_running_loop().time() < self._closed_until:
            self._set_alarm()
            return
        places = math.floor(self.limit) - self._flying
        while places > 0 and self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)
                places -= 1

    def _set_alarm(self) -> None:
        loop = asyncio.get_running_loop()
        if self._alarm is None and self._waiting and loop.time() < self._closed_until:
            self._alarm = loop.call_at(self._closed_until, self._wake)


@contextmanager
def place(lane: Lane) -> Iterator[None]:
    """Gives the place back whatever happens."""
    try:
        yield
    finally:
        lane.leave()
