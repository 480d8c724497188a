"""How long interactions are kept, and forgetting one person."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain.pseudonyms import product_user
from bot.store import Store
from bot.store.erasure import MOST


class RetentionService:
    """Interactions of one team that are to go."""

    def __init__(self, store: Store, install_key: Callable[[], bytes]) -> None:
        self._store = store
        self._install_key = install_key

    async def forget_everywhere(self, now: datetime) -> int:
        """``forget_old`` for every team of the database."""
        async with self._store.read() as unit:
            teams = await unit.erasure.teams()
        total = 0
        for team in teams:
            total += await RetentionService(self._store.for_team(team), self._install_key).forget_old(now)
        return total

    async def forget_old(self, now: datetime) -> int:
        """Delete what its feature does not keep as long; returns how many. In parts, so that whoever wants to
        write meanwhile waits for none for long."""
        async with self._store.read() as unit:
            kept = {each.name: each.retention_days for each in await unit.features.all()}
        total = 0
        for feature, days in kept.items():
            if days is not None:
                total += await self._forget_before(feature, now - timedelta(days=days))
        return total

    async def _forget_before(self, feature: str, moment: datetime) -> int:
        total, gone = 0, MOST
        while gone == MOST:
            async with self._store.write() as unit:
                gone = await unit.erasure.before(feature, moment)
            total += gone
        return total

    async def erase_user(self, user: str) -> int:
        """Delete what is kept of one user of a product, by the id the product calls them: interactions with
        what was said of them, votes, words. Returns how many interactions it was."""
        async with self._store.write() as unit:
            return await unit.erasure.user(product_user(user, self._install_key()))
