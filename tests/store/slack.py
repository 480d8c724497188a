"""A Slack that misbehaves on demand, and a way to be killed between any two lines."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.domain.posts import Post
from bot.errors import DeliveryLimited, DeliveryRejected, DeliveryUnclear
from bot.store import Store, UnitOfWork


class Killed(BaseException):
    """The process ended here."""


class Death:
    """Raises Killed at the point of a number, counted from 0; never without one."""

    def __init__(self) -> None:
        self.at: int | None = None
        self.passed = 0

    def plan(self, at: int | None) -> None:
        self.at, self.passed = at, 0

    def point(self) -> None:
        now, self.passed = self.passed, self.passed + 1
        if now == self.at:
            raise Killed


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 16, 9, tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)
        await asyncio.sleep(0)


class FakeSlack:
    """Keeps what arrives. ``posting`` and ``reading`` say what happens to the calls to come, in order:

    ok | lost (time-out, nothing arrived) | late (time-out, it arrived) | limited | rejected | killed
    """

    def __init__(self, death: Death | None = None) -> None:
        self.messages: list[tuple[str, str]] = []  # (key, ts)
        self.posting: deque[str] = deque()
        self.reading: deque[str] = deque()
        self.calls: list[str] = []
        self.death = death or Death()

    def arrived(self, key: str) -> int:
        return sum(found == key for found, _ in self.messages)

    def plan(self, posting: Iterable[str] = (), reading: Iterable[str] = ()) -> None:
        self.posting, self.reading = deque(posting), deque(reading)

    async def post(self, post: Post) -> str:
        self.calls.append("post")
        self.death.point()
        fault = self.posting.popleft() if self.posting else "ok"
        if fault not in {"ok", "late", "killed"}:
            raise _failure(fault)
        ts = f"17000000{len(self.messages):02}.000100"
        self.messages.append((post.key, ts))
        if fault == "late":
            raise _failure(fault)
        if fault == "killed":
            raise Killed
        await asyncio.sleep(0)
        self.death.point()
        return ts

    async def find(self, post: Post, since: datetime) -> str | None:
        self.calls.append("find")
        self.death.point()
        fault = self.reading.popleft() if self.reading else "ok"
        if fault == "killed":
            raise Killed
        if fault != "ok":
            raise _failure(fault)
        await asyncio.sleep(0)
        self.death.point()
        return next((ts for key, ts in self.messages if key == post.key), None)


def _failure(fault: str) -> Exception:
    if fault == "limited":
        return DeliveryLimited("Too often.", retry_after=7)
    if fault == "rejected":
        return DeliveryRejected("No.", reason="not_in_channel")
    return DeliveryUnclear("No answer.")


class MortalStore(Store):
    """Its process may end before a transaction, before its commit or after it."""

    death: Death

    @classmethod
    def over(cls, store: Store, death: Death) -> "MortalStore":
        mortal = cls(store._engine, store._team)
        mortal.death = death
        return mortal

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        self.death.point()
        async with super().write() as unit:
            yield unit
            self.death.point()
        self.death.point()
