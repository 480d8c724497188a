"""The team's money for a day, as `plumb exp run` draws on it: the first paid call opens the database."""

import asyncio
from typing import TYPE_CHECKING

from bot.cli.running import load_settings

if TYPE_CHECKING:
    from bot.domain.experiments.experiment import DaySpent
    from bot.services.runs.ledger import DayLedger
    from bot.store import Store


class LazyLedger:
    """A ``Ledger``; ``name`` says whose the money is, in the database."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._store: Store | None = None
        self._ledger: DayLedger | None = None

    async def today(self) -> "DaySpent":
        return await (await self._opened()).today()

    async def reserve(self, amount: float) -> None:
        """Raises BudgetReached where the day's cap would be passed, StoreError and SettingsError."""
        await (await self._opened()).reserve(amount)

    async def settle(self, spent: float) -> None:
        await (await self._opened()).settle(spent)

    async def close(self) -> None:
        if self._store is not None:
            await self._store.close()

    async def _opened(self) -> "DayLedger":
        if self._ledger is None:
            self._store, ledger = await asyncio.to_thread(self._open)
            self._ledger = ledger
        return self._ledger

    def _open(self) -> "tuple[Store, DayLedger]":
        from bot.bootstrap import SystemClock
        from bot.services.runs.ledger import DayLedger
        from bot.store import open_store

        settings = load_settings()
        store = open_store(settings.database, settings.team)
        return store, DayLedger(store, SystemClock(), settings.daily_cap_usd, self._name)
