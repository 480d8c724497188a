"""Replicas on PostgreSQL: each says that it is alive, and one hands the work of the dead to itself."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.durable.engine import Engine
from bot.durable.intake import transaction
from bot.errors import StoreError
from bot.logs import LOGGER
from bot.store.inbox import Heartbeats, Inbox, Waiting

FORGOTTEN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Pulse:
    """Seconds between two beats, and the silence after which an executor counts as dead."""

    every_s: float = 1.5
    dead_after_s: float = 6.0


class Replicas:
    """The heartbeat of ``executor``. ``taken`` is told what was taken over and nobody had begun; what was
    begun is recovered by the engine."""

    def __init__(
        self,
        engine: AsyncEngine,
        runs: Engine,
        executor: str,
        taken: Callable[[Sequence[Waiting]], None],
        pulse: Pulse,
    ) -> None:
        self._engine = engine
        self._runs = runs
        self._executor = executor
        self._taken = taken
        self._pulse = pulse
        self._beat_at = 0.0
        self._missed = False
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Beat once, then for ever."""
        await self._beat()
        self._task = asyncio.create_task(self._beat_for_ever())

    async def stop(self) -> None:
        """Say that this executor is gone: what it leaves is taken over at the next beat of another."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            try:
                async with transaction(self._engine) as connection:
                    await Heartbeats(connection).stop(self._executor)
            except StoreError as error:
                LOGGER.warning("not signed off, found dead later: %s", error)

    async def _beat_for_ever(self) -> None:
        while True:
            try:
                silent_s = time.monotonic() - self._beat_at
                await self._beat()
                # After a pause of its own, or of the database, others may be as late as this one: they are
                # given one round to speak.
                if silent_s < self._pulse.dead_after_s / 2:
                    await self._look_after_the_dead()
                self._missed = False
            except StoreError as error:
                if not self._missed:
                    LOGGER.warning("heartbeats missed: %s", error)
                self._missed = True
            await asyncio.sleep(self._pulse.every_s)

    async def _beat(self) -> None:
        async with transaction(self._engine) as connection:
            await Heartbeats(connection).beat(self._executor)
        self._beat_at = time.monotonic()

    async def _look_after_the_dead(self) -> None:
        async with transaction(self._engine) as connection:
            beats, inbox = Heartbeats(connection), Inbox(connection)
            if not await beats.alone():
                return
            alive = await beats.alive(timedelta(seconds=self._pulse.dead_after_s))
            dead = (await inbox.executors() | await self._runs.executors()) - alive
            if not dead:
                return
            LOGGER.warning("taking over from %s", ", ".join(sorted(dead)))
            # First what was begun: should this process die in between, the inbox still names the dead.
            await self._runs.recover(dead)
            moved = await inbox.hand_over(dead, self._executor)
            await beats.forget(FORGOTTEN)
        self._taken(moved)
