"""Reading and writing rows, always within one team."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import blake2b
from itertools import islice
from operator import itemgetter
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from sqlalchemy import Row, Table, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.stories import Story
from bot.domain.tickets import Ticket
from bot.store.postgres import copy_rows
from bot.store.tables import METADATA

Item = TypeVar("Item")

TICKET = METADATA.tables["ticket"]
EMBEDDING = METADATA.tables["embedding"]
THEME_RUN = METADATA.tables["theme_run"]
THEME_EDIT = METADATA.tables["theme_edit"]
STORY = METADATA.tables["story"]
STORY_CHANGE = METADATA.tables["story_change"]
MODEL_CALL = METADATA.tables["model_call"]
RESPONSE = METADATA.tables["response_cache"]

IN_LIST = 500  # values in one IN (...): far under the limits of both databases


def text_hash(text: str) -> bytes:
    """The 128-bit key that texts are compared and vectors are stored by."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def in_batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Lists of at most ``size`` items, in order."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


class Repository:
    """A connection in a transaction, and the team it acts for."""

    def __init__(self, connection: AsyncConnection, team: str) -> None:
        self._connection = connection
        self._team = team

    async def _insert_ignoring(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert what is not there yet, on either database."""
        dialect = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        await self._connection.execute(dialect.insert(table).on_conflict_do_nothing(), list(rows))

    async def _upsert(self, table: Table, row: Mapping[str, Any]) -> None:
        """Insert, or replace the row of the same primary key."""
        await self._upsert_all(table, [row])

    async def _upsert_all(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """The same for rows of the same columns, none of a primary key twice."""
        if not rows:
            return
        dialect = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        insertion = dialect.insert(table)
        keys = [column.name for column in table.primary_key]
        rest = {name: insertion.excluded[name] for name in rows[0] if name not in keys}
        statement = insertion.on_conflict_do_update(index_elements=keys, set_=rest)
        await self._connection.execute(statement, list(rows))

    async def _rows(self, statement: Any) -> Sequence[Row[Any]]:
        return (await self._connection.execute(statement)).all()


class Tickets(Repository):
    """Redacted tickets of a source."""

    async def hashes(self, source_id: int, ticket_ids: Iterable[str]) -> dict[str, bytes]:
        """The stored text hash of each of these ids that is there."""
        found: dict[str, bytes] = {}
        for ids in in_batches(ticket_ids, IN_LIST):
            statement = select(TICKET.c.ticket_id, TICKET.c.text_hash).where(
                TICKET.c.source_id == source_id, TICKET.c.ticket_id.in_(ids)
            )
            found.update((row.ticket_id, row.text_hash) for row in await self._rows(statement))
        return found

    async def add(self, source_id: int, tickets: Sequence[Ticket]) -> None:
        if not tickets:
            return
        rows = [_ticket_values(source_id, ticket) for ticket in tickets]
        if self._connection.dialect.name == "sqlite":
            await self._connection.execute(insert(TICKET), rows)
        else:
            await copy_rows(self._connection, TICKET, rows)

    async def replace(self, source_id: int, ticket: Ticket) -> None:
        await self._connection.execute(
            update(TICKET)
            .where(TICKET.c.source_id == source_id, TICKET.c.ticket_id == ticket.ticket_id)
            .values(_ticket_values(source_id, ticket))
        )

    async def count(self, source_id: int) -> int:
        statement = select(func.count()).select_from(TICKET).where(TICKET.c.source_id == source_id)
        return int((await self._connection.execute(statement)).scalar_one())

    async def all(self, source_id: int) -> list[Ticket]:
        """Every ticket of a source in the order it came."""
        statement = select(TICKET).where(TICKET.c.source_id == source_id).order_by(TICKET.c.id)
        return [_ticket(row) for row in await self._rows(statement)]

    async def some(self, source_id: int, ticket_ids: Iterable[str]) -> list[Ticket]:
        found: list[Ticket] = []
        for ids in in_batches(ticket_ids, IN_LIST):
            statement = select(TICKET).where(TICKET.c.source_id == source_id, TICKET.c.ticket_id.in_(ids))
            found += [_ticket(row) for row in await self._rows(statement)]
        return found


def _ticket_values(source_id: int, ticket: Ticket) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "ticket_id": ticket.ticket_id,
        "text": ticket.text,
        "text_hash": text_hash(ticket.text),
        "created_at": ticket.created_at,
        "requester": ticket.requester,
        "fields": dict(ticket.fields),
        "pii": dict(ticket.pii),
    }


def _ticket(row: Row[Any]) -> Ticket:
    return Ticket(
        ticket_id=row.ticket_id,
        text=row.text,
        created_at=row.created_at,
        requester=row.requester,
        fields=row.fields,
        pii=row.pii,
    )


class Embeddings(Repository):
    """Stored vectors by text hash. Kept as float16: half the space, and no change to any neighbour found."""

    async def get(self, model: str, keys: Sequence[bytes]) -> dict[bytes, npt.NDArray[np.float16]]:
        found: dict[bytes, npt.NDArray[np.float16]] = {}
        for batch in in_batches(keys, IN_LIST):
            statement = select(EMBEDDING.c.text_hash, EMBEDDING.c.vector).where(
                EMBEDDING.c.model == model, EMBEDDING.c.text_hash.in_(batch)
            )
            for row in await self._rows(statement):
                found[row.text_hash] = np.frombuffer(row.vector, dtype=np.float16)
        return found

    async def put(self, model: str, vectors: Mapping[bytes, npt.NDArray[np.float16]]) -> None:
        # In one order for all: the table is shared by teams, and two who wait for each other would deadlock.
        for batch in in_batches(sorted(vectors.items(), key=itemgetter(0)), 2_000):
            await self._insert_ignoring(
                EMBEDDING,
                [{"model": model, "text_hash": key, "vector": vector.tobytes()} for key, vector in batch],
            )


class ThemeRuns(Repository):
    """Groupings of a scope (a source's name) and people's edits to them."""

    async def newest(self, scope: str) -> list[dict[str, Any]]:
        statement = (
            select(THEME_RUN.c.themes)
            .where(THEME_RUN.c.team == self._team, THEME_RUN.c.scope == scope)
            .order_by(THEME_RUN.c.id.desc())
            .limit(1)
        )
        row = (await self._connection.execute(statement)).first()
        return [] if row is None else list(row.themes)

    async def add(self, scope: str, granularity: str, themes: list[dict[str, Any]], now: datetime) -> None:
        await self._connection.execute(
            insert(THEME_RUN).values(
                team=self._team, scope=scope, granularity=granularity, themes=themes, created_at=now
            )
        )

    async def edits(self, scope: str) -> list[dict[str, Any]]:
        statement = (
            select(THEME_EDIT.c.edit)
            .where(THEME_EDIT.c.team == self._team, THEME_EDIT.c.scope == scope)
            .order_by(THEME_EDIT.c.id)
        )
        return [row.edit for row in await self._rows(statement)]

    async def add_edit(self, scope: str, edit: dict[str, Any], author: str, now: datetime) -> None:
        await self._connection.execute(
            insert(THEME_EDIT).values(team=self._team, scope=scope, edit=edit, author=author, created_at=now)
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a story, for its history."""

    kind: str
    field: str
    before: str
    after: str
    author: str
    created_at: datetime


class Stories(Repository):
    """Stories, numbered within the team."""

    async def next_number(self) -> int:
        statement = select(func.coalesce(func.max(STORY.c.number), 0)).where(STORY.c.team == self._team)
        return int((await self._connection.execute(statement)).scalar_one()) + 1

    async def save(self, story: Story, scope: str, now: datetime) -> None:
        """Insert, or replace the story of the same id."""
        values = {
            "scope": scope,
            "theme_id": story.theme_id,
            "channel": story.channel,
            "state": story.state.value,
            "story": story.model_dump(mode="json"),
            "updated_at": now,
        }
        number = int(story.id.removeprefix("ST-"))
        where = (STORY.c.team == self._team) & (STORY.c.number == number)
        changed = await self._connection.execute(update(STORY).where(where).values(values))
        if changed.rowcount == 0:
            await self._connection.execute(
                insert(STORY).values(team=self._team, number=number, created_at=now, **values)
            )

    async def get(self, story_id: str) -> tuple[Story, str] | None:
        """The story and its scope."""
        digits = story_id.upper().removeprefix("ST-")
        if not digits.isdecimal():
            return None
        statement = select(STORY.c.story, STORY.c.scope).where(
            STORY.c.team == self._team, STORY.c.number == int(digits)
        )
        row = (await self._connection.execute(statement)).first()
        return None if row is None else (Story.model_validate(row.story), row.scope)

    async def all(self, scope: str | None = None) -> list[Story]:
        statement = select(STORY.c.story).where(STORY.c.team == self._team).order_by(STORY.c.number)
        if scope is not None:
            statement = statement.where(STORY.c.scope == scope)
        return [Story.model_validate(row.story) for row in await self._rows(statement)]

    async def record(self, story_id: str, changes: Sequence[Change]) -> None:
        number = int(story_id.removeprefix("ST-"))
        statement = select(STORY.c.id).where(STORY.c.team == self._team, STORY.c.number == number)
        key = (await self._connection.execute(statement)).scalar_one()
        if changes:
            await self._connection.execute(
                insert(STORY_CHANGE), [{"story_id": key, **asdict(change)} for change in changes]
            )

    async def history(self, story_id: str) -> list[Change]:
        number = int(story_id.removeprefix("ST-"))
        columns = [STORY_CHANGE.c[name] for name in Change.__slots__]
        statement = (
            select(*columns)
            .join(STORY, STORY.c.id == STORY_CHANGE.c.story_id)
            .where(STORY.c.team == self._team, STORY.c.number == number)
            .order_by(STORY_CHANGE.c.id)
        )
        return [Change(**row._mapping) for row in await self._rows(statement)]

    async def edited_ids(self) -> set[str]:
        """Stories that a person has changed; a new draft never overwrites them."""
        statement = (
            select(STORY.c.number)
            .join(STORY_CHANGE, STORY.c.id == STORY_CHANGE.c.story_id)
            .where(STORY.c.team == self._team)
            .distinct()
        )
        return {f"ST-{row.number}" for row in await self._rows(statement)}


EXPERIMENTS = "experiments"
"""Stands in the place of a model where a run has reserved money for a block of calls."""


class Spending(Repository):
    """Model calls: an estimate is reserved before, the cost settled after."""

    async def reserve(self, model: str, prompt: str, estimate: float, now: datetime) -> int:
        result = await self._connection.execute(
            insert(MODEL_CALL)
            .values(
                team=self._team, model=model, prompt=prompt, reserved=estimate, created_at=now,
                input_tokens=0, output_tokens=0,
            )
            .returning(MODEL_CALL.c.id)
        )  # fmt: skip
        return int(result.scalar_one())

    async def settle(self, call_id: int, cost: float, input_tokens: int, output_tokens: int) -> None:
        await self._connection.execute(
            update(MODEL_CALL)
            .where(MODEL_CALL.c.id == call_id)
            .values(cost=cost, input_tokens=input_tokens, output_tokens=output_tokens)
        )

    async def between(self, since: datetime, until: datetime) -> float:
        """What models cost from ``since`` until before ``until``, in US dollars, reservations included."""
        spent = func.coalesce(func.sum(func.coalesce(MODEL_CALL.c.cost, MODEL_CALL.c.reserved)), 0.0)
        statement = select(spent).where(
            MODEL_CALL.c.team == self._team, MODEL_CALL.c.created_at >= since, MODEL_CALL.c.created_at < until
        )
        return float((await self._connection.execute(statement)).scalar_one())

    async def spent_since(self, since: datetime, *, experiments: bool = False) -> float:
        """Settled costs, and reservations not settled yet, in US dollars: of experiments, or of all else."""
        statement = select(
            func.coalesce(func.sum(func.coalesce(MODEL_CALL.c.cost, MODEL_CALL.c.reserved)), 0.0)
        )
        kind = MODEL_CALL.c.model == EXPERIMENTS
        statement = statement.where(
            MODEL_CALL.c.team == self._team,
            MODEL_CALL.c.created_at >= since,
            kind if experiments else ~kind,
        )
        return float((await self._connection.execute(statement)).scalar_one())


class Responses(Repository):
    """Cached model responses by request hash."""

    async def get(self, key: str) -> bytes | None:
        row = (
            await self._connection.execute(select(RESPONSE.c.response).where(RESPONSE.c.key == key))
        ).first()
        return None if row is None else bytes(row.response)

    async def put(self, key: str, response: bytes, now: datetime) -> None:
        await self.put_all({key: response}, now)

    async def put_all(self, responses: Mapping[str, bytes], now: datetime) -> None:
        """What is there already stays."""
        if responses:
            rows = [
                {"key": key, "response": response, "created_at": now} for key, response in responses.items()
            ]
            await self._insert_ignoring(RESPONSE, rows)
