"""Figures of the whole database, of all teams together: for the people who run it, never for one team."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.posts import PostState
from bot.store.tables import METADATA

POSTS = METADATA.tables["outbox"]
CALLS = METADATA.tables["model_call"]


@dataclass(frozen=True, slots=True)
class Totals:
    """``posts`` counts messages by state; ``spent_usd`` adds what model calls cost, reservations included."""

    posts: Mapping[str, int]
    spent_usd: float


async def count_totals(connection: AsyncConnection) -> Totals:
    """Two queries."""
    by_state = await connection.execute(select(POSTS.c.state, func.count()).group_by(POSTS.c.state))
    found = {str(state): int(count) for state, count in by_state}
    costs = func.sum(func.coalesce(CALLS.c.cost, CALLS.c.reserved))
    spent = (await connection.execute(select(func.coalesce(costs, 0.0)))).scalar_one()
    return Totals(posts={state: found.get(state, 0) for state in PostState}, spent_usd=float(spent))
