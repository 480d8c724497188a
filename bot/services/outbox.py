"""Messages that are posted exactly once, although Slack takes no idempotency key.

A message is committed before anything is sent, with a lease, so that one sender at a time deals with it. When
an attempt may have arrived (a crash, a time-out, a 5xx) the channel is read back for the message's key before
it is sent again; where it cannot be read back it is never sent again.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from bot.domain.posts import Post, Posted, PostState
from bot.errors import DeliveryError, DeliveryLimited, DeliveryRejected, DeliveryUnclear
from bot.ports import Clock, Publisher
from bot.store import Store
from bot.store.outbox import Held

LEASE = timedelta(seconds=30)  # how long a dead sender keeps the others waiting
SEND_WITHIN = timedelta(seconds=10)  # the end of a lease that belongs to the sending itself
TRIES = 8
LONGEST_WAIT = 60.0  # seconds; of what a 429 asks for, and between tries
POLL = 0.25  # seconds between looks at what another sender does
PATIENCE = 120.0  # seconds that another sender is waited for
UNCLEAR = "unclear"
"""Error of a message that may have arrived and cannot be read back."""

PROCESS = secrets.token_hex(8)
_calls = count(1)


@dataclass(frozen=True, slots=True)
class _Setback:
    """Why an attempt did not settle a message, and how long to wait. ``untried``: it certainly did not
    arrive."""

    error: DeliveryError
    pause: float
    untried: bool


class _Unknowable(DeliveryUnclear):
    """It may have arrived and cannot be read back: the end of it."""

    def __init__(self, post: Post) -> None:
        super().__init__(
            f"It is not known whether a message reached {post.channel}, and the channel cannot be read back;"
            " it was not sent twice.",
            hint="Look there, and ask again if it is missing.",
        )


class Outbox:
    """The one way messages leave, for one team."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        publisher: Publisher,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._clock = clock
        self._publisher = publisher
        self._sleep = sleep

    async def publish(self, post: Post) -> str:
        """Say it exactly once, however often and from wherever this is called; returns Slack's ts.

        Raises:
            DeliveryRejected: Slack said no; it says so again for the same key.
            DeliveryUnclear: it may have arrived. Publishing the key again reads back first.
            DeliveryLimited: Slack asked to wait again and again.
            StoreError: the database failed; nothing was lost.
        """
        holder = f"{PROCESS}:{next(_calls)}"
        tries, waited = 0, 0.0
        while True:
            held = await self._claim(post, holder)
            if isinstance(held, Held):
                outcome = await self._attempt(held, tries)
                if isinstance(outcome, str):
                    return outcome
                tries += 1
                if tries == TRIES:
                    await self._pause(post.key, holder, 0.0, untried=outcome.untried)
                    raise outcome.error
                await self._pause(post.key, holder, outcome.pause, untried=outcome.untried)
                await self._sleep(outcome.pause)
            elif held.state in {PostState.SENT, PostState.FAILED}:
                return _result(held)
            elif waited > PATIENCE:
                raise DeliveryUnclear(f"Another process keeps sending a message to {post.channel}.")
            else:
                waited += POLL
                await self._sleep(POLL)

    async def find_about(self, channel: str, ts: str) -> str:
        """What one of our messages is about ("story:ST-14"), "" for any other."""
        async with self._store.read() as unit:
            return await unit.posts.about(channel, ts)

    async def places(self, about: str) -> list[Posted]:
        """Our messages about something that stand in Slack, oldest first."""
        async with self._store.read() as unit:
            return await unit.posts.places(about)

    async def _claim(self, post: Post, holder: str) -> Held | Posted:
        now = self._clock.now()
        async with self._store.write() as unit:
            await unit.posts.add(post, now)
            held = await unit.posts.claim(post.key, holder, now, now + LEASE)
            if held is not None:
                return held
            posted = await unit.posts.get(post.key)
        assert posted is not None  # noqa: S101  added just above, in the same transaction
        return posted

    async def _attempt(self, held: Held, tries: int) -> str | _Setback:
        try:
            return await self._deliver(held)
        except DeliveryLimited as limited:
            return _Setback(limited, min(max(limited.retry_after, POLL), LONGEST_WAIT), untried=True)
        except _Unknowable:
            raise
        except DeliveryUnclear as unclear:
            return _Setback(unclear, min(2.0**tries, LONGEST_WAIT), untried=False)

    async def _deliver(self, held: Held) -> str:
        post = held.post
        ts = await self._read_back(held) if held.again else None
        if ts is None and self._clock.now() > held.until - SEND_WITHIN:
            raise DeliveryUnclear(f"A message to {post.channel} was held up.")  # another may have it by now
        if ts is None:
            try:
                ts = await self._send(post)
            except DeliveryRejected as refused:
                await self._settle(post, error=refused.reason)
                raise
        await self._settle(post, ts=ts)
        return ts

    async def _send(self, post: Post) -> str:
        try:
            async with asyncio.timeout(SEND_WITHIN.total_seconds()):
                return await self._publisher.post(post)
        except TimeoutError as error:
            raise DeliveryUnclear(f"Slack did not answer while posting in {post.channel}.") from error

    async def _read_back(self, held: Held) -> str | None:
        try:
            return await self._publisher.find(held.post, held.since)
        except DeliveryRejected as refused:
            await self._settle(held.post, error=UNCLEAR)
            raise _Unknowable(held.post) from refused

    async def _pause(self, key: str, holder: str, seconds: float, *, untried: bool) -> None:
        until = self._clock.now() + timedelta(seconds=seconds)
        async with self._store.write() as unit:
            await unit.posts.pause(key, holder, until, untried=untried)

    async def _settle(self, post: Post, *, ts: str = "", error: str = "") -> None:
        async with self._store.write() as unit:
            await unit.posts.settle(post.key, ts=ts, error=error)


def _result(posted: Posted) -> str:
    if posted.state is PostState.SENT:
        return posted.ts
    if posted.error == UNCLEAR:
        raise _Unknowable(posted.post)
    raise DeliveryRejected(
        f"Slack said no ({posted.error}) to a message in {posted.post.channel}.", reason=posted.error
    )
