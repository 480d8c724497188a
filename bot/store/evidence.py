"""What rows say of each other, for walking the chain of evidence: few rows at a time, of one team."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, cast, func, or_, select

from bot.domain.datasets import Candidate, CandidateState, case_from_json
from bot.domain.experiments.cells import Case
from bot.domain.experiments.experiment import Experiment
from bot.domain.feedback import Vote
from bot.domain.stories import Story
from bot.store.experiments import experiment_of
from bot.store.repositories import Repository
from bot.store.tables import METADATA

SOURCE, TICKET = METADATA.tables["source"], METADATA.tables["ticket"]
STORY = METADATA.tables["story"]
DATASET, VERSION = METADATA.tables["dataset"], METADATA.tables["dataset_version"]
CASE, CANDIDATE = METADATA.tables["dataset_case"], METADATA.tables["dataset_candidate"]
EXPERIMENT = METADATA.tables["experiment"]
VOTE, OUTPUT = METADATA.tables["vote"], METADATA.tables["tracked_output"]
CORRECTION = "correction of "
"""How the origin of a case begins that is made of a correction; the output's name follows."""


@dataclass(frozen=True, slots=True)
class TicketMark:
    source: str
    channel: str
    ticket_id: str
    text: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class StoryMark:
    story: Story
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CandidateMark:
    dataset: str
    channel: str
    candidate: Candidate
    input_key: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class CaseMark:
    """``since``: the version it came in with; ``until``: the first without it, None: it is still there."""

    dataset: str
    channel: str
    case: Case
    since: int
    until: int | None


@dataclass(frozen=True, slots=True)
class VersionMark:
    dataset: str
    channel: str
    number: int
    cases: int
    note: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class VoteMark:
    """A vote with the private channel that its output came from."""

    vote: Vote
    channel: str


@dataclass(frozen=True, slots=True)
class OutputMark:
    name: str
    title: str
    text: str
    prompt: str
    channel: str
    feature: str
    tracked_by: str
    at: datetime


class Evidence(Repository):
    """Bounded look-ups in both directions. ``most`` limits the rows; ``count`` says how many there are."""

    async def tickets(self, ticket_ids: Sequence[str], source: str, most: int) -> list[TicketMark]:
        """Of one source, or of all with ``source`` "" ."""
        columns = (SOURCE.c.name.label("source"), SOURCE.c.channel, TICKET.c.ticket_id, TICKET.c.text)
        statement = select(*columns, TICKET.c.created_at.label("at")).join(
            SOURCE, SOURCE.c.id == TICKET.c.source_id
        )
        wanted = list(dict.fromkeys(ticket_ids))[:most]
        statement = statement.where(SOURCE.c.team == self._team, TICKET.c.ticket_id.in_(wanted))
        if source:
            statement = statement.where(SOURCE.c.name == source)
        rows = await self._rows(statement.order_by(SOURCE.c.id, TICKET.c.id).limit(most))
        return [TicketMark(**row._mapping) for row in rows]

    async def stories(self, ids: Sequence[str], most: int) -> list[StoryMark]:
        numbers = [int(digits) for each in ids if (digits := each.removeprefix("ST-")).isdecimal()]
        return await self._stories(STORY.c.number.in_(numbers[:most]), most)

    async def stories_of_theme(self, source: str, theme: str, most: int) -> list[StoryMark]:
        return await self._stories((STORY.c.scope == source) & (STORY.c.theme_id == theme), most)

    async def stories_citing(self, source: str, ticket_id: str, most: int) -> list[StoryMark]:
        """Stories whose words stand on this very ticket."""
        named = f'"ticket_id": {json.dumps(ticket_id)}'
        text = cast(STORY.c.story, String)
        return await self._stories((STORY.c.scope == source) & text.contains(named, autoescape=True), most)

    async def votes(self, outputs: Sequence[str], most: int) -> list[VoteMark]:
        """On any of these outputs: those that correct it first, then 👎, then 👍, each oldest first."""
        columns = [VOTE.c[name] for name in Vote.__slots__]
        statement = self._votes(
            select(*columns, func.coalesce(OUTPUT.c.channel, "").label("channel")), outputs
        )
        order = (
            (VOTE.c.correction == ""),
            (VOTE.c.thumb != "down"),
            VOTE.c.given_at,
            VOTE.c.output,
            VOTE.c.user,
        )
        found = []
        for row in await self._rows(statement.order_by(*order).limit(most)):
            values = {name: getattr(row, name) for name in Vote.__slots__} | {"reasons": tuple(row.reasons)}
            found.append(VoteMark(Vote(**values), row.channel))
        return found

    async def count_votes(self, outputs: Sequence[str]) -> int:
        return int((await self._connection.execute(self._votes(select(func.count()), outputs))).scalar_one())

    async def outputs(self, names: Sequence[str], most: int) -> list[OutputMark]:
        """Those of the names that are kept."""
        return await self._outputs(OUTPUT.c.name.in_(list(names)[:most]), most)

    async def judged_outputs(self, prompts: Sequence[str], most: int) -> list[OutputMark]:
        """Outputs of a product that these versions made and that somebody voted on, the newest."""
        voted = (
            select(VOTE.c.output).where(VOTE.c.team == self._team, VOTE.c.output == OUTPUT.c.name).exists()
        )
        made = OUTPUT.c.prompt.in_(list(prompts)[:most]) & OUTPUT.c.kind.in_(("interaction", "message"))
        return await self._outputs(made & voted, most)

    async def candidates(self, where: "CandidatesWanted", most: int) -> list[CandidateMark]:
        """In the order they were proposed."""
        columns = [CANDIDATE.c[name] for name in Candidate.__slots__ if name != "case"]
        more = (CANDIDATE.c.body, CANDIDATE.c.input_key, CANDIDATE.c.decided_at)
        statement = select(DATASET.c.name.label("dataset"), DATASET.c.channel, *more, *columns)
        statement = statement.join(DATASET, DATASET.c.id == CANDIDATE.c.dataset_id)
        statement = statement.where(DATASET.c.team == self._team, where.clause())
        return [_candidate(row) for row in await self._rows(statement.order_by(CANDIDATE.c.id).limit(most))]

    async def cases(self, where: "CasesWanted", most: int) -> list[CaseMark]:
        """Those made of corrections first, then the newest."""
        columns = (CASE.c.body, CASE.c.since, CASE.c.until)
        statement = select(DATASET.c.name.label("dataset"), DATASET.c.channel, *columns)
        corrected = origin_of(CASE.c.body).startswith(CORRECTION, autoescape=True)
        statement = self._cases(statement, where).order_by(
            func.coalesce(corrected, False).desc(), CASE.c.since.desc(), CASE.c.place, CASE.c.id
        )
        return [
            CaseMark(row.dataset, row.channel, case_from_json(row.body), row.since, row.until)
            for row in await self._rows(statement.limit(most))
        ]

    async def count_cases(self, where: "CasesWanted") -> int:
        statement = self._cases(select(func.count()), where)
        return int((await self._connection.execute(statement)).scalar_one())

    async def versions(self, references: Sequence[tuple[str, int]], most: int) -> list[VersionMark]:
        """Versions of sets by (name, number)."""
        columns = (VERSION.c.number, VERSION.c.cases, VERSION.c.note, VERSION.c.author)
        statement = select(
            DATASET.c.name.label("dataset"), DATASET.c.channel, *columns, VERSION.c.created_at.label("at")
        ).join(DATASET, DATASET.c.id == VERSION.c.dataset_id)
        named = [
            (DATASET.c.name == name) & (VERSION.c.number == number) for name, number in references[:most]
        ]
        if not named:
            return []
        rows = await self._rows(
            statement.where(DATASET.c.team == self._team, or_(*named)).order_by(VERSION.c.id)
        )
        return [VersionMark(**row._mapping) for row in rows]

    async def versions_run(self, dataset: str, since: int, until: int | None, most: int) -> list[int]:
        """Versions of a set from ``since`` on that an experiment ran, oldest first."""
        statement = select(EXPERIMENT.c.dataset).where(
            EXPERIMENT.c.team == self._team, EXPERIMENT.c.dataset.startswith(f"{dataset}@", autoescape=True)
        )
        rows = await self._rows(statement.distinct().limit(most))
        numbers = sorted(int(row.dataset.rpartition("@")[2]) for row in rows)
        return [number for number in numbers if since <= number and (until is None or number < until)]

    async def experiments(self, datasets: Sequence[str], most: int) -> list[Experiment]:
        """Those that ran these versions of sets, in order of their number."""
        return await self._experiments(EXPERIMENT.c.dataset.in_(list(datasets)[:most]), most)

    async def experiments_by_id(self, ids: Sequence[str], most: int) -> list[Experiment]:
        numbers = [int(digits) for each in ids if (digits := each.removeprefix("EX-")).isdecimal()]
        return await self._experiments(EXPERIMENT.c.number.in_(numbers[:most]), most)

    async def experiments_with(self, prompt: str, most: int) -> list[Experiment]:
        """Those that compared this version ("reply@4") with others, the newest."""
        named = cast(EXPERIMENT.c.ordered, String).contains(json.dumps(prompt), autoescape=True)
        return [each for each in await self._experiments(named, most) if prompt in each.order.prompts]

    def _votes(self, statement: Select[Any], outputs: Sequence[str]) -> Select[Any]:
        known = (OUTPUT.c.team == VOTE.c.team) & (OUTPUT.c.name == VOTE.c.output)
        statement = statement.select_from(VOTE).join(OUTPUT, known, isouter=True)
        return statement.where(VOTE.c.team == self._team, VOTE.c.output.in_(list(outputs)))

    async def _outputs(self, where: ColumnElement[bool], most: int) -> list[OutputMark]:
        columns = [OUTPUT.c[name] for name in OutputMark.__slots__ if name != "at"]
        statement = select(*columns, OUTPUT.c.created_at.label("at")).where(
            OUTPUT.c.team == self._team, where
        )
        rows = await self._rows(statement.order_by(OUTPUT.c.created_at.desc(), OUTPUT.c.name).limit(most))
        return [OutputMark(**row._mapping) for row in reversed(rows)]

    async def _stories(self, where: ColumnElement[bool], most: int) -> list[StoryMark]:
        columns = (STORY.c.story, STORY.c.scope, STORY.c.created_at)
        statement = select(*columns).where(STORY.c.team == self._team, where).order_by(STORY.c.number)
        return [
            StoryMark(Story.model_validate(row.story), row.scope, row.created_at)
            for row in await self._rows(statement.limit(most))
        ]

    async def _experiments(self, where: ColumnElement[bool], most: int) -> list[Experiment]:
        statement = select(EXPERIMENT).where(EXPERIMENT.c.team == self._team, EXPERIMENT.c.state != "planned")
        statement = statement.where(where).order_by(EXPERIMENT.c.number.desc()).limit(most)
        return [experiment_of(row) for row in reversed(await self._rows(statement))]

    def _cases(self, statement: Select[Any], where: "CasesWanted") -> Select[Any]:
        statement = statement.select_from(CASE).join(DATASET, DATASET.c.id == CASE.c.dataset_id)
        return statement.where(DATASET.c.team == self._team, where.clause())


@dataclass(frozen=True, slots=True)
class CandidatesWanted:
    """``outputs``: made of corrections of these; ``inputs``: of these inputs (hashes) in ``dataset``; else
    ``numbers`` of ``dataset``."""

    outputs: tuple[str, ...] = ()
    dataset: str = ""
    inputs: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()

    def clause(self) -> ColumnElement[bool]:
        if self.outputs:
            return origin_of(CANDIDATE.c.body).in_([f"{CORRECTION}{output}" for output in self.outputs])
        there = DATASET.c.name == self.dataset
        if self.inputs:
            return there & CANDIDATE.c.input_key.in_(self.inputs)
        return there & CANDIDATE.c.number.in_(self.numbers)


@dataclass(frozen=True, slots=True)
class CasesWanted:
    """``version`` of ``dataset``: in force there; ``since``: came in with that version, or, with ``at``, with
    the one made at that moment; ``ids``: of these ids; ``origins``: whose origin is one of these; ``story``:
    of a story's examples."""

    dataset: str = ""
    version: int = 0
    at: datetime | None = None
    ids: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    story: str = ""

    def clause(self) -> ColumnElement[bool]:
        found: list[ColumnElement[bool]] = [DATASET.c.name == self.dataset] if self.dataset else []
        if self.version:
            still = or_(CASE.c.until.is_(None), CASE.c.until > self.version)
            found.append((CASE.c.since <= self.version) & still)
        if self.at is not None:
            made = select(VERSION.c.number).where(
                VERSION.c.dataset_id == CASE.c.dataset_id, VERSION.c.created_at == self.at
            )
            found.append(CASE.c.since.in_(made))
        if self.ids:
            found.append(CASE.c.case_id.in_(self.ids))
        if self.origins:
            found.append(origin_of(CASE.c.body).in_(self.origins))
        if self.story:
            found.append(origin_of(CASE.c.body).endswith(f" of {self.story}", autoescape=True))
        clause, *rest = found
        for each in rest:
            clause &= each
        return clause


def origin_of(body: ColumnElement[Any]) -> ColumnElement[str]:
    origin: ColumnElement[str] = body["origin"].as_string()
    return origin


def _candidate(row: Row[Any]) -> CandidateMark:
    values = {name: getattr(row, name) for name in Candidate.__slots__ if name != "case"}
    values |= {"case": case_from_json(row.body), "state": CandidateState(row.state)}
    return CandidateMark(row.dataset, row.channel, Candidate(**values), row.input_key, row.decided_at)
