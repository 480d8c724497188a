"""What turns the flywheel, counted and listed in the database: ratings, corrections, experiments on a set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, or_, select

from bot.domain.experiments.experiment import Experiment
from bot.domain.feedback import Vote
from bot.domain.releases import Ratings
from bot.store.evidence import (
    CANDIDATE,
    CASE,
    CORRECTION,
    DATASET,
    EXPERIMENT,
    OUTPUT,
    VOTE,
    origin_of,
)
from bot.store.experiments import experiment_of
from bot.store.repositories import Repository
from bot.store.tables import METADATA

RELEASE = METADATA.tables["prompt_release"]


@dataclass(frozen=True, slots=True)
class Span:
    """From ``since`` until before ``until``; ``features`` (names), ``sets`` and ``prompts`` narrow it down,
    empty ones do not."""

    since: datetime
    until: datetime
    features: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectionMark:
    """A correction with what was corrected; ``input`` are the variables it was made from."""

    output: str
    feature: str
    text: str
    input: Mapping[str, Any]
    correction: str
    reasons: tuple[str, ...]


class Flywheel(Repository):
    """Reads only, a bounded number of rows at a time."""

    async def ratings(
        self, features: Sequence[str], prompt: str, since: datetime, until: datetime, reason: str
    ) -> Ratings:
        """Votes on outputs of these features, or made by any version of the prompt, that were made in the
        span."""
        mine = OUTPUT.c.feature.in_(list(features)) | OUTPUT.c.prompt.startswith(
            f"{prompt}@", autoescape=True
        )
        gave = cast(VOTE.c.reasons, String).contains(f'"{reason}"', autoescape=True)
        if not reason:
            gave = VOTE.c.output != VOTE.c.output
        statement = (
            select(
                func.count().label("n"),
                func.count().filter(VOTE.c.thumb == "up").label("positive"),
                func.count().filter((VOTE.c.thumb == "down") & gave).label("reason"),
            )
            .select_from(VOTE)
            .join(OUTPUT, (OUTPUT.c.team == VOTE.c.team) & (OUTPUT.c.name == VOTE.c.output))
            .where(VOTE.c.team == self._team, mine)
            .where(OUTPUT.c.created_at >= since, OUTPUT.c.created_at < until)
        )
        (row,) = await self._rows(statement)
        return Ratings(row.n, row.positive, row.reason)

    async def waiting_corrections(self, most: int) -> list[Vote]:
        """The newest corrections that no set has a candidate of, though their input is kept; oldest first."""
        origin = origin_of(CANDIDATE.c.body)
        proposed = (
            select(origin)
            .join(DATASET, DATASET.c.id == CANDIDATE.c.dataset_id)
            .where(DATASET.c.team == self._team, origin.startswith(CORRECTION, autoescape=True))
        )
        named = literal(CORRECTION) + VOTE.c.output
        statement = (
            select(*(VOTE.c[name] for name in Vote.__slots__))
            .join(OUTPUT, (OUTPUT.c.team == VOTE.c.team) & (OUTPUT.c.name == VOTE.c.output))
            .where(VOTE.c.team == self._team, VOTE.c.correction != "", named.not_in(proposed))
            .where(cast(OUTPUT.c.input, String) != "{}")
            .order_by(VOTE.c.given_at.desc(), VOTE.c.output.desc(), VOTE.c.user.desc())
        )
        rows = await self._rows(statement.limit(most))
        return [Vote(**{**row._mapping, "reasons": tuple(row.reasons)}) for row in reversed(rows)]

    async def corrections(self, features: Sequence[str], channel: str, most: int) -> list[CorrectionMark]:
        """The newest corrections of the bot's own stories and of these features' outputs, that came from no
        private channel or from this one."""
        mine = (OUTPUT.c.kind == "story") | OUTPUT.c.feature.in_(list(features))
        statement = (
            select(
                VOTE.c.output,
                VOTE.c.correction,
                VOTE.c.reasons,
                OUTPUT.c.text,
                OUTPUT.c.input,
                OUTPUT.c.feature,
            )
            .join(OUTPUT, (OUTPUT.c.team == VOTE.c.team) & (OUTPUT.c.name == VOTE.c.output))
            .where(VOTE.c.team == self._team, VOTE.c.correction != "", mine)
            .where(OUTPUT.c.channel.in_(["", channel]))
            .order_by(VOTE.c.given_at.desc(), VOTE.c.output, VOTE.c.user)
        )
        return [
            CorrectionMark(row.output, row.feature, row.text, row.input, row.correction, tuple(row.reasons))
            for row in await self._rows(statement.limit(most))
        ]

    async def corrected_outputs(self, dataset: str, version: int, since: int, most: int) -> list[str]:
        """Names of outputs whose corrections are cases in force at a version and came in after ``since``."""
        still = or_(CASE.c.until.is_(None), CASE.c.until > version)
        statement = (
            select(origin_of(CASE.c.body).label("origin"))
            .join(DATASET, DATASET.c.id == CASE.c.dataset_id)
            .where(DATASET.c.team == self._team, DATASET.c.name == dataset)
            .where(CASE.c.since <= version, CASE.c.since > since, still)
            .where(origin_of(CASE.c.body).startswith(CORRECTION, autoescape=True))
            .order_by(CASE.c.id)
        )
        rows = await self._rows(statement.limit(most))
        return [str(row.origin).removeprefix(CORRECTION) for row in rows]

    async def experiments_on(self, dataset: str, most: int) -> list[Experiment]:
        """The newest on any version of a set that were begun, in order of their number."""
        statement = select(EXPERIMENT).where(
            EXPERIMENT.c.team == self._team,
            EXPERIMENT.c.dataset.startswith(f"{dataset}@", autoescape=True),
            EXPERIMENT.c.state != "planned",
        )
        rows = await self._rows(statement.order_by(EXPERIMENT.c.number.desc()).limit(most))
        return [experiment_of(row) for row in reversed(rows)]

    async def thumbs_down(self, span: Span, most: int) -> tuple[int, list[str]]:
        """How many, and the names of the votes ("OUTPUT/USER") that came first."""
        outputs = (OUTPUT.c.team == VOTE.c.team) & (OUTPUT.c.name == VOTE.c.output)
        where = [VOTE.c.team == self._team, VOTE.c.thumb == "down", *_within(VOTE.c.given_at, span)]
        if span.features:
            where.append(OUTPUT.c.feature.in_(span.features))
        name = (VOTE.c.output + "/" + VOTE.c.user).label("name")
        statement = (
            select(name, func.coalesce(OUTPUT.c.channel, "").label("channel"))
            .select_from(VOTE)
            .join(OUTPUT, outputs, isouter=True)
            .where(*where)
        )
        return await self._counted(statement, VOTE.c.given_at, most)

    async def corrected(self, span: Span, most: int, *, accepted: bool) -> tuple[int, list[str]]:
        """Candidates made of corrections ("refunds#3"): proposed in the span, or accepted in it."""
        moment = CANDIDATE.c.decided_at if accepted else CANDIDATE.c.proposed_at
        where = [DATASET.c.team == self._team, *_within(moment, span)]
        where.append(origin_of(CANDIDATE.c.body).startswith(CORRECTION, autoescape=True))
        if accepted:
            where.append(CANDIDATE.c.state == "accepted")
        if span.sets:
            where.append(DATASET.c.name.in_(span.sets))
        name = (DATASET.c.name + "#" + cast(CANDIDATE.c.number, String)).label("name")
        statement = (
            select(name, DATASET.c.channel)
            .join(DATASET, DATASET.c.id == CANDIDATE.c.dataset_id)
            .where(*where)
        )
        return await self._counted(statement, moment, most)

    async def experiments(self, span: Span, most: int) -> tuple[int, list[str]]:
        """Those begun in the span, on any version of the sets."""
        where = [EXPERIMENT.c.team == self._team, EXPERIMENT.c.state != "planned"]
        where += _within(EXPERIMENT.c.created_at, span)
        if span.sets:
            ran = [EXPERIMENT.c.dataset.startswith(f"{name}@", autoescape=True) for name in span.sets]
            where.append(or_(*ran))
        name = (literal("EX-") + cast(EXPERIMENT.c.number, String)).label("name")
        return await self._counted(
            select(name, EXPERIMENT.c.channel).where(*where), EXPERIMENT.c.number, most
        )

    async def releases(self, span: Span, most: int) -> tuple[int, list[str]]:
        where = [RELEASE.c.team == self._team, *_within(RELEASE.c.released_at, span)]
        if span.prompts:
            where.append(RELEASE.c.prompt.in_(span.prompts))
        name = (literal("REL-") + cast(RELEASE.c.number, String)).label("name")
        return await self._counted(
            select(name, literal("").label("channel")).where(*where), RELEASE.c.number, most
        )

    async def _counted(
        self, statement: Select[str, str], order: ColumnElement[Any], most: int
    ) -> tuple[int, list[str]]:
        """How many there are, and the names of the first ``most`` that came from no private channel."""
        total = select(func.count()).select_from(statement.subquery())
        count = int((await self._connection.execute(total)).scalar_one())
        openly = statement.where(statement.selected_columns.channel == "")
        rows = await self._rows(openly.order_by(order, "name").limit(most))
        return count, [row.name for row in rows]


def _within(moment: ColumnElement[Any], span: Span) -> list[ColumnElement[bool]]:
    return [moment >= span.since, moment < span.until]
