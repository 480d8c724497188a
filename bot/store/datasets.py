"""Sets of eval cases in the database: versions that never change, and candidates that wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, or_, select, update

from bot.domain.datasets import (
    Candidate,
    CandidateState,
    DatasetLine,
    Diff,
    Version,
    case_from_json,
    case_to_json,
    vars_key,
)
from bot.domain.experiments.cells import Case
from bot.store.repositories import IN_LIST, Repository, in_batches
from bot.store.tables import METADATA

DATASET = METADATA.tables["dataset"]
VERSION = METADATA.tables["dataset_version"]
CASE = METADATA.tables["dataset_case"]
CANDIDATE = METADATA.tables["dataset_candidate"]


@dataclass(frozen=True, slots=True)
class StoredSet:
    """A set's row. ``version`` is the newest, 0 before the first."""

    id: int
    name: str
    channel: str
    version: int


class Datasets(Repository):
    """Named sets of a team."""

    async def get(self, name: str) -> StoredSet | None:
        newest = select(func.coalesce(func.max(VERSION.c.number), 0)).where(
            VERSION.c.dataset_id == DATASET.c.id
        )
        statement = select(
            DATASET.c.id, DATASET.c.name, DATASET.c.channel, newest.scalar_subquery().label("version")
        )
        found = await self._rows(statement.where(DATASET.c.team == self._team, DATASET.c.name == name))
        return StoredSet(**found[0]._mapping) if found else None

    async def get_or_add(self, name: str, channel: str, now: datetime) -> StoredSet:
        """The set of that name; a new one came from ``channel``."""
        await self._insert_ignoring(
            DATASET, [{"team": self._team, "channel": channel, "name": name, "created_at": now}]
        )
        found = await self.get(name)
        assert found is not None  # noqa: S101  inserted just above, in the same transaction
        return found

    async def names(self) -> list[str]:
        statement = select(DATASET.c.name).where(DATASET.c.team == self._team).order_by(DATASET.c.name)
        return [row.name for row in await self._rows(statement)]

    async def overview(self) -> list[DatasetLine]:
        """All sets in order of name."""
        waiting = (
            select(func.count())
            .where(CANDIDATE.c.dataset_id == DATASET.c.id, CANDIDATE.c.state == CandidateState.WAITING.value)
            .scalar_subquery()
        )
        other = VERSION.alias()
        newest = select(func.max(other.c.number)).where(other.c.dataset_id == DATASET.c.id)
        statement = (
            select(
                DATASET.c.name, DATASET.c.channel, DATASET.c.created_at, VERSION.c.number, VERSION.c.cases,
                VERSION.c.created_at.label("changed_at"), waiting.label("candidates"),
            )
            .select_from(DATASET)
            .outerjoin(
                VERSION,
                (VERSION.c.dataset_id == DATASET.c.id) & (VERSION.c.number == newest.scalar_subquery()),
            )
            .where(DATASET.c.team == self._team)
            .order_by(DATASET.c.name)
        )  # fmt: skip
        return [
            DatasetLine(
                name=row.name,
                channel=row.channel,
                version=row.number or 0,
                cases=row.cases or 0,
                candidates=row.candidates,
                changed_at=row.changed_at or row.created_at,
            )
            for row in await self._rows(statement)
        ]

    async def versions(self, dataset: int) -> list[Version]:
        """Oldest first."""
        columns = [VERSION.c[name] for name in Version.__slots__]
        statement = select(*columns).where(VERSION.c.dataset_id == dataset).order_by(VERSION.c.number)
        return [Version(**row._mapping) for row in await self._rows(statement)]

    async def cases(self, dataset: int, version: int) -> list[Case]:
        """The cases of one version, in order."""
        statement = (
            select(CASE.c.body)
            .where(CASE.c.dataset_id == dataset, _in_force(version))
            .order_by(CASE.c.place, CASE.c.id)
        )
        return [case_from_json(row.body) for row in await self._rows(statement)]

    async def add_version(self, dataset: int, version: Version, diff: Diff, cases: Sequence[Case]) -> None:
        """``cases`` are all of the new version, in order; ``diff`` is what changes towards it."""
        ended = [edit.before.id for edit in diff.changed] + [case.id for case in diff.removed]
        for ids in in_batches(ended, IN_LIST):
            where = (CASE.c.dataset_id == dataset) & CASE.c.until.is_(None) & CASE.c.case_id.in_(ids)
            await self._connection.execute(update(CASE).where(where).values(until=version.number))
        rows = await self._begun(dataset, version.number, diff, cases)
        if rows:
            await self._connection.execute(insert(CASE), rows)
        values = {name: getattr(version, name) for name in Version.__slots__}
        await self._connection.execute(insert(VERSION).values(dataset_id=dataset, **values))

    async def _begun(
        self, dataset: int, version: int, diff: Diff, cases: Sequence[Case]
    ) -> list[dict[str, object]]:
        """The rows of what is new: an edited case keeps its place, an added one comes after all others."""
        edited = [edit.after.id for edit in diff.changed]
        places: dict[str, int] = {}
        for ids in in_batches(edited, IN_LIST):
            where = (CASE.c.dataset_id == dataset) & (CASE.c.until == version) & CASE.c.case_id.in_(ids)
            rows = await self._rows(select(CASE.c.case_id, CASE.c.place).where(where))
            places |= {row.case_id: row.place for row in rows}
        last = select(func.coalesce(func.max(CASE.c.place), 0)).where(CASE.c.dataset_id == dataset)
        following = int((await self._connection.execute(last)).scalar_one()) + 1
        for place, case in enumerate(diff.added, following):
            places[case.id] = place
        return [
            {
                "dataset_id": dataset, "case_id": case.id, "since": version, "until": None,
                "place": places[case.id], "body": case_to_json(case),
            }
            for case in cases
            if case.id in places
        ]  # fmt: skip


class Candidates(Repository):
    """Cases of a set that wait for a person, or that one decided on."""

    async def add(
        self,
        dataset: int,
        proposed: Sequence[tuple[Case, str]],
        by: str,
        now: datetime,
        authors: Mapping[str, str] | None = None,
    ) -> list[Candidate]:
        """Those that are new: the same input is proposed once to a set, whatever was decided on it.
        ``authors``: who proposed some of them, by the case's id."""
        known = await self._known(dataset, [vars_key(case.vars) for case, _why in proposed])
        last = select(func.coalesce(func.max(CANDIDATE.c.number), 0)).where(CANDIDATE.c.dataset_id == dataset)
        number = int((await self._connection.execute(last)).scalar_one())
        fresh: list[Candidate] = []
        for case, why in proposed:
            key = vars_key(case.vars)
            if key not in known:
                known.add(key)
                number += 1
                fresh.append(Candidate(number, case, why, (authors or {}).get(case.id, by), now))
        if fresh:
            await self._connection.execute(insert(CANDIDATE), [_values(dataset, each) for each in fresh])
        return fresh

    async def all(self, dataset: int, state: CandidateState | None = None) -> list[Candidate]:
        """In the order they were proposed."""
        where = CANDIDATE.c.dataset_id == dataset
        if state is not None:
            where &= CANDIDATE.c.state == state.value
        columns = [CANDIDATE.c[name] for name in Candidate.__slots__ if name != "case"]
        statement = select(CANDIDATE.c.body, *columns).where(where).order_by(CANDIDATE.c.number)
        found = []
        for row in await self._rows(statement):
            values = dict(row._mapping)
            case = case_from_json(values.pop("body"))
            found.append(Candidate(**{**values, "case": case, "state": CandidateState(row.state)}))
        return found

    async def decide(
        self, dataset: int, numbers: Sequence[int], state: CandidateState, by: str, reason: str, now: datetime
    ) -> None:
        for batch in in_batches(numbers, IN_LIST):
            where = (CANDIDATE.c.dataset_id == dataset) & CANDIDATE.c.number.in_(batch)
            values = {"state": state.value, "decided_by": by, "decided_at": now, "reason": reason}
            await self._connection.execute(update(CANDIDATE).where(where).values(**values))

    async def _known(self, dataset: int, keys: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for batch in in_batches(keys, IN_LIST):
            where = (CANDIDATE.c.dataset_id == dataset) & CANDIDATE.c.input_key.in_(batch)
            found |= {row.input_key for row in await self._rows(select(CANDIDATE.c.input_key).where(where))}
        return found


def _values(dataset: int, candidate: Candidate) -> dict[str, object]:
    return {
        "dataset_id": dataset,
        "number": candidate.number,
        "input_key": vars_key(candidate.case.vars),
        "body": case_to_json(candidate.case),
        "why": candidate.why,
        "state": candidate.state.value,
        "proposed_by": candidate.proposed_by,
        "proposed_at": candidate.proposed_at,
        "decided_by": "",
        "decided_at": None,
        "reason": "",
    }


def _in_force(version: int) -> ColumnElement[bool]:
    return (CASE.c.since <= version) & or_(CASE.c.until.is_(None), CASE.c.until > version)
