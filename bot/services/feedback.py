"""What people think of an output: one vote each, the last one wins, with why."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from bot.domain.feedback import REASONS, Tally, Thumb, Vote
from bot.domain.redaction import redact
from bot.errors import InputError, NotFound
from bot.ports import Clock
from bot.store import Store

MAX_WORDS = 3_000  # characters: what a text field of a modal takes


class FeedbackService:
    """Votes on outputs, named like "story:ST-14"."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def vote(self, output: str, user: str, thumb: Thumb, at: datetime | None = None) -> Tally:
        """Cast or change a vote; the same thumb again changes nothing, the other one forgets the reasons.

        ``at``: when they did so, by default now. What they did before something known already is late, and
        changes nothing.
        """
        async with self._store.write() as unit:
            await unit.votes.put(output, user, thumb, at or self._clock.now())
            return await unit.votes.tally(output)

    async def explain(
        self, output: str, user: str, reasons: Sequence[str], comment: str = "", correction: str = ""
    ) -> None:
        """Say why: reasons of domain.feedback.REASONS, and words, which are redacted before they are kept.

        Raises:
            InputError: an unknown reason, or more than 3,000 characters.
            NotFound: this person has no vote there.
        """
        unknown = [reason for reason in reasons if reason not in REASONS]
        if unknown:
            raise InputError(f"{unknown[0]!r} is no reason.", hint=f"One of: {', '.join(REASONS)}.")
        if max(len(comment), len(correction)) > MAX_WORDS:
            raise InputError(f"Please say it in at most {MAX_WORDS:,} characters.")
        comment, correction = await asyncio.to_thread(_redacted, comment, correction)
        chosen = list(dict.fromkeys(reasons))
        async with self._store.write() as unit:
            if not await unit.votes.explain(output, user, chosen, comment, correction):
                raise NotFound("There is no vote of yours to explain.", hint="Press 👍 or 👎 first.")

    async def withdraw(
        self, output: str, user: str, thumb: Thumb | None = None, at: datetime | None = None
    ) -> Tally:
        """Take a vote back, with all that was said with it; ``thumb``: only if it is that one."""
        async with self._store.write() as unit:
            await unit.votes.withdraw(output, user, thumb, at or self._clock.now())
            return await unit.votes.tally(output)

    async def tally(self, output: str) -> Tally:
        async with self._store.read() as unit:
            return await unit.votes.tally(output)

    async def votes(self, output: str) -> list[Vote]:
        """The votes on an output, oldest first."""
        async with self._store.read() as unit:
            return await unit.votes.all(output)


def _redacted(comment: str, correction: str) -> tuple[str, str]:
    return redact(comment).text, redact(correction).text
