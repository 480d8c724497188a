"""Sums over a feature's interactions, votes and labels, made by the database: rows never leave it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Row, and_, case, func, literal, or_, select, true

from bot.domain.interactions import Outcome
from bot.domain.statistics.clusters import ClusterSums
from bot.store.repositories import Repository
from bot.store.tables import METADATA

INTERACTION = METADATA.tables["interaction"]
VOTE = METADATA.tables["vote"]
OUTPUT = METADATA.tables["tracked_output"]
LABEL = METADATA.tables["output_label"]

OUTCOMES = {
    "acceptance_rate": Outcome.ACCEPTED,
    "edited_rate": Outcome.EDITED,
    "override_rate": Outcome.OVERRIDDEN,
    "escalation_rate": Outcome.ESCALATED,
}
Value = ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Window:
    """What is counted: from ``since`` until before ``until``."""

    feature: str
    since: datetime
    until: datetime


class Edit(NamedTuple):
    """An edited output and what became of it."""

    user: str
    output: str
    final: str


@dataclass(frozen=True, slots=True)
class Summed:
    """``sums`` by metric; ``users``: how many known ones the interactions are of."""

    users: int
    sums: Mapping[str, ClusterSums]


class Derived(Repository):
    """Sums by metric, ready for intervals that know rows of one user are alike."""

    async def sums(self, window: Window, confident: float) -> Summed:
        """Of each metric that an interaction tells by itself, and of "latency"; ``confident``: see Watched.
        One pass over the window."""
        shares, amounts = (
            _shares(confident),
            {"cost": INTERACTION.c.cost, "latency": INTERACTION.c.latency_ms},
        )
        names = [*shares, *amounts]
        columns: list[Value] = []
        for number, (name, value) in enumerate({**shares, **amounts}.items()):
            squares = func.sum(value * value) if name in amounts else func.sum(value)  # of 0 and 1
            columns += [
                func.sum(value).label(f"x{number}"),
                func.count(value).label(f"n{number}"),
                squares.label(f"s{number}"),
            ]
        rows = (
            select(INTERACTION.c.user.label("user"), *columns)
            .where(self._within(window))
            .group_by(INTERACTION.c.user)
            .subquery()
        )
        known = rows.c.user != ""
        users = func.sum(case((known, 1), else_=0))
        row = (await self._rows(select(*_totals(rows, len(names), known), users)))[0]
        return Summed(int(row[-1] or 0), _read(names, row))

    async def waits(self, window: Window, places: set[int]) -> dict[int, float]:
        """Milliseconds at these places, counted from 1 for the shortest."""
        took = INTERACTION.c.latency_ms
        place = func.row_number().over(order_by=took).label("place")
        timed = select(took, place).where(self._within(window), took.is_not(None)).subquery()
        statement = select(timed.c.place, timed.c.latency_ms).where(timed.c.place.in_(places))
        return {row.place: row.latency_ms for row in await self._rows(statement)}

    async def edits(self, window: Window, most: int) -> list[Edit]:
        """The newest edited outputs of which it is known what became of them."""
        statement = (
            select(INTERACTION.c.user, INTERACTION.c.output, INTERACTION.c.final)
            .where(self._within(window), INTERACTION.c.outcome == Outcome.EDITED.value)
            .where(INTERACTION.c.final != "", INTERACTION.c.output != "")
            .order_by(INTERACTION.c.occurred_at.desc(), INTERACTION.c.key)
            .limit(most)
        )
        return [Edit(row.user, row.output, row.final) for row in await self._rows(statement)]

    async def votes(self, window: Window) -> ClusterSums:
        """Thumbs up among votes given in the window on the feature's outputs; by who gave them."""
        up = _one_if(VOTE.c.thumb == "up", VOTE.c.thumb != "")
        rows = (
            select(VOTE.c.user.label("cluster"), up.label("value"))
            .select_from(VOTE.outerjoin(OUTPUT, _same_output(VOTE)))
            .where(VOTE.c.team == self._team, _about(VOTE, window.feature))
            .where(VOTE.c.given_at >= window.since, VOTE.c.given_at < window.until)
            .subquery()
        )
        return await self._clustered(rows, "votes")

    async def labels(self, window: Window) -> ClusterSums:
        """Agree among agree and disagree, of labels given in the window; by output, as several people look
        at the same one."""
        agreed = _one_if(LABEL.c.label == "agree", LABEL.c.label.in_(("agree", "disagree")))
        rows = (
            select(LABEL.c.output.label("cluster"), agreed.label("value"))
            .select_from(LABEL.outerjoin(OUTPUT, _same_output(LABEL)))
            .where(LABEL.c.team == self._team, _about(LABEL, window.feature))
            .where(LABEL.c.at >= window.since, LABEL.c.at < window.until)
            .subquery()
        )
        return await self._clustered(rows, "labels")

    async def _clustered(self, rows: FromClause, name: str) -> ClusterSums:
        """``rows`` have a column "cluster" and one of 0 and 1 or NULL, "value"."""
        inner = (
            select(
                func.sum(rows.c.value).label("x0"),
                func.count(rows.c.value).label("n0"),
                func.sum(rows.c.value).label("s0"),
            )
            .group_by(rows.c.cluster)
            .subquery()
        )
        return _read([name], (await self._rows(select(*_totals(inner, 1, true()))))[0])[name]

    def _within(self, window: Window) -> ColumnElement[bool]:
        return and_(
            INTERACTION.c.team == self._team,
            INTERACTION.c.feature == window.feature,
            INTERACTION.c.occurred_at >= window.since,
            INTERACTION.c.occurred_at < window.until,
        )


def _shares(confident: float) -> dict[str, Value]:
    """What an interaction counts for a share, NULL where it says nothing of it."""
    outcome, sure = INTERACTION.c.outcome, INTERACTION.c.confidence
    known = outcome != Outcome.UNKNOWN.value
    return {
        **{name: _one_if(outcome == each.value, known) for name, each in OUTCOMES.items()},
        "coverage": _one_if(sure >= confident, sure.is_not(None)),
        "error_rate": _one_if(INTERACTION.c.error != "", literal(True)),
    }


def _totals(rows: FromClause, metrics: int, known: ColumnElement[bool]) -> list[Value]:
    """What ClusterSums holds, for each metric. ``rows`` have x, n and the sum of squares (s) of each cluster;
    one that is not ``known`` stands for as many clusters as it has rows."""
    sums: list[Value] = []
    for number in range(metrics):
        x, n, squares = (rows.c[f"{letter}{number}"] for letter in "xns")
        sums += [
            func.sum(case((and_(known, n > 0), 1), (known, 0), else_=n)),
            func.sum(x),
            func.sum(n),
            func.sum(case((known, x * x), else_=squares)),
            func.sum(case((known, x * n), else_=x)),
            func.sum(case((known, n * n), else_=n)),
            func.sum(squares),
        ]
    return sums


def _one_if(condition: ColumnElement[bool], known: ColumnElement[bool]) -> Value:
    return case((and_(known, condition), 1.0), (known, 0.0))


def _same_output(judged: FromClause) -> ColumnElement[bool]:
    return and_(OUTPUT.c.team == judged.c.team, OUTPUT.c.name == judged.c.output)


def _about(judged: FromClause, feature: str) -> ColumnElement[bool]:
    """Interactions of the feature, and whatever else is tracked as one of its outputs."""
    named = judged.c.output.startswith(f"interaction:{feature}/", autoescape=True)
    return or_(named, OUTPUT.c.feature == feature)


def _read(names: list[str], row: Row[Any]) -> dict[str, ClusterSums]:
    """As ``_totals`` laid it out."""
    found = {}
    for number, name in enumerate(names):
        clusters, x, n, xx, xn, nn, squares = (
            float(value or 0) for value in row[7 * number : 7 * number + 7]
        )
        found[name] = ClusterSums(int(clusters), x, int(n), xx, xn, nn, squares)
    return found
