"""Corrections of earlier outputs as examples for the next draft: about something alike, at most three."""

from collections.abc import Sequence

import numpy as np

from bot.domain.release_words import reason_name
from bot.domain.themes import Correction, ThemeEvidence
from bot.services.vectors import Vectorizer
from bot.store import Store
from bot.store.flywheel import CorrectionMark

MOST = 3
POOL = 500  # corrections that are compared, the newest
ALIKE = 0.3  # cosine below which two texts are about something else
TYPICAL = 5  # tickets of a theme that stand for it


class ExampleService:
    """``stories``: the team lets drafts see corrections of its stories. Features say so for their outputs."""

    def __init__(self, store: Store, vectorizer: Vectorizer, *, stories: bool) -> None:
        self._store = store
        self._vectorizer = vectorizer
        self._stories = stories

    async def near(self, evidence: ThemeEvidence) -> Sequence[Correction]:
        """The corrections nearest to a theme, the nearest first; nothing of another private channel."""
        pool = await self._pool(evidence)
        if not pool:
            return ()
        typical = " ".join(ticket.text for ticket in evidence.tickets[:TYPICAL])
        about = f"{evidence.theme.name}. {'; '.join(evidence.theme.phrases[:8])}. {typical}"
        vectors = await self._vectorizer.vectors([about, *(_input(each) for each in pool)])
        nearness = vectors[1:] @ vectors[0]
        best = [int(at) for at in np.argsort(-nearness, kind="stable") if nearness[at] >= ALIKE]
        return tuple(_correction(pool[at]) for at in best[:MOST])

    async def _pool(self, evidence: ThemeEvidence) -> list[CorrectionMark]:
        async with self._store.read() as unit:
            features = [each.name for each in await unit.features.all() if each.examples]
            if not (self._stories or features):
                return []
            sources = [await unit.sources.get(name) for name in evidence.sources]
            channel = next((source.channel for source in sources if source), "")
            found = await unit.flywheel.corrections(features, channel, POOL)
        return [each for each in found if each.input and (self._stories or each.feature)]


def _input(mark: CorrectionMark) -> str:
    return "\n".join(str(value) for value in mark.input.values())


def _correction(mark: CorrectionMark) -> Correction:
    why = ", ".join(reason_name(reason) for reason in mark.reasons)
    return Correction(mark.output, _input(mark), mark.text, mark.correction, why)
