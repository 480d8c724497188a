"""Interactions of a team's products, loaded in bulk and at most once each."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Label,
    Row,
    Text,
    bindparam,
    case,
    cast,
    column,
    delete,
    func,
    literal_column,
    select,
    table,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.interactions import Interaction, Outcome, as_row, merged
from bot.domain.interactions import Row as Values
from bot.store.postgres import copy_records
from bot.store.repositories import IN_LIST, Repository, in_batches
from bot.store.tables import METADATA

INTERACTION = METADATA.tables["interaction"]
COLUMNS = {"id": "key", "at": "occurred_at"}
"""What the store calls fields of an interaction that it names otherwise."""
FIELDS = [INTERACTION.c[COLUMNS.get(name, name)] for name in Interaction.__slots__]
LOADED = ["team", "received_at", *(column.name for column in FIELDS)]
KEY = ["team", "feature", "key"]
KEPT = {*KEY, "occurred_at", "received_at"}
"""Columns that what comes later never changes."""
MOST = 10_000  # rows read at once

_ID, _FEATURE, _AT = (Interaction.__slots__.index(name) for name in ("id", "feature", "at"))

ARRIVING = table("interaction_arriving", *(column(name) for name in LOADED))
ARRIVING_MADE = f"""
    CREATE TEMP TABLE IF NOT EXISTS interaction_arriving ON COMMIT DELETE ROWS
    AS {select(*(INTERACTION.c[name] for name in LOADED))} WITH NO DATA
"""


class Interactions(Repository):
    """An interaction is known by its feature and id. What is known of one stays; a later word on it (a span
    that comes late, an outcome) fills what was empty, and nothing is counted twice."""

    async def add(self, interactions: Iterable[Interaction], received_at: datetime) -> int:
        """How many of them are new. Texts must be redacted and people hashed."""
        return len(await self.load([as_row(each) for each in interactions], received_at))

    async def load(self, rows: Sequence[Values], received_at: datetime) -> set[tuple[str, str]]:
        """The same for rows (see ``as_row``); returns (feature, id) of those that are new."""
        if not rows:
            return set()
        if self._connection.dialect.name == "sqlite":
            return await self._load_sqlite(rows, received_at)
        return await self._load_postgres(rows, received_at)

    async def _load_sqlite(self, rows: Sequence[Values], received_at: datetime) -> set[tuple[str, str]]:
        """Rows go to the driver as they are: past SQLAlchemy's look at each value. No other transaction
        writes at the same time, so that whatever has a higher number afterwards is new."""
        newest = select(func.coalesce(func.max(INTERACTION.c.id), 0))
        before = (await self._connection.execute(newest)).scalar_one()
        statement, in_order = _sqlite_statement()
        head = (self._team, _sqlite_moment(received_at))
        values = [in_order((*head, *row[:_AT], _sqlite_moment(row[_AT]), *row[_AT + 1 :])) for row in rows]
        await self._connection.exec_driver_sql(statement, values)
        new = select(INTERACTION.c.feature, INTERACTION.c.key).where(INTERACTION.c.id > before)
        return {(row.feature, row.key) for row in await self._rows(new)}

    async def _load_postgres(self, rows: Sequence[Values], received_at: datetime) -> set[tuple[str, str]]:
        """By COPY into a table of the connection's own, and from there in one statement. That may touch a
        row only once: what comes twice is made one before."""
        once: dict[tuple[str, str], Values] = {}
        for row in rows:
            named = (row[_FEATURE], row[_ID])
            once[named] = merged(once[named], row) if named in once else row
        await self._connection.execute(text(ARRIVING_MADE))
        await self._connection.execute(delete(ARRIVING))  # of an earlier load of the same transaction
        records = [(self._team, received_at, *row) for row in once.values()]
        await copy_records(self._connection, ARRIVING.name, LOADED, records)
        insertion = postgresql.insert(INTERACTION).from_select(LOADED, select(*ARRIVING.c))
        fresh: Label[bool] = literal_column("(interaction.xmax = 0)").label("fresh")
        returned = _filling(insertion).returning(INTERACTION.c.feature, INTERACTION.c.key, fresh)
        return {(row.feature, row.key) for row in await self._rows(returned) if row.fresh}

    async def set_outcome(self, feature: str, id_: str, outcome: Outcome, final: str) -> None:
        """What became of an output, as told after it; ``final`` only where something was said."""
        named = (INTERACTION.c.feature == feature) & (INTERACTION.c.key == id_)
        values = {"outcome": outcome.value, **({"final": final} if final else {})}
        await self._connection.execute(
            update(INTERACTION).where(INTERACTION.c.team == self._team, named).values(values)
        )

    async def get(self, feature: str, id_: str) -> Interaction | None:
        found = await self._select(INTERACTION.c.feature == feature, INTERACTION.c.key == id_)
        return found[0] if found else None

    async def by_trace(self, trace: str) -> list[Interaction]:
        """All of one trace, of any feature, in order of time."""
        return await self._select(INTERACTION.c.trace == trace) if trace else []

    async def some(self, feature: str, ids: Iterable[str]) -> list[Interaction]:
        """Those of these ids that are there."""
        found: list[Interaction] = []
        for batch in in_batches(ids, IN_LIST):
            found += await self._select(INTERACTION.c.feature == feature, INTERACTION.c.key.in_(batch))
        return found

    async def between(
        self, feature: str, since: datetime, until: datetime, *, limit: int = MOST
    ) -> list[Interaction]:
        """What happened from ``since`` until before ``until``, oldest first, at most ``limit``."""
        within = (INTERACTION.c.occurred_at >= since) & (INTERACTION.c.occurred_at < until)
        return await self._select(INTERACTION.c.feature == feature, within, limit=limit)

    async def count(self, feature: str, since: datetime | None = None, until: datetime | None = None) -> int:
        statement = select(func.count()).where(
            INTERACTION.c.team == self._team, INTERACTION.c.feature == feature
        )
        if since is not None:
            statement = statement.where(INTERACTION.c.occurred_at >= since)
        if until is not None:
            statement = statement.where(INTERACTION.c.occurred_at < until)
        return int((await self._connection.execute(statement)).scalar_one())

    async def features(self) -> list[str]:
        """Features that have any, in order of their names."""
        statement = select(INTERACTION.c.feature).where(INTERACTION.c.team == self._team).distinct()
        return sorted((await self._connection.execute(statement)).scalars())

    async def _select(self, *where: ColumnElement[bool], limit: int = MOST) -> list[Interaction]:
        statement = select(*FIELDS).where(INTERACTION.c.team == self._team, *where)
        ordered = statement.order_by(INTERACTION.c.occurred_at, INTERACTION.c.key).limit(limit)
        return [_interaction(row) for row in await self._rows(ordered)]


def _interaction(row: Row[Any]) -> Interaction:
    values = dict(zip(Interaction.__slots__, row, strict=True))
    return Interaction(**{**values, "outcome": Outcome(values["outcome"])})


def _filling(insertion: Any) -> Any:
    """What is there already keeps its values; those that are empty are filled."""
    return insertion.on_conflict_do_update(
        index_elements=KEY,
        set_={
            name: case((_is_empty(INTERACTION.c[name]), insertion.excluded[name]), else_=INTERACTION.c[name])
            for name in LOADED
            if name not in KEPT
        },
    )


def _is_empty(column: Column[Any]) -> ColumnElement[bool]:
    """EMPTY in SQL: numbers are NULL, texts "", the segment {}, which has no equality on PostgreSQL."""
    if column.nullable:
        return column.is_(None)
    if column.name == "segment":
        return cast(column, Text) == literal_column("'{}'")
    return column == literal_column("''")


@cache
def _sqlite_statement() -> tuple[str, Callable[[Values], Values]]:
    """The statement, and what puts values in the order of LOADED into that of its marks."""
    insertion = sqlite.insert(INTERACTION).values({name: bindparam(name) for name in LOADED})
    compiled = _filling(insertion).compile(dialect=sqlite.dialect())
    return str(compiled), itemgetter(*(LOADED.index(name) for name in compiled.positiontup))


def _sqlite_moment(moment: datetime) -> str:
    """As SQLAlchemy writes them."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
