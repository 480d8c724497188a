"""What features under watch say about their interactions: how many are kept, and for how long."""

from time import monotonic

from bot.store import Store

FRESH = 5.0  # seconds that a setting is remembered


class Watching:
    """Settings of a team's features, looked up again every few seconds."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._shares: dict[str, float] = {}
        self._until = 0.0

    async def share(self, feature: str) -> float:
        """The share of its sessions that is kept, in 0-1; all of a feature that nobody set up."""
        if monotonic() >= self._until:
            async with self._store.read() as unit:
                self._shares = {each.name: each.sampling for each in await unit.features.all()}
            self._until = monotonic() + FRESH
        return self._shares.get(feature, 1.0)
