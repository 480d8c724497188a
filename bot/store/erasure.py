"""Taking interactions back out: of long ago, or of one person with all that was said of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Table, delete, select, update

from bot.store.evidence import CORRECTION, origin_of
from bot.store.repositories import IN_LIST, Repository, in_batches
from bot.store.tables import METADATA

INTERACTION = METADATA.tables["interaction"]
OUTPUT = METADATA.tables["tracked_output"]
OF_OUTPUTS = [METADATA.tables[name] for name in ("vote", "vote_mark", "vote_explanation", "output_label")]
DATASET, CANDIDATE = METADATA.tables["dataset"], METADATA.tables["dataset_candidate"]
SOMEBODY = "product:erased"
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
        await self._forget_candidates(user, names)
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

    async def _forget_candidates(self, user: str, names: Sequence[str]) -> None:
        """What they corrected, and corrections of what they were answered, unless a person made a case of it:
        that is the team's, and says no more whose it was."""
        mine = CANDIDATE.c.dataset_id.in_(select(DATASET.c.id).where(DATASET.c.team == self._team))
        waiting = mine & (CANDIDATE.c.state == "waiting")
        await self._connection.execute(delete(CANDIDATE).where(waiting, CANDIDATE.c.proposed_by == user))
        for batch in in_batches(names, IN_LIST):
            origins = [f"{CORRECTION}{name}" for name in batch]
            made = origin_of(CANDIDATE.c.body).in_(origins)
            await self._connection.execute(delete(CANDIDATE).where(waiting, made))
        renamed = update(CANDIDATE).where(mine, CANDIDATE.c.proposed_by == user)
        await self._connection.execute(renamed.values(proposed_by=SOMEBODY))

    async def _delete_from(self, table: Table, *where: ColumnElement[bool]) -> int:
        done = await self._connection.execute(delete(table).where(table.c.team == self._team, *where))
        return int(done.rowcount)
