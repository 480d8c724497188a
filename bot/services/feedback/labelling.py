"""Labels: what to lay before somebody next, what they say of it, and how far people agree."""

import asyncio

from bot.domain.feedback.agreement import Agreement, agreement
from bot.domain.feedback.labelling import Label, Opinion, Queued, queue
from bot.errors import InputError, NotFound
from bot.ports import Clock
from bot.services.feedback import cells
from bot.services.feedback.origins import catch_up, find, remember
from bot.services.feedback.privacy import Sees, openly, redacted
from bot.services.feedback.reading import EXPERIMENT, outputs_and_votes
from bot.store import Store

MAX_NOTE = 1_000  # characters


class LabellingService:
    """The labelling queue of a team."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def queue(
        self, user: str, feature: str = "", size: int = 10, *, sees: Sees = openly
    ) -> list[Queued]:
        """The next outputs worth a label of this person's, none that they labelled; in the order of ``queue``
        in domain.feedback.labelling. ``feature`` may be an experiment ("EX-3"): then they are the outputs
        that its judge judged, arms unnamed, and what is said of them is what the judge is held against."""
        await catch_up(self._store, self._clock.now())
        async with self._store.read() as unit:
            labelled = await unit.labels.of_user(user)
            outputs, votes = await outputs_and_votes(unit, feature, self._clock.now())
        seen = set(await sees({output.channel for output in outputs}))
        shown = [output for output in outputs if output.channel in seen]
        day = self._clock.now().date()
        return await asyncio.to_thread(queue, shown, votes, labelled, user, day, size)

    async def label(self, output: str, user: str, label: str, note: str = "") -> None:
        """Agree with an output, disagree, or be unsure; the last word of a person counts.

        Raises:
            InputError: no such label, or a note over 1,000 characters.
            NotFound: nobody knows this output.
        """
        if label not in set(Opinion):
            raise InputError(f"{label!r} is no label.", hint=f"One of: {', '.join(Opinion)}.")
        if len(note) > MAX_NOTE:
            raise InputError(f"Please say it in at most {MAX_NOTE:,} characters.")
        note = await asyncio.to_thread(redacted, note)
        now = self._clock.now()
        async with self._store.write() as unit:
            found = await find(unit, output)
            if found is None:
                raise NotFound(f"There is no output {output}.", hint="`plumb fb queue` shows what there is.")
            await remember(unit, {output}, now)
            said = Label(output, user, label, now, note)
            await unit.labels.put(said)
            await cells.hold_against(unit, found, said, now)

    async def withdraw(self, output: str, user: str) -> None:
        """Take a label back: the output waits for this person again."""
        async with self._store.write() as unit:
            await unit.labels.remove(output, user)
            found = await find(unit, output)
            if found is not None:
                await cells.let_go(unit, found, user)

    async def labels(self, feature: str = "") -> list[Label]:
        """Oldest first."""
        name = feature.upper() if EXPERIMENT.fullmatch(feature) else feature
        async with self._store.read() as unit:
            return await unit.labels.all(name)

    async def agreement(self, feature: str = "") -> Agreement:
        """How far those who labelled the same outputs agree."""
        labels = await self.labels(feature)
        return await asyncio.to_thread(agreement, labels)
