"""A model that says what it is told to: ``scripted:FILE`` plays a JSON Lines file.

A line is a text, said in its turn, or {"when": "refund", "say": …, "error": …, "delay_ms": …}: said, or
failed with, whenever the prompt holds ``when``; those come first, in order.
"""

import asyncio
import itertools
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.errors import ModelRejected, SettingsError
from bot.llm.text.wire import JsonObject, TextAccess, TextReply, TextRequest


class Scripted:
    """Plays lines; ``requests`` keeps what it was asked."""

    leaves = False
    price_at = None

    def __init__(self, lines: Sequence[Any], name: str = "script") -> None:
        self.lane = f"scripted:{name}"
        self.requests: list[TextRequest] = []
        self._rules = [line for line in lines if isinstance(line, dict) and "when" in line]
        self._turns = itertools.cycle([line for line in lines if line not in self._rules] or [None])

    def identity(self, request: TextRequest) -> JsonObject:
        return {}

    async def complete(self, request: TextRequest) -> TextReply:
        self.requests.append(request)
        started = time.perf_counter()
        line = next((rule for rule in self._rules if rule["when"] in request.prompt), None)
        line = next(self._turns) if line is None else line
        if line is None:
            raise ModelRejected("The script has no line for this prompt.")
        if isinstance(line, dict):
            await asyncio.sleep(float(line.get("delay_ms", 0)) / 1000)
            if line.get("error"):
                raise ModelRejected(str(line["error"]))
        said = line.get("say", line) if isinstance(line, dict) else line
        return TextReply(said, 0, 0, cost=0.0, latency_ms=(time.perf_counter() - started) * 1000)

    async def close(self) -> None:
        """Nothing is open."""


def open_text(model: str, _config: JsonObject, access: TextAccess) -> Scripted:
    """``model`` is the path of the file. Raises SettingsError: it cannot be read."""
    path = Path(access.folder) / model
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError):
        raise SettingsError(f"The script {model} cannot be read.", hint="Name a JSON Lines file.") from None
    return Scripted(lines, path.name)
