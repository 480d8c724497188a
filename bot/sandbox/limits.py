"""Slack's rate limits by tier, kept only when switched on."""

from collections import deque
from collections.abc import Callable

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}  # calls per minute
POSTS_PER_SECOND = 1
WINDOW = 60.0


class RateLimits:
    def __init__(self, now: Callable[[], float], *, on: bool = False) -> None:
        self._now = now
        self.on = on
        self._calls: dict[tuple[str, ...], deque[float]] = {}

    def wait_for(self, team_id: str, method: str, tier: int, channel: str = "") -> float:
        """Seconds to wait before this call is allowed: 0 lets it pass and counts it. Tier 0 is one a second
        per channel; a tier that is not in the table is free."""
        if not self.on:
            return 0
        if tier == 0:
            return self._count((team_id, method, channel), POSTS_PER_SECOND, 1.0)
        return self._count((team_id, method), TIERS[tier], WINDOW) if tier in TIERS else 0

    def _count(self, key: tuple[str, ...], most: int, window: float) -> float:
        now = self._now()
        calls = self._calls.setdefault(key, deque())
        while calls and calls[0] <= now - window:
            calls.popleft()
        if len(calls) >= most:
            return calls[0] + window - now
        calls.append(now)
        return 0
