"""Sums over a feature's interactions, votes and labels, made by the database: rows never leave it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Row, and_, case, func, literal, or_, select

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


class Derived(Repository):
    """Sums by metric, ready for intervals that know rows of one user are alike."""

    async def interactions(self, window: Window) -> tuple[int, int]:
        """How many, and of how many known users."""
        user = INTERACTION.c.user
        users = func.count(case((user != "", user)).distinct())
        columns = [func.count().label("calls"), users.label("users")]
        row = (await self._rows(select(*columns).where(self._within(window))))[0]
        return int(row.calls), int(row.users)

    async def outcomes(self, window: Window) -> dict[str, int]:
        """How many interactions had each outcome; "" is unknown."""
        statement = (
            select(INTERACTION.c.outcome, func.count().label("n"))
            .where(self._within(window))
            .group_by(INTERACTION.c.outcome)
        )
        return {row.outcome: row.n for row in await self._rows(statement)}

    async def sums(self, window: Window, confident: float) -> dict[str, ClusterSums]:
        """Of each metric that an interaction tells by itself; ``confident``: see Watched."""
        return await self._by_user(window, _values(confident))

    async def under(self, window: Window, bounds: Mapping[str, float]) -> dict[str, ClusterSums]:
        """By name: the share of timed calls that took at most so many milliseconds."""
        took = INTERACTION.c.latency_ms
        return await self._by_user(
            window, {name: _one_if(took <= bound, took.is_not(None)) for name, bound in bounds.items()}
        )

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
            select(VOTE.c.user.label("cluster"), up.label("v0"))
            .select_from(VOTE.outerjoin(OUTPUT, _same_output(VOTE)))
            .where(VOTE.c.team == self._team, _about(VOTE, window.feature))
            .where(VOTE.c.given_at >= window.since, VOTE.c.given_at < window.until)
            .subquery()
        )
        return (await self._clustered(rows, ["votes"]))["votes"]

    async def labels(self, window: Window) -> ClusterSums:
        """Agree among agree and disagree, of labels given in the window; by output, as several people look
        at the same one."""
        agreed = _one_if(LABEL.c.label == "agree", LABEL.c.label.in_(("agree", "disagree")))
        rows = (
            select(LABEL.c.output.label("cluster"), agreed.label("v0"))
            .select_from(LABEL.outerjoin(OUTPUT, _same_output(LABEL)))
            .where(LABEL.c.team == self._team, _about(LABEL, window.feature))
            .where(LABEL.c.at >= window.since, LABEL.c.at < window.until)
            .subquery()
        )
        return (await self._clustered(rows, ["labels"]))["labels"]

    async def _by_user(self, window: Window, values: Mapping[str, Value]) -> dict[str, ClusterSums]:
        """Known users are clusters; every row of nobody known is one of its own."""
        columns = [value.label(f"v{number}") for number, value in enumerate(values.values())]
        user = INTERACTION.c.user
        known = select(user.label("cluster"), *columns).where(self._within(window), user != "").subquery()
        rest = select(*columns).where(self._within(window), user == "").subquery()
        clustered, single = await self._clustered(known, list(values)), await self._single(rest, list(values))
        return {name: clustered[name] + single[name] for name in values}

    async def _clustered(self, rows: FromClause, names: list[str]) -> dict[str, ClusterSums]:
        """``rows`` has a column "cluster" and one for each name, v0 and on."""
        numbers = range(len(names))
        inner = (
            select(
                *(func.sum(rows.c[f"v{each}"]).label(f"x{each}") for each in numbers),
                *(func.count(rows.c[f"v{each}"]).label(f"n{each}") for each in numbers),
            )
            .group_by(rows.c.cluster)
            .subquery()
        )
        sums: list[Value] = []
        for each in numbers:
            x, n = inner.c[f"x{each}"], inner.c[f"n{each}"]
            present = func.sum(case((n > 0, 1), else_=0))
            sums += [present, func.sum(x), func.sum(n), func.sum(x * x), func.sum(x * n), func.sum(n * n)]
        return _read(names, (await self._rows(select(*sums)))[0])

    async def _single(self, rows: FromClause, names: list[str]) -> dict[str, ClusterSums]:
        sums: list[Value] = []
        for each in range(len(names)):
            value = rows.c[f"v{each}"]
            n, x = func.count(value), func.sum(value)
            sums += [n, x, n, func.sum(value * value), x, n]
        return _read(names, (await self._rows(select(*sums)))[0])

    def _within(self, window: Window) -> ColumnElement[bool]:
        return and_(
            INTERACTION.c.team == self._team,
            INTERACTION.c.feature == window.feature,
            INTERACTION.c.occurred_at >= window.since,
            INTERACTION.c.occurred_at < window.until,
        )


def _values(confident: float) -> dict[str, Value]:
    """What an interaction counts for a metric, NULL where it says nothing of it."""
    outcome, sure = INTERACTION.c.outcome, INTERACTION.c.confidence
    known = outcome != Outcome.UNKNOWN.value
    return {
        **{name: _one_if(outcome == each.value, known) for name, each in OUTCOMES.items()},
        "coverage": _one_if(sure >= confident, sure.is_not(None)),
        "error_rate": _one_if(INTERACTION.c.error != "", literal(True)),
        "cost": INTERACTION.c.cost,
        "latency": _one_if(literal(True), INTERACTION.c.latency_ms.is_not(None)),
    }


def _one_if(condition: ColumnElement[bool], known: ColumnElement[bool]) -> Value:
    return case((and_(known, condition), 1.0), (known, 0.0))


def _same_output(judged: FromClause) -> ColumnElement[bool]:
    return and_(OUTPUT.c.team == judged.c.team, OUTPUT.c.name == judged.c.output)


def _about(judged: FromClause, feature: str) -> ColumnElement[bool]:
    """Interactions of the feature, and whatever else is tracked as one of its outputs."""
    named = judged.c.output.startswith(f"interaction:{feature}/", autoescape=True)
    return or_(named, OUTPUT.c.feature == feature)


def _read(names: list[str], row: Row[Any]) -> dict[str, ClusterSums]:
    found = {}
    for number, name in enumerate(names):
        clusters, x, n, xx, xn, nn = (float(value or 0) for value in row[6 * number : 6 * number + 6])
        found[name] = ClusterSums(int(clusters), x, int(n), xx, xn, nn)
    return found
