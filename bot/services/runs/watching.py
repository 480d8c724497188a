"""What is known while a run goes on: counts, money, a look at the results."""

import inspect
import time
from dataclasses import dataclass, field

from bot.domain.experiments.cells import Cell, CellKey
from bot.services.runs.values import Look, Looking, OnProgress, Progress


@dataclass(slots=True)
class Watch:
    """Counts cells as they are done, and tells of it."""

    total: int
    on_progress: OnProgress | None = None
    look: Looking | None = None
    started: float = field(default_factory=time.monotonic)
    done: dict[CellKey, Cell] = field(default_factory=dict)
    errors: int = 0
    cached: int = 0

    def add(self, cell: Cell) -> None:
        self.done[cell.key] = cell
        self.errors += bool(cell.error)
        self.cached += cell.cached

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    async def tell(self, spent: float) -> Look:
        """Look at the results and report; returns what the look said."""
        seen = self.look(tuple(self.done.values())) if self.look else Look()
        if self.on_progress is not None:
            told = self.on_progress(
                Progress(
                    len(self.done), self.total, self.errors, self.cached, spent, self.seconds, seen.estimate
                )
            )
            if inspect.isawaitable(told):
                await told
        return seen
