"""One step's work: tried again where that may help, and its failure fit to be kept."""

import asyncio
import pickle
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any

from bot.errors import (
    DeliveryLimited,
    DeliveryUnclear,
    ModelRateLimited,
    ModelUnavailable,
    PlumblineError,
    StoreError,
    WorkStopped,
)

# Of our own errors only these may pass by waiting; a refused file stays refused.
PASSING = (DeliveryLimited, DeliveryUnclear, ModelRateLimited, ModelUnavailable, StoreError, WorkStopped)
OUTAGE_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)  # a database that restarts is back within seconds


async def attempt(work: Callable[..., Awaitable[Any]], arguments: Sequence[Any], retries: int) -> Any:
    """Run ``work``; its last failure is raised as it was, or in words where it cannot be stored."""
    pauses = iter(OUTAGE_PAUSES)
    for left in range(retries, -1, -1):
        try:
            return await _through_outages(work, arguments, pauses)
        except Exception as error:
            if left == 0 or (isinstance(error, PlumblineError) and not isinstance(error, PASSING)):
                kept = portable(error)
                if kept is error:
                    raise
                raise kept from error
            await asyncio.sleep(getattr(error, "retry_after", None) or 2.0 ** (retries - left))
    raise AssertionError("unreachable")


async def _through_outages(
    work: Callable[..., Awaitable[Any]], arguments: Sequence[Any], pauses: Iterator[float]
) -> Any:
    while True:
        try:
            return await work(*arguments)
        except StoreError:
            pause = next(pauses, None)
            if pause is None:
                raise
            await asyncio.sleep(pause)


def portable(error: Exception) -> Exception:
    """The error itself where it survives being stored, else one of the same words."""
    try:
        again = pickle.loads(pickle.dumps(error))  # noqa: S301  what was dumped just now
    except Exception:  # noqa: BLE001  whatever a foreign exception does when it is copied
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error if type(again) is type(error) else RuntimeError(f"{type(error).__name__}: {error}")
