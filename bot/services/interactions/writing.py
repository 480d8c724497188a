"""Writing by group commit: bodies that wait at the same time share one transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.domain.interactions import Row
from bot.errors import StoreError
from bot.logs import log_failure
from bot.ports import Clock
from bot.store import Store

MOST = 5_000  # rows of one transaction, but for a single body that has more


@dataclass(frozen=True, slots=True)
class _Waiting:
    rows: Sequence[Row]
    stored: "asyncio.Future[int]"


class GroupWriter:
    """One writer, which runs while anything waits for it. ``arrived`` is called after a commit while feedback
    waits for interactions."""

    def __init__(self, store: Store, clock: Clock, arrived: Callable[[], Awaitable[object]]) -> None:
        self._store = store
        self._clock = clock
        self._arrived = arrived
        self._waiting: list[_Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    async def write(self, rows: Sequence[Row]) -> int:
        """Returns once they are committed: how many of them are new.

        Raises:
            StoreError: the database did not take them; nothing of them is stored.
        """
        if not rows:
            return 0
        waiting = _Waiting(rows, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_while_any_waits())
        return await waiting.stored

    async def _write_while_any_waits(self) -> None:
        while self._waiting:
            group = self._next_group()
            try:
                await self._commit(group)
            except asyncio.CancelledError:
                _fail([*group, *self._waiting], StoreError("Plumbline is stopping.", hint="Try again soon."))
                self._waiting.clear()
                raise
            except Exception as error:  # noqa: BLE001  it is theirs, and the writer goes on
                await self._one_by_one(group, error)

    def _next_group(self) -> list[_Waiting]:
        taken, rows = 1, len(self._waiting[0].rows)
        while taken < len(self._waiting) and rows + len(self._waiting[taken].rows) <= MOST:
            rows += len(self._waiting[taken].rows)
            taken += 1
        group, self._waiting = self._waiting[:taken], self._waiting[taken:]
        return group

    async def _commit(self, group: Sequence[_Waiting]) -> None:
        rows = [row for each in group for row in each.rows]
        async with self._store.write() as unit:
            new = await unit.interactions.load(rows, self._clock.now())
            awaited = bool(new) and await unit.product_feedback.any_waits()
        for each in group:
            mine = {(row[1], row[0]) for row in each.rows} & new
            new -= mine  # what two sent at once is the first one's
            if not each.stored.done():
                each.stored.set_result(len(mine))
        if awaited:
            await self._catch_up()

    async def _catch_up(self) -> None:
        try:
            await self._arrived()
        except Exception as error:  # noqa: BLE001  it is tried again after the next commit
            log_failure(error)

    async def _one_by_one(self, group: Sequence[_Waiting], error: Exception) -> None:
        """One body that the database does not take must not keep the others out."""
        if isinstance(error, StoreError) or len(group) == 1:
            _fail(group, error)
            return
        for each in group:
            try:
                await self._commit([each])
            except Exception as alone:  # noqa: BLE001  it is theirs
                _fail([each], alone)


def _fail(group: Sequence[_Waiting], error: Exception) -> None:
    for each in group:
        if not each.stored.done():
            each.stored.set_exception(error)
