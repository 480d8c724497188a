"""Votes with the marks behind them, outputs that may be judged, and labels."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, exists, func, or_, select

from bot.domain.feedback import Doings, Explanation, Given, Mark, Tally, TrackedOutput, Vote, vote_of
from bot.domain.feedback.labelling import Label
from bot.domain.feedback.summary import Judgement
from bot.store.repositories import IN_LIST, Repository, in_batches
from bot.store.tables import METADATA

VOTE = METADATA.tables["vote"]
MARK = METADATA.tables["vote_mark"]
EXPLANATION = METADATA.tables["vote_explanation"]
OUTPUT = METADATA.tables["tracked_output"]
MESSAGE = METADATA.tables["output_message"]
INTERACTIONS = METADATA.tables["interaction"]
LABEL = METADATA.tables["output_label"]

AT_ONCE = 500  # rows made values of before others get their turn
Place = tuple[str, str]
"""(output, user)."""
INTERACTION = "interaction"  # the kind of output that products send in by themselves
VOTE_COLUMNS = [VOTE.c[name] for name in Vote.__slots__]
SAME_OUTPUT = and_(OUTPUT.c.team == VOTE.c.team, OUTPUT.c.name == VOTE.c.output)
OUTPUT_COLUMNS = [OUTPUT.c[name] for name in TrackedOutput.__slots__]


class Votes(Repository):
    """Marks, and the votes they make. A writing transaction is the team's only one, so that what is read here
    still stands when it is written."""

    async def give(self, given: Given) -> bool:
        """Keep a mark or an explanation and renew the vote; False where it changes nothing."""
        return await self.give_all([given]) > 0

    async def give_all(self, given: Iterable[Given]) -> int:
        """The same for many; returns how many changed anything."""
        return sum([await self._give(batch) for batch in in_batches(given, IN_LIST)])

    async def _give(self, given: Sequence[Given]) -> int:
        known = await self.doings({(each.output, each.user) for each in given})
        changed = [each for each in given if known[each.output, each.user].take(each.what)]
        marks: dict[tuple[str, str, str], Mark] = {}
        reasons: dict[Place, Explanation] = {}
        for each in changed:
            if isinstance(each.what, Mark):
                marks[each.output, each.user, each.what.source] = each.what
            else:
                reasons[each.output, each.user] = each.what
        await self._upsert_all(MARK, [self._mark(*key, mark) for key, mark in marks.items()])
        await self._upsert_all(EXPLANATION, [self._explanation(*key, why) for key, why in reasons.items()])
        await self._renew({place: known[place] for place in ((each.output, each.user) for each in changed)})
        return len(changed)

    async def doings(self, places: Collection[Place]) -> dict[Place, Doings]:
        """What people did to outputs, by (output, user); at most 500 of them."""
        found = {place: Doings() for place in places}
        outputs, users = {output for output, _ in places}, {user for _, user in places}
        for table in (MARK, EXPLANATION):
            here = and_(table.c.team == self._team, table.c.output.in_(outputs), table.c.user.in_(users))
            for row in await self._rows(select(table).where(here)):
                if (row.output, row.user) in found:
                    found[row.output, row.user].take(_act(row))
        return found

    async def explanation(self, output: str, user: str) -> Explanation | None:
        """Why somebody does not like an output, whether or not it counts now."""
        return (await self.doings([(output, user)]))[output, user].why

    async def get(self, output: str, user: str) -> Vote | None:
        row = (
            await self._connection.execute(select(*VOTE_COLUMNS).where(self._of(VOTE, output, user)))
        ).first()
        return None if row is None else _vote(row)

    async def tally(self, output: str) -> Tally:
        statement = (
            select(VOTE.c.thumb, func.count().label("votes"))
            .where(VOTE.c.team == self._team, VOTE.c.output == output)
            .group_by(VOTE.c.thumb)
        )
        counts = {row.thumb: row.votes for row in await self._rows(statement)}
        return Tally(up=counts.get("up", 0), down=counts.get("down", 0))

    async def all(self, output: str) -> list[Vote]:
        """The votes on an output, oldest first."""
        return await self._votes(VOTE.c.output == output)

    async def corrections(self) -> list[Vote]:
        """All votes that say what an output should have said, oldest first."""
        return await self._votes(VOTE.c.correction != "")

    async def on_outputs(self, outputs: Iterable[str]) -> list[Vote]:
        """The votes on these outputs."""
        found: list[Vote] = []
        for batch in in_batches(outputs, IN_LIST):
            found += await self._votes(VOTE.c.output.in_(batch))
        return found

    async def judgements(self, feature: str, since: datetime, until: datetime) -> list[Judgement]:
        """Votes given from ``since`` until before ``until``, with what is known of their outputs."""
        known = [
            func.coalesce(OUTPUT.c[name], "").label(name) for name in Judgement.__slots__ if name != "vote"
        ]
        statement = (
            select(*VOTE_COLUMNS, *known)
            .join(OUTPUT, SAME_OUTPUT, isouter=True)
            .where(VOTE.c.team == self._team, voted_of_feature(feature))
            .where(VOTE.c.given_at >= since, VOTE.c.given_at < until)
            .order_by(VOTE.c.given_at, VOTE.c.output, VOTE.c.user)
        )
        columns, found = len(VOTE_COLUMNS), []
        async with self._connection.stream(statement) as rows:
            async for some in rows.partitions(AT_ONCE):
                found += [Judgement(_vote(row[:columns]), *row[columns:]) for row in some]
        return found

    async def unknown_outputs(self, kinds: Sequence[str], most: int) -> list[str]:
        """Names of outputs of these kinds that were voted on and are not kept, at most ``most``, those with
        the newest votes."""
        of_kinds = or_(*(VOTE.c.output.startswith(f"{kind}:", autoescape=True) for kind in kinds))
        statement = (
            select(VOTE.c.output)
            .join(OUTPUT, SAME_OUTPUT, isouter=True)
            .where(VOTE.c.team == self._team, OUTPUT.c.name.is_(None), of_kinds)
            .group_by(VOTE.c.output)
            .order_by(func.max(VOTE.c.given_at).desc(), VOTE.c.output)
            .limit(most)
        )
        return [row.output for row in await self._rows(statement)]

    async def _votes(self, *where: ColumnElement[bool]) -> list[Vote]:
        statement = (
            select(*VOTE_COLUMNS)
            .where(VOTE.c.team == self._team, *where)
            .order_by(VOTE.c.given_at, VOTE.c.output, VOTE.c.user)
        )
        return [_vote(row) for row in await self._rows(statement)]

    def _mark(self, output: str, user: str, source: str, mark: Mark) -> dict[str, Any]:
        named = {"team": self._team, "output": output, "user": user, "source": source}
        return {**named, "thumb": mark.thumb or "", "at": mark.at}

    def _explanation(self, output: str, user: str, why: Explanation) -> dict[str, Any]:
        words = {"reasons": list(why.reasons), "comment": why.comment, "correction": why.correction}
        return {"team": self._team, "output": output, "user": user, **words, "at": why.at}

    async def _renew(self, changed: Mapping[Place, Doings]) -> None:
        """The votes that these doings make take the place of those before."""
        votes = {place: vote_of(*place, done.marks.values(), done.why) for place, done in changed.items()}
        rows = [
            {"team": self._team, **asdict(vote), "reasons": list(vote.reasons)}
            for vote in votes.values()
            if vote is not None
        ]
        await self._upsert_all(VOTE, rows)
        for place, vote in votes.items():
            if vote is None:
                await self._connection.execute(delete(VOTE).where(self._of(VOTE, *place)))

    def _of(self, table: Any, output: str, user: str) -> ColumnElement[bool]:
        return and_(table.c.team == self._team, table.c.output == output, table.c.user == user)


def _act(row: Row[Any]) -> Mark | Explanation:
    if "source" in row._mapping:
        return Mark(row.source, row.thumb or None, row.at)
    return Explanation(row.at, tuple(row.reasons), row.comment, row.correction)


def _vote(row: Sequence[Any]) -> Vote:
    """From the columns of a vote in their order."""
    output, user, thumb, given_at, reasons, comment, correction = row
    return Vote(output, user, thumb, given_at, tuple(reasons), comment, correction)


class Outputs(Repository):
    """Outputs that may be judged, by name and by the messages that show them."""

    async def put(self, output: TrackedOutput, now: datetime) -> None:
        """Keep an output, or what is newly known of one; when it was made and who began to track it stay."""
        await self.put_all([output], now)

    async def put_all(self, outputs: Collection[TrackedOutput], now: datetime) -> None:
        """The same for many, none of a name twice."""
        known = await self.some(output.name for output in outputs)
        rows = [_output_row(output, known.get(output.name), now) for output in outputs]
        await self._upsert_all(OUTPUT, [{"team": self._team, **row} for row in rows])

    async def get(self, name: str) -> TrackedOutput | None:
        statement = select(*OUTPUT_COLUMNS).where(OUTPUT.c.team == self._team, OUTPUT.c.name == name)
        row = (await self._connection.execute(statement)).first()
        return None if row is None else TrackedOutput(**row._mapping)

    async def some(self, names: Iterable[str]) -> dict[str, TrackedOutput]:
        """Those of the names that are kept, by name."""
        found: dict[str, TrackedOutput] = {}
        for batch in in_batches(names, IN_LIST):
            statement = select(*OUTPUT_COLUMNS).where(OUTPUT.c.team == self._team, OUTPUT.c.name.in_(batch))
            found.update((row.name, TrackedOutput(**row._mapping)) for row in await self._rows(statement))
        return found

    async def all(self, feature: str = "", *, most: int | None = None) -> list[TrackedOutput]:
        """Newest first, at most ``most``; ``feature``: see ``of_feature``."""
        statement = (
            select(*OUTPUT_COLUMNS)
            .where(OUTPUT.c.team == self._team, of_feature(feature))
            .order_by(OUTPUT.c.created_at.desc(), OUTPUT.c.name)
            .limit(most)
        )
        return [TrackedOutput(**row._mapping) for row in await self._rows(statement)]

    async def features(self) -> list[str]:
        """The features that outputs belong to, by name."""
        statement = select(OUTPUT.c.feature).distinct().where(OUTPUT.c.team == self._team)
        return sorted(row.feature for row in await self._rows(statement) if row.feature)

    async def shown(self, feature: str, since: datetime, until: datetime) -> dict[str, tuple[int, int]]:
        """Of the outputs made in a span how many were tracked and how many of those were voted on, by the
        private channel they came from. Interactions are not among them: those are counted where they are
        all kept. Nor is what only the first vote made known, for then all were voted on."""
        tracked = and_(OUTPUT.c.tracked_by != "", OUTPUT.c.kind != INTERACTION)
        statement = self._made(feature, since, until, func.count().label("shown")).where(tracked)
        return {row.channel: (row.shown, row.judged) for row in await self._rows(statement)}

    async def judged_interactions(self, feature: str, since: datetime, until: datetime) -> int:
        """How many interactions of a span were voted on."""
        statement = self._made(feature, since, until).where(OUTPUT.c.kind == INTERACTION)
        return sum(row.judged for row in await self._rows(statement))

    def _made(self, feature: str, since: datetime, until: datetime, *counts: Any) -> Select[Any]:
        voted = exists().where(VOTE.c.team == OUTPUT.c.team, VOTE.c.output == OUTPUT.c.name)
        return (
            select(OUTPUT.c.channel, func.count().filter(voted).label("judged"), *counts)
            .where(OUTPUT.c.team == self._team, of_feature(feature))
            .where(OUTPUT.c.created_at >= since, OUTPUT.c.created_at < until)
            .group_by(OUTPUT.c.channel)
        )

    async def worth_a_look(
        self, feature: str, since: datetime, below: float, most: int
    ) -> dict[str, list[str]]:
        """Ids of interactions since then by feature ("" for all): at most ``most`` of the product's own
        confidence under ``below``, the least sure first, and as many of the newest."""
        made = and_(INTERACTIONS.c.team == self._team, INTERACTIONS.c.occurred_at >= since)
        made = and_(made, INTERACTIONS.c.output != "")
        if feature:
            made = and_(made, INTERACTIONS.c.feature == feature)
        columns = select(INTERACTIONS.c.feature, INTERACTIONS.c.key).where(made).limit(most)
        unsure = columns.where(INTERACTIONS.c.confidence < below).order_by(INTERACTIONS.c.confidence)
        newest = columns.order_by(INTERACTIONS.c.occurred_at.desc())
        found: dict[str, list[str]] = {}
        for row in dict.fromkeys([*await self._rows(unsure), *await self._rows(newest)]):
            found.setdefault(row.feature, []).append(row.key)
        return found

    async def edited(self, feature: str, since: datetime, until: datetime) -> list[str]:
        """Ids of the interactions of a span of which it is kept what a person made of the output."""
        statement = (
            select(INTERACTIONS.c.key)
            .where(INTERACTIONS.c.team == self._team, INTERACTIONS.c.feature == feature)
            .where(INTERACTIONS.c.occurred_at >= since, INTERACTIONS.c.occurred_at < until)
            .where(INTERACTIONS.c.final != "")
        )
        return [row.key for row in await self._rows(statement)]

    async def show(self, channel: str, ts: str, output: str) -> None:
        """A message shows an output."""
        await self._upsert(MESSAGE, {"team": self._team, "channel": channel, "ts": ts, "output": output})

    async def about_message(self, channel: str, ts: str) -> str:
        """The name of the output that a message shows, "" for none."""
        statement = select(MESSAGE.c.output).where(
            MESSAGE.c.team == self._team, MESSAGE.c.channel == channel, MESSAGE.c.ts == ts
        )
        return str((await self._connection.execute(statement)).scalar_one_or_none() or "")

    async def messages(self, output: str) -> list[tuple[str, str]]:
        """(channel, ts) of the messages that show an output."""
        statement = (
            select(MESSAGE.c.channel, MESSAGE.c.ts)
            .where(MESSAGE.c.team == self._team, MESSAGE.c.output == output)
            .order_by(MESSAGE.c.ts, MESSAGE.c.channel)
        )
        return [(row.channel, row.ts) for row in await self._rows(statement)]


def _output_row(output: TrackedOutput, known: TrackedOutput | None, now: datetime) -> dict[str, Any]:
    row = {name: getattr(output, name) for name in TrackedOutput.__slots__}
    return row | {
        "kind": output.kind,
        "input": dict(output.input),
        "trace": dict(output.trace),
        "created_at": (known and known.created_at) or output.created_at or now,
        "tracked_by": (known and known.tracked_by) or output.tracked_by,
    }


def of_feature(feature: str) -> ColumnElement[bool]:
    """Outputs of a feature, or, of the bot's own, of a kind ("story"); "" for all."""
    if not feature:
        return and_(True)
    return or_(OUTPUT.c.feature == feature, and_(OUTPUT.c.feature == "", OUTPUT.c.kind == feature))


def voted_of_feature(feature: str) -> ColumnElement[bool]:
    """The same for votes, joined with what is known of their outputs; a name says enough of those that are
    not known."""
    if not feature:
        return and_(True)
    named = [f"interaction:{feature}/", f"{feature}:"]
    by_name = or_(*(VOTE.c.output.startswith(prefix, autoescape=True) for prefix in named))
    return or_(of_feature(feature), and_(OUTPUT.c.name.is_(None), by_name))


class Labels(Repository):
    """What people said of outputs that were laid before them; the last word counts."""

    async def put(self, label: Label) -> None:
        row = {name: getattr(label, name) for name in Label.__slots__}
        await self._upsert(LABEL, {"team": self._team, **row})

    async def remove(self, output: str, user: str) -> None:
        where = (LABEL.c.team == self._team, LABEL.c.output == output, LABEL.c.user == user)
        await self._connection.execute(delete(LABEL).where(*where))

    async def of_user(self, user: str) -> set[str]:
        """The outputs that somebody labelled."""
        statement = select(LABEL.c.output).where(LABEL.c.team == self._team, LABEL.c.user == user)
        return {row.output for row in await self._rows(statement)}

    async def all(self, feature: str = "") -> list[Label]:
        """Oldest first."""
        statement: Select[Any] = (
            select(*(LABEL.c[name] for name in Label.__slots__))
            .join(OUTPUT, and_(OUTPUT.c.team == LABEL.c.team, OUTPUT.c.name == LABEL.c.output), isouter=True)
            .where(LABEL.c.team == self._team, of_feature(feature))
            .order_by(LABEL.c.at, LABEL.c.output, LABEL.c.user)
        )
        return [Label(**row._mapping) for row in await self._rows(statement)]
