"""Releases of prompts and suggested experiments in the database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from bot.domain.releases import Ending, Judgement, Release
from bot.store.repositories import Repository
from bot.store.tables import METADATA

RELEASE = METADATA.tables["prompt_release"]
SUGGESTION = METADATA.tables["suggestion"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An experiment suggested to somebody: production (``prompt``) against ``draft`` on a version of a set.
    ``answer``: "", "taken", "later" or "never"."""

    dataset: str
    version: int
    prompt: str
    draft: str
    person: str
    cases: int
    reason: str
    offered_at: datetime
    answer: str = ""

    @property
    def reference(self) -> str:
        return f"{self.dataset}@{self.version}"


class Releases(Repository):
    """Releases of a team, numbered within it, and what was suggested to lead to the next."""

    async def add(self, release: Release) -> Release:
        """Keep it under the next number."""
        newest = select(func.coalesce(func.max(RELEASE.c.number), 0)).where(RELEASE.c.team == self._team)
        number = int((await self._connection.execute(newest)).scalar_one()) + 1
        values = {
            "team": self._team, "number": number, "prompt": release.prompt,
            "from_version": release.from_version, "to_version": release.to_version,
            "experiment": release.experiment, "dataset": release.dataset,
            "mends": [list(each) for each in release.mends], "grounds": release.grounds,
            "released_by": release.by, "released_at": release.at, "watch_days": release.watch_days,
            "ended": "", "ended_by": "", "ended_at": None, "judgement": {}, "judged_at": None,
        }  # fmt: skip
        await self._connection.execute(insert(RELEASE).values(values))
        return replace(release, id=f"REL-{number}")

    async def end(self, prompt: str, ended: Ending, by: str, at: datetime) -> None:
        """Whatever of this prompt is live is so no longer."""
        where = (RELEASE.c.team == self._team) & (RELEASE.c.prompt == prompt) & (RELEASE.c.ended == "")
        values = {"ended": ended.value, "ended_by": by, "ended_at": at}
        await self._connection.execute(update(RELEASE).where(where).values(values))

    async def get(self, release_id: str) -> Release | None:
        digits = release_id.upper().removeprefix("REL-")
        number = int(digits) if digits.isdecimal() and len(digits) < 10 else 0
        rows = await self._rows(self._select().where(RELEASE.c.number == number))
        return _release(rows[0]) if rows else None

    async def of(self, references: Sequence[str], most: int) -> list[Release]:
        """Releases of these versions ("reply@4"), oldest first."""
        named = [tuple(reference.rsplit("@", 1)) for reference in references if "@" in reference]
        found: list[Row[Any]] = []
        for prompt, version in named:
            statement = self._select().where(RELEASE.c.prompt == prompt, RELEASE.c.to_version == int(version))
            found += await self._rows(statement.order_by(RELEASE.c.number).limit(most))
        return [_release(row) for row in found]

    async def on(self, experiments: Sequence[str], most: int) -> list[Release]:
        """Releases that these experiments ("EX-31") spoke for, oldest first."""
        statement = self._select().where(RELEASE.c.experiment.in_(list(experiments)[:most]))
        return [_release(row) for row in await self._rows(statement.order_by(RELEASE.c.number).limit(most))]

    async def since(self, since: datetime, until: datetime, prompts: Sequence[str] = ()) -> list[Release]:
        """Made within a span, oldest first; of some prompts or of all."""
        statement = self._select().where(RELEASE.c.released_at >= since, RELEASE.c.released_at < until)
        if prompts:
            statement = statement.where(RELEASE.c.prompt.in_(prompts))
        return [_release(row) for row in await self._rows(statement.order_by(RELEASE.c.number))]

    async def standing(self, prompt: str) -> list[Release]:
        """What of this prompt is live; one at most."""
        statement = self._select().where(RELEASE.c.prompt == prompt, RELEASE.c.ended == "")
        return [_release(row) for row in await self._rows(statement.order_by(RELEASE.c.number))]

    async def watched(self) -> list[Release]:
        """Those that stand and whose watch has not ended, oldest first."""
        statement = self._select().where(RELEASE.c.ended == "", RELEASE.c.judged_at.is_(None))
        return [_release(row) for row in await self._rows(statement.order_by(RELEASE.c.number))]

    async def judge(self, release_id: str, judgement: Judgement, at: datetime | None) -> None:
        """What was seen so far; with ``at`` for good."""
        number = int(release_id.removeprefix("REL-"))
        where = (RELEASE.c.team == self._team) & (RELEASE.c.number == number)
        values = {"judgement": judgement.as_json(), "judged_at": at}
        await self._connection.execute(update(RELEASE).where(where).values(values))

    async def suggest(self, suggestion: Suggestion) -> None:
        """Keep it; one that this version of the set has already stays as it is."""
        values = {
            "team": self._team, "dataset": suggestion.dataset, "version": suggestion.version,
            "prompt": suggestion.prompt, "draft": suggestion.draft, "person": suggestion.person,
            "cases": suggestion.cases, "reason": suggestion.reason, "answer": suggestion.answer,
            "offered_at": suggestion.offered_at,
        }  # fmt: skip
        await self._insert_ignoring(SUGGESTION, [values])

    async def suggested(self, dataset: str) -> list[Suggestion]:
        """For a set, oldest version first."""
        where = (SUGGESTION.c.team == self._team) & (SUGGESTION.c.dataset == dataset)
        columns = [SUGGESTION.c[name] for name in Suggestion.__slots__]
        rows = await self._rows(select(*columns).where(where).order_by(SUGGESTION.c.version))
        return [Suggestion(**row._mapping) for row in rows]

    async def answer(self, dataset: str, version: int, answer: str) -> None:
        where = (SUGGESTION.c.team == self._team) & (SUGGESTION.c.dataset == dataset)
        where &= SUGGESTION.c.version == version
        await self._connection.execute(update(SUGGESTION).where(where).values(answer=answer))

    def _select(self) -> Any:
        return select(RELEASE).where(RELEASE.c.team == self._team)


def _release(row: Row[Any]) -> Release:
    return Release(
        id=f"REL-{row.number}",
        prompt=row.prompt,
        to_version=row.to_version,
        by=row.released_by,
        at=row.released_at,
        watch_days=row.watch_days,
        from_version=row.from_version,
        experiment=row.experiment,
        dataset=row.dataset,
        mends=tuple((reason, count) for reason, count in row.mends),
        grounds=row.grounds,
        ended=Ending(row.ended),
        ended_by=row.ended_by,
        ended_at=row.ended_at,
        judgement=Judgement.from_json(row.judgement) if row.judgement else None,
    )
