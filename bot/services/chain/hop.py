"""What a hop is: the way between two neighbouring stages, in both directions."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.domain.chain import Link, Node, Stage
from bot.store import UnitOfWork

MOST = 100  # nodes of a stage that are shown


@dataclass(frozen=True, slots=True)
class Reached:
    """What one hop leads to: each node with the link it was reached by, and how many more there are."""

    steps: tuple[tuple[Node, Link], ...] = ()
    more: int = 0


Seek = Callable[[UnitOfWork, Sequence[Node]], Awaitable[Reached]]
"""From nodes of one stage to those of the other; reads a bounded number of rows."""


@dataclass(frozen=True, slots=True)
class Hop:
    """``forth`` leads from causes to their effects, ``back`` from effects to their causes."""

    cause: Stage
    effect: Stage
    forth: Seek
    back: Seek


def joined(parts: Sequence[Reached]) -> Reached:
    """Several answers as one."""
    steps = tuple(step for part in parts for step in part.steps)
    return Reached(steps, sum(part.more for part in parts))


def shown(text: str, most: int = 90) -> str:
    """A few words of a longer text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + "…"
