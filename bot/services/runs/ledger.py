"""What a team's experiments may spend in a day: reserved in the database before the calls, settled after.

A block of a process that died stays counted as reserved until the day is over: it may have been spent.
"""

from datetime import datetime, time, timedelta

from bot.domain.experiments.experiment import DaySpent
from bot.errors import BudgetReached
from bot.ports import Clock
from bot.store import Store
from bot.store.repositories import EXPERIMENTS

DUST = 1e-9  # of a sum of floats


class DayLedger:
    """The money of one run out of its team's day (UTC); ``name`` says whose the blocks are ("EX-3").

    Writers of a team take turns in the database, so what is read as spent is all there is, whichever process
    spent it.
    """

    def __init__(self, store: Store, clock: Clock, cap: float, name: str = "") -> None:
        self._store, self._clock, self._cap, self._name = store, clock, cap, name
        self._blocks: list[tuple[int, float]] = []

    async def today(self) -> DaySpent:
        async with self._store.read() as unit:
            spent = await unit.spending.spent_since(_midnight(self._clock.now()), experiments=True)
        return DaySpent(spent, self._cap)

    async def reserve(self, amount: float) -> None:
        """Raises BudgetReached where the day's cap would be passed."""
        now = self._clock.now()
        async with self._store.write() as unit:
            spent = await unit.spending.spent_since(_midnight(now), experiments=True)
            if spent + amount > self._cap + DUST:
                raise _reached(amount, spent, self._cap, now)
            block = await unit.spending.reserve(EXPERIMENTS, self._name, amount, now)
        self._blocks.append((block, amount))

    async def settle(self, spent: float) -> None:
        """Lay what was spent over the blocks, the first of them first; the last takes what is over."""
        blocks, self._blocks = self._blocks, []
        async with self._store.write() as unit:
            for place, (block, amount) in enumerate(blocks, 1):
                cost = spent if place == len(blocks) else min(amount, spent)
                spent -= cost
                await unit.spending.settle(block, cost, 0, 0)


def _midnight(now: datetime) -> datetime:
    return datetime.combine(now.date(), time(), now.tzinfo)


def _reached(amount: float, spent: float, cap: float, now: datetime) -> BudgetReached:
    left = _midnight(now) + timedelta(days=1) - now
    hours = max(1, round(left.total_seconds() / 3600))
    return BudgetReached(
        f"The next calls may cost ${amount:.4f}, and the team's experiments have ${spent:.2f} of the "
        f"${cap:.2f} for a day spent or set aside; it is free again at 00:00 UTC, in about "
        f"{hours} hour{'' if hours == 1 else 's'}.",
        hint="Go on then, or raise PLUMB_DAILY_CAP_USD.",
    )
