"""What scorers may use besides the output itself."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Ask = Callable[[str, str, type[Any], str], Awaitable[Any]]
Embed = Callable[[Sequence[str]], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Tools:
    """``ask(system, user, answers, provider)`` asks a judge model for an answer of that type.

    ``embed(texts)`` gives one row of floats per text. ``base_dir`` is where ``file://`` values lie: nothing
    outside it is read, and without it nothing is. ``allow_python`` stands behind an explicit flag of the
    command line.
    """

    ask: Ask | None = None
    embed: Embed | None = None
    base_dir: Path | None = None
    allow_python: bool = False
    time_limit_s: float = 10.0


NO_TOOLS = Tools()
