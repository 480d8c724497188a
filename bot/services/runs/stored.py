"""Cells of a run in the store: one transaction a batch, answers for the cache in the same."""

from collections.abc import Sequence

from bot.domain.experiments.cells import Cell
from bot.ports import Clock
from bot.services.runs.journal import redacted_cell
from bot.services.runs.rendering import Redact, redact_lines
from bot.services.runs.values import Result
from bot.store import Store


class StoredSink:
    """The cells of one experiment. Texts are redacted before they are stored; an answer that redaction would
    change is not kept for the cache, for it would be judged differently from there."""

    def __init__(self, store: Store, experiment_id: str, clock: Clock, redact: Redact) -> None:
        self._store, self._id, self._clock, self._redact = store, experiment_id, clock, redact

    async def kept(self) -> Sequence[Cell]:
        async with self._store.read() as unit:
            return await unit.experiments.cells(self._id)

    async def put(self, results: Sequence[Result]) -> None:
        cells = [redacted_cell(result.cell, self._redact) for result in results]
        answers = {
            result.answer_key: result.answer
            for result in results
            if result.answer is not None and self._plain(result.answer.decode())
        }
        async with self._store.write() as unit:
            await unit.experiments.put_cells(self._id, cells)
            await unit.responses.put_all(answers, self._clock.now())

    async def answer(self, key: str) -> bytes | None:
        async with self._store.read() as unit:
            return await unit.responses.get(key)

    def _plain(self, text: str) -> bool:
        return redact_lines(text, self._redact) == text
