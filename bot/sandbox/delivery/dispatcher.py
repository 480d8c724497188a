"""Sends parcels by the app's transport, with faults, retries and a line in the log for each attempt."""

import asyncio
import time
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from bot.sandbox.delivery.parcel import ACK_SECONDS, LOST, TIMED_OUT, Outcome, Parcel
from bot.sandbox.delivery.signed import SignedHttp
from bot.sandbox.delivery.sockets import Sockets
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.log import Log

RETRY_SECONDS = (1.0, 60.0, 300.0)
REORDER_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an ack may take, and the pauses before an event comes again."""

    ack: float = ACK_SECONDS
    retries: Sequence[float] = RETRY_SECONDS


class Dispatcher:
    def __init__(
        self, sockets: Sockets, http: SignedHttp, faults: Faults, log: Log, patience: Patience | None = None
    ) -> None:
        self._sockets = sockets
        self._http = http
        self._faults = faults
        self._log = log
        self.patience = patience or Patience()
        self._running: set[asyncio.Task[Any]] = set()
        self._held: list[asyncio.Event] = []

    @property
    def idle(self) -> bool:
        """Whether no event is under way, held back, or to come again."""
        return not self._running

    async def ask(self, parcel: Parcel) -> Outcome:
        """Once: a command or an interaction, which Slack never repeats."""
        return await self._attempt(parcel)

    def tell(self, parcel: Parcel) -> None:
        """In the background, up to three times again: an event."""
        self.background(self._tell(parcel))

    def background(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _tell(self, parcel: Parcel) -> None:
        outcome = await self._attempt(parcel)
        for number, pause in enumerate(self.patience.retries, 1):
            if outcome.acked or not outcome.retry:
                return
            await asyncio.sleep(0 if outcome.error == LOST else pause)
            outcome = await self._attempt(replace(parcel, attempt=number, reason=outcome.error))

    async def _attempt(self, parcel: Parcel) -> Outcome:
        entry = self._log.add(
            "delivery",
            id=_id_of(parcel),
            transport="http" if parcel.url else "socket",
            type=parcel.type,
            name=parcel.name,
            retry=parcel.attempt,
            acked=None,
            ms=None,
            payload=parcel.payload,
        )
        start = time.perf_counter()
        struck = self._faults.take(parcel.point)
        for fault in struck.values():
            self._log.add("fault", on=parcel.point, what=fault.what, delivery=entry["n"])
        outcome = await self._through_faults(parcel, struck)
        entry.update(acked=outcome.acked, ms=round((time.perf_counter() - start) * 1000, 1))
        entry.update(error=outcome.error, answer=outcome.payload)
        return outcome

    async def _through_faults(self, parcel: Parcel, struck: dict[str, Fault]) -> Outcome:
        if "delay" in struck:
            await asyncio.sleep(struck["delay"].seconds)
        if "reorder" in struck:
            await self._hold(struck["reorder"].seconds or REORDER_SECONDS)
        if "drop" in struck:
            await asyncio.sleep(self.patience.ack)
            return Outcome(error=TIMED_OUT)
        copies = 2 if "duplicate" in struck else 1
        outcome = await self._send(parcel, copies, cut="disconnect" in struck)
        return Outcome(error=TIMED_OUT) if "drop_after" in struck else outcome

    async def _hold(self, seconds: float) -> None:
        """Until the next parcel has been sent, or ``seconds`` have passed."""
        overtaken = asyncio.Event()
        self._held.append(overtaken)
        try:
            await asyncio.wait_for(overtaken.wait(), seconds)
        except TimeoutError:
            with suppress(ValueError):  # the next one is on its way just now
                self._held.remove(overtaken)

    async def _send(self, parcel: Parcel, copies: int, *, cut: bool) -> Outcome:
        held, self._held = self._held, []
        try:
            if parcel.url:
                return await self._http.send(parcel, self.patience.ack, copies)
            return await self._sockets.send(parcel, self.patience.ack, copies, cut=cut)
        finally:
            for overtaken in held:
                overtaken.set()

    async def close(self) -> None:
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)


def _id_of(parcel: Parcel) -> str:
    return str(parcel.payload.get("event_id") or parcel.payload.get("trigger_id") or "")
