"""Taking interactions back out: of long ago, or of one person with all that was said of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Table, delete, select

from bot.store.repositories import IN_LIST, Repository, in_batches
from bot.store.tables import METADATA

INTERACTION = METADATA.tables["interaction"]
OUTPUT = METADATA.tables["tracked_output"]
OF_OUTPUTS = [METADATA.tables[name] for name in ("vote", "vote_mark", "vote_explanation", "output_label")]
RECEIVED = METADATA.tables["product_feedback"]
MOST = 5_000  # deleted in one transaction


class Erasure(Repository):
    """Interactions, and what people may judge or have said of them."""

    async def user(self, user: str) -> int:
        """Everything of one user of a product ("product:HASH"): their interactions with what others said of
        them, and their own votes and words. Returns how many interactions it was."""
        names = await self._names(INTERACTION.c.user == user)
        await self._with_words(names)
        for table in (*OF_OUTPUTS, RECEIVED, INTERACTION):
            await self._delete_from(table, table.c.user == user)
        return len(names)

    async def before(self, feature: str, moment: datetime, *, limit: int = MOST) -> int:
        """Up to ``limit`` interactions of a feature that happened before; returns how many. Fewer than that:
        it was all. Outputs that somebody judged stay as they were kept with the votes on them."""
        old = (INTERACTION.c.feature == feature) & (INTERACTION.c.occurred_at < moment)
        ids = select(INTERACTION.c.id).where(INTERACTION.c.team == self._team, old).limit(limit)
        return await self._delete_from(INTERACTION, INTERACTION.c.id.in_(ids))

    async def teams(self) -> list[str]:
        """All that have interactions, for whoever goes through the whole database."""
        statement = select(INTERACTION.c.team).distinct().order_by(INTERACTION.c.team)
        return list((await self._connection.execute(statement)).scalars())

    async def _names(self, *where: ColumnElement[bool]) -> list[str]:
        rows = await self._rows(
            select(INTERACTION.c.feature, INTERACTION.c.key).where(INTERACTION.c.team == self._team, *where)
        )
        return [f"interaction:{row.feature}/{row.key}" for row in rows]

    async def _with_words(self, names: Sequence[str]) -> None:
        for batch in in_batches(names, IN_LIST):
            await self._delete_from(OUTPUT, OUTPUT.c.name.in_(batch))
            for table in OF_OUTPUTS:
                await self._delete_from(table, table.c.output.in_(batch))

    async def _delete_from(self, table: Table, *where: ColumnElement[bool]) -> int:
        done = await self._connection.execute(delete(table).where(table.c.team == self._team, *where))
        return int(done.rowcount)
