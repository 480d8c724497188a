"""What users of a product say of its outputs, as the product sends it: kept once, and made votes of."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain.feedback import Explanation, Given, Mark, Thumb
from bot.domain.interactions import Interaction, Outcome
from bot.domain.pseudonyms import product_user
from bot.domain.storable import storable
from bot.ports import Clock
from bot.services.feedback import FeedbackService
from bot.services.interactions.preparation import redacted, stored_id
from bot.store import Store
from bot.store.product_feedback import Received
from bot.workers import Workers

SOURCE = "product"
LIKED = 0.5
"""A score from here on is a 👍."""
MANY = 500  # made votes of in one transaction


@dataclass(frozen=True, slots=True)
class Said:
    """What one user said, as it came. ``id`` is the product's own, by which it counts once; it is of the
    interaction ``interaction``, or the newest of ``trace``. ``user`` "": somebody nobody knows.

    ``thumb`` "none" takes an earlier one back, "" says nothing of it; ``score`` in 0-1 stands for a thumb
    where there is none. ``reasons`` are keys of domain.feedback.REASONS. ``at`` is when they said so.
    """

    id: str
    at: datetime
    interaction: str = ""
    trace: str = ""
    user: str = ""
    thumb: Literal["up", "down", "none", ""] = ""
    score: float | None = None
    reasons: tuple[str, ...] = ()
    comment: str = ""
    correction: str = ""
    outcome: Outcome = Outcome.UNKNOWN


@dataclass(frozen=True, slots=True)
class Taken:
    """``new`` were not known by their ids; ``waiting`` of those are kept until their interaction comes."""

    accepted: int
    new: int
    waiting: int


class FeedbackIntake:
    """Feedback of one team's products."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        votes: FeedbackService,
        workers: Workers,
        install_key: Callable[[], bytes],
    ) -> None:
        self._store = store
        self._clock = clock
        self._votes = votes
        self._workers = workers
        self._install_key = install_key

    async def take(self, feature: str, said: Sequence[Said]) -> Taken:
        """Keep what is new. A vote on an interaction that is named by its id counts at once, whether or not
        that is known; one by its trace, and an outcome, once the interaction is there.

        Raises:
            InputError: a reason is none.
            StoreError, WorkStopped: worth another try; what was kept is not counted twice.
        """
        rows = await self._workers.run(received, said, feature, self._install_key())
        async with self._store.write() as unit:
            new = await unit.product_feedback.add(rows, self._clock.now())
        fresh = [row for row in rows if (row.feature, row.key) in new]
        named = [row for row in fresh if row.interaction]
        await self._votes.give(given for row in named for given in _given(row, row.interaction))
        await self._settle([row for row in named if not row.outcome])
        applied = await self.catch_up()
        waiting = [row for row in fresh if (row.outcome or not row.interaction) and row not in applied]
        return Taken(len(rows), len(fresh), len(waiting))

    async def catch_up(self) -> list[Received]:
        """Make votes and outcomes of what waited for interactions that are there by now; returns that."""
        done: list[Received] = []
        while True:
            async with self._store.read() as unit:
                ready = await unit.product_feedback.ready(MANY)
            if not ready:
                return done
            await self._votes.give(given for row, id_ in ready for given in _given(row, id_))
            async with self._store.write() as unit:
                for row, id_ in ready:
                    if row.outcome:
                        final = row.correction if row.outcome == Outcome.EDITED else ""
                        await unit.interactions.set_outcome(row.feature, id_, Outcome(row.outcome), final)
                await unit.product_feedback.applied([row for row, _ in ready])
            done += [row for row, _ in ready]

    async def _settle(self, rows: Sequence[Received]) -> None:
        if rows:
            async with self._store.write() as unit:
                await unit.product_feedback.applied(rows)


def received(said: Sequence[Said], feature: str, key: bytes) -> list[Received]:
    """As it is stored: redacted, hashed, a score as a thumb. In a worker process."""
    return [_received(each, feature, key) for each in said]


def _received(said: Said, feature: str, key: bytes) -> Received:
    thumb: str = said.thumb
    if not thumb and said.score is not None:
        thumb = "up" if said.score >= LIKED else "down"
    return Received(
        feature=feature,
        key=stored_id(said.id, key),
        interaction=stored_id(said.interaction, key),
        trace=said.trace.lower(),
        user=product_user(said.user or f"anonymous {said.id}", key),
        thumb=thumb,
        score=said.score,
        reasons=said.reasons,
        comment=redacted(storable(said.comment)),
        correction=redacted(storable(said.correction)),
        outcome=said.outcome.value,
        at=said.at,
    )


def _given(row: Received, id_: str) -> Iterator[Given]:
    name = Interaction(id_, row.feature, row.at).name
    if row.thumb:
        thumb: Thumb | None = "up" if row.thumb == "up" else "down" if row.thumb == "down" else None
        yield Given(name, row.user, Mark(SOURCE, thumb, row.at))
    if row.reasons or row.comment or row.correction:
        yield Given(name, row.user, Explanation(row.at, row.reasons, row.comment, row.correction))
