"""Votes: marks and explanations in, the vote that stands and its tally out."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.feedback import BUTTON, REASONS, Explanation, Given, Mark, Tally, Thumb, Vote
from bot.errors import InputError
from bot.ports import Clock
from bot.services.feedback.origins import remember
from bot.services.feedback.privacy import redacted
from bot.store import Store

MAX_WORDS = 3_000  # characters: what a text field of a modal takes


class FeedbackService:
    """Votes on outputs, named like "story:ST-14". The rules are in domain.feedback.votes."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def mark(
        self,
        output: str,
        user: str,
        thumb: Thumb,
        source: str,
        at: datetime | None = None,
        *,
        present: bool = True,
    ) -> Tally:
        """Keep what somebody did at one source, and say how the output stands now.

        ``at``: when they did it, by their event's own time; by default now. ``present`` False: they took it
        away. The same mark twice, and marks in any order, end in the same votes.
        """
        done = Mark(source, thumb if present else None, at or self._clock.now())
        await self.give([Given(output, user, done)])
        return await self.tally(output)

    async def give(self, given: Iterable[Given]) -> int:
        """Many marks and explanations in one transaction; returns how many changed anything.

        Raises:
            InputError: an unknown reason, or more than 3,000 characters.
        """
        clean = await asyncio.to_thread(_clean, list(given))
        async with self._store.write() as unit:
            changed = await unit.votes.give_all(clean)
            await remember(unit, {each.output for each in clean}, self._clock.now())
        return changed

    async def vote(
        self, output: str, user: str, thumb: Thumb, at: datetime | None = None, source: str = BUTTON
    ) -> Tally:
        """A thumb by button."""
        return await self.mark(output, user, thumb, source, at)

    async def withdraw(
        self, output: str, user: str, source: str = BUTTON, at: datetime | None = None
    ) -> Tally:
        """Take away what somebody did at one source; what they did at another one stands."""
        return await self.mark(output, user, "up", source, at, present=False)

    async def explain(
        self,
        output: str,
        user: str,
        reasons: Sequence[str],
        comment: str = "",
        correction: str = "",
        at: datetime | None = None,
    ) -> bool:
        """Say why not: reasons of domain.feedback.REASONS, and words, which are redacted before they are
        kept.
        Returns whether it counts now: it does while this person's vote is 👎, and is kept in any case.

        Raises:
            InputError: an unknown reason, or more than 3,000 characters.
        """
        why = Explanation(at or self._clock.now(), tuple(reasons), comment, correction)
        await self.give([Given(output, user, why)])
        vote = await self.vote_of(output, user)
        return vote is not None and vote.thumb == "down"

    async def tally(self, output: str) -> Tally:
        async with self._store.read() as unit:
            return await unit.votes.tally(output)

    async def votes(self, output: str) -> list[Vote]:
        """The votes on an output, oldest first."""
        async with self._store.read() as unit:
            return await unit.votes.all(output)

    async def vote_of(self, output: str, user: str) -> Vote | None:
        """One person's vote that stands."""
        async with self._store.read() as unit:
            return await unit.votes.get(output, user)

    async def explanation(self, output: str, user: str) -> Explanation | None:
        """Why somebody did not like an output, when they last said so, whether or not it counts now."""
        async with self._store.read() as unit:
            return await unit.votes.explanation(output, user)


def _clean(given: Sequence[Given]) -> list[Given]:
    return [
        replace(each, what=_checked(each.what)) if isinstance(each.what, Explanation) else each
        for each in given
    ]


def _checked(why: Explanation) -> Explanation:
    unknown = [reason for reason in why.reasons if reason not in REASONS]
    if unknown:
        raise InputError(f"{unknown[0]!r} is no reason.", hint=f"One of: {', '.join(REASONS)}.")
    if max(len(why.comment), len(why.correction)) > MAX_WORDS:
        raise InputError(f"Please say it in at most {MAX_WORDS:,} characters.")
    reasons = tuple(dict.fromkeys(why.reasons))
    return Explanation(why.at, reasons, redacted(why.comment), redacted(why.correction))
