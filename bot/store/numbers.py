"""Business numbers: what a metric outside the model was, as the product tells it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.repositories import Repository
from bot.store.tables import METADATA

NUMBER = METADATA.tables["business_number"]


@dataclass(frozen=True, slots=True)
class BusinessNumber:
    """``value`` of ``metric`` at a moment in UTC; ``n``: of how many cases, None where nobody said."""

    feature: str
    metric: str
    at: datetime
    value: float
    n: int | None = None


class BusinessNumbers(Repository):
    """One value per feature, metric and moment: the last one sent."""

    async def put(self, numbers: Sequence[BusinessNumber]) -> None:
        if not numbers:
            return
        dialect: Any = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        insertion = dialect.insert(NUMBER)
        keys = [column.name for column in NUMBER.primary_key]
        statement = insertion.on_conflict_do_update(
            index_elements=keys, set_={name: insertion.excluded[name] for name in ("value", "n")}
        )
        await self._connection.execute(statement, [{"team": self._team, **asdict(each)} for each in numbers])

    async def between(
        self, feature: str, metric: str, since: datetime, until: datetime
    ) -> list[BusinessNumber]:
        """From ``since`` until before ``until``, oldest first."""
        columns = [NUMBER.c[name] for name in BusinessNumber.__slots__]
        statement = (
            select(*columns)
            .where(NUMBER.c.team == self._team, NUMBER.c.feature == feature, NUMBER.c.metric == metric)
            .where(NUMBER.c.at >= since, NUMBER.c.at < until)
            .order_by(NUMBER.c.at)
        )
        return [BusinessNumber(**row._mapping) for row in await self._rows(statement)]

    async def metrics(self, feature: str) -> list[str]:
        """Metrics that have any value."""
        statement = (
            select(NUMBER.c.metric).where(NUMBER.c.team == self._team, NUMBER.c.feature == feature).distinct()
        )
        return sorted((await self._connection.execute(statement)).scalars())
