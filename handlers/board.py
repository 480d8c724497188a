"""A plan that is drawn in place while work goes on: one message, updated at most once a second."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.errors import DeliveryError
from bot.logs import LOGGER
from handlers.desk import Slack
from handlers.insist import insist
from handlers.views.progress import DraftPlan, draft_progress

EVERY = 1.0  # seconds between two updates: Slack allows about fifty a minute


@dataclass(slots=True)
class Board:
    """The message at ``channel``, ``ts`` shows ``plan``. Updating repeats harmlessly, so nothing is stored;
    an update that fails only means that the next one shows more."""

    slack: Slack
    channel: str
    ts: str
    plan: DraftPlan
    clock: Callable[[], float] = time.monotonic
    _drawn_at: float = field(default=float("-inf"))

    async def show(self, plan: DraftPlan, *, now: bool = False) -> None:
        """Draw what changed; without ``now`` not more often than Slack likes."""
        self.plan = plan
        if not now and self.clock() - self._drawn_at < EVERY:
            return
        self._drawn_at = self.clock()
        await self._attempt(self._draw)

    async def finish(self, plan: DraftPlan) -> None:
        """Draw how it ended: nothing is drawn after that, so this is tried again and again."""
        self.plan = plan
        await self._attempt(lambda: insist(self._draw))

    async def _draw(self) -> None:
        await self.slack.update(self.channel, self.ts, draft_progress(self.plan))

    async def _attempt(self, draw: Callable[[], Awaitable[None]]) -> None:
        try:
            await draw()
        except DeliveryError as error:
            LOGGER.info("progress was not drawn: %s", error.message)
