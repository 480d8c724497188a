"""A message that is drawn in place while work goes on, updated at most once a second."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.errors import DeliveryError
from bot.logs import LOGGER
from handlers.desk import Slack
from handlers.insist import insist
from handlers.views.kit import Message

Plan = TypeVar("Plan")

EVERY = 1.0  # seconds between two updates: Slack allows about fifty a minute


@dataclass(slots=True)
class Board(Generic[Plan]):
    """The message at ``channel``, ``ts`` shows ``plan`` as ``draw`` draws it. Updating repeats harmlessly, so
    nothing is stored; an update that fails only means that the next one shows more."""

    slack: Slack
    channel: str
    ts: str
    plan: Plan
    draw: Callable[[Plan], Message]
    clock: Callable[[], float] = time.monotonic
    _drawn_at: float = field(default=float("-inf"))

    async def show(self, plan: Plan, *, now: bool = False) -> None:
        """Draw what changed; without ``now`` not more often than Slack likes."""
        self.plan = plan
        if not now and self.clock() - self._drawn_at < EVERY:
            return
        self._drawn_at = self.clock()
        await self._attempt(self._update)

    async def finish(self, plan: Plan) -> None:
        """Draw how it ended: nothing is drawn after that, so this is tried again and again."""
        self.plan = plan
        await self._attempt(lambda: insist(self._update))

    async def _update(self) -> None:
        await self.slack.update(self.channel, self.ts, self.draw(self.plan))

    async def _attempt(self, attempt: Callable[[], Awaitable[None]]) -> None:
        try:
            await attempt()
        except DeliveryError as error:
            LOGGER.info("progress was not drawn: %s", error.message)
