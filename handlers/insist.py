"""Trying again what has to be seen in the end, although Slack fails for a while."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.errors import DeliveryLimited, DeliveryUnclear

PAUSES = (0.5, 2.0, 8.0)  # seconds, on top of what the client tries by itself


async def insist(work: Callable[[], Awaitable[None]]) -> None:
    """Work that repeats harmlessly. Raises the DeliveryError of the last try, or a refusal at once."""
    for pause in PAUSES:
        try:
            return await work()
        except DeliveryLimited as limited:
            await asyncio.sleep(max(pause, limited.retry_after))
        except DeliveryUnclear:
            await asyncio.sleep(pause)
    return await work()
