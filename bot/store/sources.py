"""Named logs and their imports."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from bot.store.repositories import Repository
from bot.store.tables import METADATA

SOURCE = METADATA.tables["source"]
IMPORT = METADATA.tables["import_run"]
TICKET = METADATA.tables["ticket"]


@dataclass(frozen=True, slots=True)
class Source:
    """A named support log and where it stands legally. ``channel`` is the private one its tickets came from,
    "" where they came from elsewhere."""

    id: int
    name: str
    kind: str
    channel: str = ""
    owner: str = ""
    licence: str = ""
    consent: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source in a list. ``channel``: the private one it came from; ``grade``: its newest audit's."""

    name: str
    channel: str
    tickets: int
    grade: str


class Sources(Repository):
    """Named logs and their imports."""

    async def get(self, name: str) -> Source | None:
        columns = [SOURCE.c[name] for name in Source.__slots__]
        row = (
            await self._connection.execute(
                select(*columns).where(SOURCE.c.team == self._team, SOURCE.c.name == name)
            )
        ).first()
        return None if row is None else Source(**row._mapping)

    async def names(self) -> list[str]:
        rows = await self._rows(
            select(SOURCE.c.name).where(SOURCE.c.team == self._team).order_by(SOURCE.c.id)
        )
        return [row.name for row in rows]

    async def overview(self) -> list[SourceLine]:
        """All sources, the newest last, with what is in them."""
        newest = select(IMPORT.c.grade).where(IMPORT.c.source_id == SOURCE.c.id).order_by(IMPORT.c.id.desc())
        grade = newest.limit(1).scalar_subquery()
        counted = select(func.count()).select_from(TICKET).where(TICKET.c.source_id == SOURCE.c.id)
        tickets = counted.scalar_subquery()
        statement = select(SOURCE.c.name, SOURCE.c.channel, tickets.label("tickets"), grade.label("grade"))
        rows = await self._rows(statement.where(SOURCE.c.team == self._team).order_by(SOURCE.c.id))
        return [SourceLine(row.name, row.channel, row.tickets, row.grade or "") for row in rows]

    async def origins(self) -> dict[str, str]:
        """The private channel that each source came from ("" for most), the newest last."""
        rows = await self._rows(
            select(SOURCE.c.name, SOURCE.c.channel).where(SOURCE.c.team == self._team).order_by(SOURCE.c.id)
        )
        return {row.name: row.channel for row in rows}

    async def get_or_add(self, name: str, kind: str, now: datetime, channel: str = "") -> Source:
        """The source of that name; a new one came from ``channel``."""
        await self._insert_ignoring(
            SOURCE,
            [
                {
                    "team": self._team, "channel": channel, "name": name, "kind": kind, "created_at": now,
                    "owner": "", "licence": "", "consent": "", "note": "",
                }
            ],
        )  # fmt: skip
        source = await self.get(name)
        assert source is not None  # noqa: S101  inserted just above, in the same transaction
        return source

    async def describe(self, source_id: int, **record: str) -> None:
        """Set owner, licence, consent or note."""
        await self._connection.execute(update(SOURCE).where(SOURCE.c.id == source_id).values(**record))

    async def add_import(self, source_id: int, **values: Any) -> None:
        await self._connection.execute(insert(IMPORT).values(source_id=source_id, **values))

    async def newest_import(self, source_id: int) -> Row[Any] | None:
        return (
            await self._connection.execute(
                select(IMPORT).where(IMPORT.c.source_id == source_id).order_by(IMPORT.c.id.desc()).limit(1)
            )
        ).first()

    async def override_grade(self, import_id: int, reason: str) -> None:
        await self._connection.execute(
            update(IMPORT).where(IMPORT.c.id == import_id).values(override_reason=reason)
        )
