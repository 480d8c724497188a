"""What scorers may use besides the output itself."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Said:
    """A judge's typed answer, and what it cost in US dollars. ``priced`` False: its price is not known."""

    answer: Any
    cost: float = 0.0
    priced: bool = True


class Ask(Protocol):
    """Asks the judge ``provider`` ("" for the run's own) for an answer of the type ``answers``.

    ``prompt`` is the reference of the prompt that was filled in, ``fingerprint`` its sha256. ``fence`` is the
    random mark in ``user``, which says nothing and so decides nothing of what is kept in a cache.
    """

    def __call__(
        self,
        system: str,
        user: str,
        answers: type[Any],
        provider: str,
        /,
        *,
        prompt: str,
        fingerprint: str,
        fence: str,
    ) -> Awaitable[Said]: ...


Embed = Callable[[Sequence[str]], Awaitable[Any]]


Price = Callable[[str, str, type[Any], str], Awaitable[float]]
"""(system, user, answers, provider) -> the most that asking it may cost, in US dollars."""


@dataclass(frozen=True, slots=True)
class Tools:
    """``ask`` asks a judge model, ``price`` says before what that may cost. ``embed(texts)`` gives one row of
    floats per text. ``base_dir`` is where ``file://`` values lie: nothing outside it is read, and without it
    nothing is. ``allow_python`` stands behind an explicit flag of the command line.
    """

    ask: Ask | None = None
    embed: Embed | None = None
    base_dir: Path | None = None
    allow_python: bool = False
    time_limit_s: float = 10.0
    price: Price | None = None


NO_TOOLS = Tools()
