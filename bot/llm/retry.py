"""Trying again after failures that pass with time, no sooner than the provider asks."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.errors import ModelRateLimited, ModelUnavailable

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Retry:
    """Up to ``attempts`` tries. Waits what ``Retry-After`` says; without it 0.5, 1, 2 ... up to ``longest``
    seconds, each cut by up to half at random so that many clients do not come back together.

    A wait of more than ``patience`` seconds is not waited: the failure goes up at once and says how long.
    """

    attempts: int = 4
    longest: float = 8.0
    patience: float = 60.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random

    async def run(self, attempt: Callable[[], Awaitable[Result]], may_repeat: Callable[[], bool]) -> Result:
        """Result of the first try that succeeds; the last failure where none does."""
        for tried in range(1, self.attempts):
            try:
                return await attempt()
            except (ModelUnavailable, ModelRateLimited) as error:
                wait = self._wait(tried, error.retry_after)
                if wait > self.patience or not may_repeat():
                    raise
            await self.sleep(wait)
        return await attempt()

    def _wait(self, tried: int, asked: float | None) -> float:
        if asked is not None:
            return asked
        return min(self.longest, 0.5 * 2.0 ** (tried - 1)) * (1 - self.chance() / 2)
