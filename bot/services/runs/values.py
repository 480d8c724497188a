"""What goes into a run besides its plan, and what comes out of it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from bot.domain.experiments.cells import Cell, CellKey
from bot.llm.text import TextProvider


class Ended(StrEnum):
    """Why no more was sent."""

    COMPLETE = "complete"
    STOPPED = "stopped"  # by a person
    DECIDED = "decided"  # early: the statistics allow to say something already
    TIME = "time"
    BUDGET = "budget"
    PROVIDER = "provider"  # every call of an arm fails the same way


@dataclass(frozen=True, slots=True)
class Caps:
    """Hard limits of one run: US dollars and seconds, None for none.

    Money is set aside before each call by the price of its prompt and of the longest answer it may give.
    """

    max_cost: float | None = None
    max_seconds: float | None = None


class Control:
    """The kill switch. ``stop`` sends no more and waits for what is out; with ``now`` that is given up."""

    def __init__(self) -> None:
        self.why = ""
        self.stopped = asyncio.Event()
        self.at_once = asyncio.Event()

    def stop(self, why: str = "stopped", *, now: bool = False) -> None:
        self.why = self.why or why
        self.stopped.set()
        if now:
            self.at_once.set()


@dataclass(frozen=True, slots=True)
class Look:
    """What can be said before the end. ``stop``: why no more is needed, "" to go on."""

    estimate: Any = None
    stop: str = ""


Looking = Callable[[Sequence[Cell]], Look]
"""Called at most once a second with the cells that are done, in order of their end."""


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` cells, ``errors`` and ``cached`` among them; ``spent`` in US dollars, of this run
    and of what it goes on from; ``estimate`` is what the look said."""

    done: int
    total: int
    errors: int
    cached: int
    spent: float
    seconds: float
    estimate: Any = None


OnProgress = Callable[[Progress], Awaitable[None] | None]


@dataclass(frozen=True, slots=True)
class Result:
    """A finished cell on its way to the sink. ``answer`` is what the cache keeps under ``answer_key``, None
    where nothing is to be kept: an error, an answer from the cache."""

    cell: Cell
    answer_key: str = ""
    answer: bytes | None = None


class Sink(Protocol):
    """Where cells go as they come, and what is there already. All calls come from one task at a time, but
    ``answer``."""

    async def kept(self) -> Sequence[Cell]:
        """Cells of an earlier try of the same run; those with an error are sent again."""
        ...

    async def put(self, results: Sequence[Result]) -> None:
        """Durable once it returns. A cell that is there without an error stays as it is."""
        ...

    async def answer(self, key: str) -> bytes | None:
        """A cached answer."""
        ...


@dataclass(slots=True)
class MemorySink:
    """Keeps cells and answers while the process lives."""

    cells: dict[Any, Cell] = field(default_factory=dict)
    answers: dict[str, bytes] = field(default_factory=dict)
    batches: int = 0

    async def kept(self) -> Sequence[Cell]:
        return list(self.cells.values())

    async def put(self, results: Sequence[Result]) -> None:
        self.batches += 1
        for result in results:
            there = self.cells.get(result.cell.key)
            if there is None or there.error:
                self.cells[result.cell.key] = result.cell
            if result.answer is not None:
                self.answers.setdefault(result.answer_key, result.answer)

    async def answer(self, key: str) -> bytes | None:
        return self.answers.get(key)


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """``cells`` in the order of the plan's matrix; ``missing`` cells that nothing was sent for. ``calls``
    were sent by this run, retries included; ``spent`` in US dollars, of what it went on from too. ``why`` is
    one sentence where the run is not complete.
    """

    cells: tuple[Cell, ...]
    ended: Ended
    why: str
    missing: int
    calls: int
    spent: float
    seconds: float
    resumed: int = 0


@dataclass(frozen=True, slots=True)
class Providers:
    """The model of each arm by the arm's id, and of each case that is sent to one of its own."""

    by_arm: Mapping[str, TextProvider]
    by_case: Mapping[str, TextProvider] = field(default_factory=dict)

    def of(self, key: CellKey) -> TextProvider | None:
        """Who is asked for a cell; None where its arm cannot be called here."""
        return self.by_case.get(key.case) or self.by_arm.get(key.arm)

    async def close(self) -> None:
        every = (*self.by_arm.values(), *self.by_case.values())
        for provider in {id(each): each for each in every}.values():
            await provider.close()
