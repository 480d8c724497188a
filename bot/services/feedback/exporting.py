"""Votes, cases and pairs out of the house: JSON Lines, redacted once more on the way, people hashed."""

import asyncio
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.domain.datasets import case_to_json
from bot.domain.feedback import TrackedOutput, Vote
from bot.domain.feedback.exporting import ExportKind, correction_pair, edited_pair, feedback_row
from bot.domain.interactions import Interaction
from bot.domain.pseudonyms import hash_requester
from bot.ports import Clock
from bot.services.datasets.corrections import as_case
from bot.services.feedback.origins import catch_up, of_interaction
from bot.services.feedback.privacy import Sees, openly, redacted_within
from bot.services.feedback.reports import JUST
from bot.store import Store, UnitOfWork

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
OWN_WORDS = frozenset({"comment", "correction", "chosen", "rejected", "input", "vars", "expected", "trace"})
"""Fields that hold texts of people, products or models; the others are names and numbers of ours."""

Row = Mapping[str, Any]


class FeedbackExports:
    """Exports of a team. ``install_key`` is what people are hashed with."""

    def __init__(self, store: Store, clock: Clock, install_key: Callable[[], bytes]) -> None:
        self._store = store
        self._clock = clock
        self._install_key = install_key

    async def rows(
        self,
        kind: ExportKind,
        feature: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
        *,
        sees: Sees = openly,
    ) -> list[Row]:
        """``feedback``: every vote that stands; ``cases``: corrections with the input they are about;
        ``pairs``: corrections, and what people made of outputs in the product, against what was said.

        By the time of the vote (for edits: of the interaction), oldest first; by default all there ever was.
        """
        now = self._clock.now()
        await catch_up(self._store, now)
        span = since or BEGINNING, until or now + JUST
        async with self._store.read() as unit:
            judged = await unit.votes.judgements(feature, *span)
            votes = [each.vote for each in judged]
            outputs = await unit.outputs.some({vote.output for vote in votes})
            edited = await _edited(unit, feature, *span) if kind is ExportKind.PAIRS else []
        seen = set(await sees({each.channel for each in judged}))
        shown = [each.vote for each in judged if each.channel in seen]
        return await asyncio.to_thread(self._made, kind, shown, outputs, edited)

    async def lines(self, kind: ExportKind, feature: str = "", *, sees: Sees = openly) -> str:
        """The same as JSON Lines."""
        rows = await self.rows(kind, feature, sees=sees)
        return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)

    def _made(
        self,
        kind: ExportKind,
        votes: Iterable[Vote],
        outputs: Mapping[str, TrackedOutput],
        edited: Iterable[Interaction],
    ) -> list[Row]:
        found: Iterable[Row]
        if kind is ExportKind.FEEDBACK:
            key = self._install_key()
            found = (
                feedback_row(vote, outputs.get(vote.output), hash_requester(vote.user, key)) for vote in votes
            )
        elif kind is ExportKind.CASES:
            found = _cases(votes, outputs)
        else:
            found = _pairs(votes, outputs, edited)
        return [_once_more_redacted(row) for row in found]


async def _edited(unit: UnitOfWork, feature: str, since: datetime, until: datetime) -> list[Interaction]:
    found = [
        each
        for name in ([feature] if feature else await unit.interactions.features())
        for each in await unit.interactions.some(name, await unit.outputs.edited(name, since, until))
    ]
    return sorted(found, key=lambda each: (each.at, each.name))


def _cases(votes: Iterable[Vote], outputs: Mapping[str, TrackedOutput]) -> Iterator[Row]:
    for vote in votes:
        output = outputs.get(vote.output)
        made = as_case(vote, output) if output is not None and vote.correction else None
        if made is not None:
            row = case_to_json(made[0])
            row.pop("note", None)  # it names who said so
            yield row


def _pairs(
    votes: Iterable[Vote], outputs: Mapping[str, TrackedOutput], edited: Iterable[Interaction]
) -> Iterator[Row]:
    for vote in votes:
        output = outputs.get(vote.output)
        if output is not None:
            yield from correction_pair(vote, output)
    for interaction in edited:
        yield from edited_pair(interaction, of_interaction(interaction))


def _once_more_redacted(row: Row) -> Row:
    return {name: redacted_within(value) if name in OWN_WORDS else value for name, value in row.items()}
