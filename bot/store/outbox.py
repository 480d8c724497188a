"""The outbox: messages by key, and who may send each right now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select, update

from bot.domain.posts import Post, Posted, PostState
from bot.store.repositories import Repository
from bot.store.tables import METADATA

OUTBOX = METADATA.tables["outbox"]
OPEN = (PostState.QUEUED.value, PostState.SENDING.value)


@dataclass(frozen=True, slots=True)
class Held:
    """A post that its holder may send until ``until``. ``again``: an earlier attempt, the first at ``since``,
    may have arrived."""

    post: Post
    again: bool
    since: datetime
    until: datetime


class Posts(Repository):
    """Messages before and after they are sent."""

    async def add(self, post: Post, now: datetime) -> None:
        """Keep a message; one of the same key stays as it is."""
        row = {
            "team": self._team, "key": post.key, "channel": post.channel, "thread_ts": post.thread_ts,
            "about": post.about, "text": post.text, "blocks": [dict(block) for block in post.blocks],
            "state": PostState.QUEUED.value, "attempts": 0, "holder": "", "held_until": None,
            "first_attempt_at": None, "ts": "", "error": "", "created_at": now,
        }  # fmt: skip
        await self._insert_ignoring(OUTBOX, [row])

    async def get(self, key: str) -> Posted | None:
        row = (await self._connection.execute(select(OUTBOX).where(self._is(key)))).first()
        return None if row is None else _posted(row)

    async def claim(self, key: str, holder: str, now: datetime, until: datetime) -> Held | None:
        """Hold a message and count an attempt; None where it is settled or held by somebody else.

        ``holder`` is "process:call". Only one process posts from an SQLite file, so that what another one
        held there is free: that process has ended.
        """
        free: list[ColumnElement[bool]] = [
            OUTBOX.c.held_until.is_(None), OUTBOX.c.held_until <= now, OUTBOX.c.holder == holder
        ]  # fmt: skip
        if self._connection.dialect.name == "sqlite":
            process = holder.partition(":")[0]
            free.append(OUTBOX.c.holder.not_like(f"{process}:%"))
        statement = (
            update(OUTBOX)
            .where(self._is(key), OUTBOX.c.state.in_(OPEN), or_(*free))
            .values(
                state=PostState.SENDING.value,
                attempts=OUTBOX.c.attempts + 1,
                first_attempt_at=func.coalesce(OUTBOX.c.first_attempt_at, now),
                holder=holder,
                held_until=until,
            )
            .returning(OUTBOX)
        )
        row = (await self._connection.execute(statement)).first()
        if row is None:
            return None
        return Held(_post(row), again=row.attempts > 1, since=row.first_attempt_at, until=until)

    async def pause(self, key: str, holder: str, until: datetime, *, untried: bool) -> None:
        """Nobody but its holder touches a message until then. ``untried``: the attempt did not count."""
        await self._connection.execute(
            update(OUTBOX)
            .where(self._is(key), OUTBOX.c.holder == holder, OUTBOX.c.state == PostState.SENDING.value)
            .values(held_until=until, attempts=OUTBOX.c.attempts - int(untried))
        )

    async def settle(self, key: str, *, ts: str = "", error: str = "") -> None:
        """Sent, with Slack's ``ts``, or failed, with why. What was sent stays sent."""
        state = PostState.SENT if ts else PostState.FAILED
        await self._connection.execute(
            update(OUTBOX)
            .where(self._is(key), OUTBOX.c.state != PostState.SENT.value)
            .values(state=state.value, ts=ts, error=error, held_until=None)
        )

    async def about(self, channel: str, ts: str) -> str:
        """What a message is about, "" where it is not ours or about nothing."""
        statement = select(OUTBOX.c.about).where(
            OUTBOX.c.team == self._team, OUTBOX.c.channel == channel, OUTBOX.c.ts == ts
        )
        row = (await self._connection.execute(statement)).first()
        return "" if row is None else str(row.about)

    async def places(self, about: str) -> list[Posted]:
        """Messages about something that stand in Slack, oldest first."""
        statement = select(OUTBOX).where(
            OUTBOX.c.team == self._team, OUTBOX.c.about == about, OUTBOX.c.state == PostState.SENT.value
        )
        rows: Sequence[Row[Any]] = await self._rows(statement.order_by(OUTBOX.c.id))
        return [_posted(row) for row in rows]

    def _is(self, key: str) -> ColumnElement[bool]:
        return (OUTBOX.c.team == self._team) & (OUTBOX.c.key == key)


def _post(row: Row[Any]) -> Post:
    return Post(
        key=row.key,
        channel=row.channel,
        text=row.text,
        blocks=tuple(row.blocks),
        thread_ts=row.thread_ts,
        about=row.about,
    )


def _posted(row: Row[Any]) -> Posted:
    return Posted(_post(row), PostState(row.state), row.attempts, row.ts, row.error)
