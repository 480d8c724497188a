"""A model that says what it is told to: the fake of the tests, and a player of recorded answers.

``scripted:FILE`` answers with the lines of a JSON Lines file, one a call.
"""

import json
from collections.abc import Awaitable, Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.errors import ModelRejected, PlumblineError, SettingsError
from bot.llm.wire import Access, OnDelta, Reading
from bot.ports import Answer, ModelRequest

Said = Reading | PlumblineError | str | dict[str, Any]
"""One answer: as read, an error to raise, raw text, or JSON."""
Step = Said | Callable[[ModelRequest[Any]], Said] | Callable[[ModelRequest[Any]], Awaitable[Said]]
"""An answer, or a function of the request that gives one."""

PIECE = 16  # characters of a streamed piece


class ScriptedProvider:
    """Answers step by step; ``requests`` keeps what it was asked. ``steps`` may be endless."""

    vendor = "scripted"
    base_url = ""

    def __init__(self, steps: Iterable[Step], model: str = "script") -> None:
        self.model = model
        self.requests: list[ModelRequest[Any]] = []
        self._steps: Iterator[Step] = iter(steps)

    async def send(self, request: ModelRequest[Answer], on_delta: OnDelta | None = None) -> Reading:
        self.requests.append(request)
        said = await self._next(request)
        if isinstance(said, PlumblineError):
            raise said
        reading = said if isinstance(said, Reading) else Reading(_text(said))
        if on_delta is not None:
            for start in range(0, len(reading.text), PIECE):
                on_delta(reading.text[start : start + PIECE])
        return reading

    async def close(self) -> None:
        """Nothing is open."""

    async def _next(self, request: ModelRequest[Any]) -> Said:
        step = next(self._steps, None)
        if step is None:
            return ModelRejected("The script has no more answers.")
        said = step(request) if callable(step) else step
        return await said if isinstance(said, Awaitable) else said


def open_provider(model: str, _access: Access) -> ScriptedProvider:
    """``model`` is the path of the file."""
    path = Path(model)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        raise SettingsError(f"The script {model} cannot be read.", hint="Name a JSON Lines file.") from None
    return ScriptedProvider([line for line in lines if line.strip()], path.name)


def _text(said: str | dict[str, Any]) -> str:
    return said if isinstance(said, str) else json.dumps(said)
