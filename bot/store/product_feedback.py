"""Feedback that products sent, until it is a vote on a known interaction."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, exists, or_, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.repositories import Repository
from bot.store.tables import METADATA

RECEIVED = METADATA.tables["product_feedback"]
INTERACTION = METADATA.tables["interaction"]


@dataclass(frozen=True, slots=True)
class Received:
    """What one user of a product said. ``key`` is the product's id of it; it is of the interaction with the
    id ``interaction``, or else the newest of ``trace``. ``thumb``: "up", "down", "none" (taken back) or ""
    (not said); ``score`` in 0-1. Words are redacted, the user hashed."""

    feature: str
    key: str
    interaction: str
    trace: str
    user: str
    thumb: str
    score: float | None
    reasons: tuple[str, ...]
    comment: str
    correction: str
    outcome: str
    at: datetime


_by_id = INTERACTION.c.key == RECEIVED.c.interaction
_by_trace = (
    (RECEIVED.c.interaction == "") & (RECEIVED.c.trace != "") & (INTERACTION.c.trace == RECEIVED.c.trace)
)
_found = (
    select(INTERACTION.c.key)
    .where(INTERACTION.c.team == RECEIVED.c.team, INTERACTION.c.feature == RECEIVED.c.feature)
    .where(or_(_by_id, _by_trace))
    .order_by(INTERACTION.c.occurred_at.desc())
    .limit(1)
    .scalar_subquery()
)
_COLUMNS = [RECEIVED.c[name] for name in Received.__slots__]


class ProductFeedback(Repository):
    """Feedback of a team's products, each counted once."""

    async def add(self, received: Sequence[Received], now: datetime) -> set[tuple[str, str]]:
        """Keep what is not there yet; returns (feature, key) of that."""
        if not received:
            return set()
        dialect: Any = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        rows = [
            {"team": self._team, **asdict(each), "reasons": list(each.reasons), "received_at": now,
             "applied": False}
            for each in received
        ]  # fmt: skip
        statement = dialect.insert(RECEIVED).on_conflict_do_nothing()
        done = await self._connection.execute(statement.returning(RECEIVED.c.feature, RECEIVED.c.key), rows)
        return {(row.feature, row.key) for row in done}

    async def ready(self, limit: int) -> list[tuple[Received, str]]:
        """What waits and is of an interaction that is there by now, with the id of that; oldest first."""
        statement = (
            select(*_COLUMNS, _found.label("found"))
            .where(self._waiting, _found.is_not(None))
            .order_by(RECEIVED.c.received_at, RECEIVED.c.key)
        )
        rows = await self._rows(statement.limit(limit))
        return [(_received(row), row.found) for row in rows]

    async def any_waits(self) -> bool:
        return (await self._connection.execute(select(exists().where(self._waiting)))).scalar_one()

    async def applied(self, received: Sequence[Received]) -> None:
        """They are votes now: their words are kept there."""
        named = tuple_(RECEIVED.c.feature, RECEIVED.c.key).in_(
            [(each.feature, each.key) for each in received]
        )
        await self._connection.execute(
            update(RECEIVED)
            .where(RECEIVED.c.team == self._team, named)
            .values(applied=True, comment="", correction="")
        )

    @property
    def _waiting(self) -> Any:
        return and_(RECEIVED.c.team == self._team, RECEIVED.c.applied.is_(False))


def _received(row: Row[Any]) -> Received:
    values = {name: getattr(row, name) for name in Received.__slots__}
    return Received(**{**values, "reasons": tuple(row.reasons)})
