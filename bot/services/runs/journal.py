"""A run's cells in a file of the data folder, one JSON line each: durable from the first call on, and there
before any database is open. Runs on the command line go on from it; at the end the store takes it over."""

import asyncio
import fcntl
import json
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.domain.experiments.cells import Cell, CellKey
from bot.errors import InputError, StoreError
from bot.services.runs.rendering import Redact, redact_lines
from bot.services.runs.values import Result

Answers = Callable[[str], Awaitable[bytes | None]]


async def no_answers(_key: str) -> bytes | None:
    """For runs without a cache."""
    return None


class JournalSink:
    """Appends batches, each synced to the disk before ``put`` returns. Texts are redacted before; an answer
    that redaction would change is not kept for the cache, for it would be judged differently from there."""

    def __init__(self, path: Path, redact: Redact, answers: Answers = no_answers) -> None:
        # Reasons are alike in most cells; looking through each of them again would take longest of all.
        self._path, self._redact, self._answers = path, lru_cache(4096)(redact), answers
        self._file: int | None = None

    async def answer(self, key: str) -> bytes | None:
        return await self._answers(key)

    async def kept(self) -> Sequence[Cell]:
        """What is there already. Raises InputError: another process is at the same run."""
        return list({cell.key: cell for cell in map(_cell, self._lines())}.values())

    async def put(self, results: Sequence[Result]) -> None:
        """Raises StoreError: the folder cannot be written."""
        lines = [json.dumps(self._line(result), ensure_ascii=False) + "\n" for result in results]
        await asyncio.to_thread(self._append, "".join(lines).encode("utf-8", "replace"))

    def results(self) -> list[Result]:
        """Everything as the store takes it over; the last line of a cell counts."""
        last = {_cell(line).key: line for line in self._lines()}
        return [
            Result(_cell(line), line["key"], line["answer"].encode() if line["answer"] else None)
            for line in last.values()
        ]

    def close(self, *, forget: bool = False) -> None:
        if forget:
            self._path.unlink(missing_ok=True)
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _lines(self) -> list[Mapping[str, Any]]:
        if self._file is None and not self._path.exists():
            return []
        self._open()
        lines = self._path.read_bytes().split(b"\n")
        return [json.loads(line) for line in lines[:-1]]

    def _open(self) -> int:
        if self._file is None:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._file = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
            except OSError as error:
                raise StoreError(
                    f"The data folder {self._path.parent} cannot be written.",
                    hint="Set PLUMB_DATA_DIR to a folder of yours.",
                ) from error
            self._lock(self._file)
            self._cut_torn_line(self._file)
        return self._file

    def _lock(self, file: int) -> None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise InputError("This run is going on in another process.", hint="Wait for its end.") from None

    def _cut_torn_line(self, file: int) -> None:
        """What a kill left half written was not promised to anybody."""
        whole = self._path.read_bytes().rfind(b"\n") + 1
        os.ftruncate(file, whole)

    def _append(self, lines: bytes) -> None:
        try:
            file = self._open()
            while lines:
                lines = lines[os.write(file, lines) :]
            os.fsync(file)
        except OSError as error:
            raise StoreError(
                "The results cannot be written.", hint="Is the disk of the data folder full?"
            ) from error

    def _line(self, result: Result) -> dict[str, Any]:
        cell = redacted_cell(result.cell, self._redact)
        answer = result.answer.decode() if result.answer is not None else ""
        same = cell.output == result.cell.output and redact_lines(answer, self._redact) == answer
        return {"cell": _plain(cell), "key": result.answer_key, "answer": answer if same else ""}


def redacted_cell(cell: Cell, redact: Redact) -> Cell:
    """The cell as it may be stored."""
    return replace(
        cell,
        output=redact_lines(cell.output, redact),
        reason=redact_lines(cell.reason, redact),
        error=redact_lines(cell.error, redact),
        parts=tuple(_redacted_part(part, redact) for part in cell.parts),
    )


def _redacted_part(part: Mapping[str, Any], redact: Redact) -> dict[str, Any]:
    found = dict(part, reason=redact_lines(str(part.get("reason") or ""), redact))
    if "parts" in part:
        found["parts"] = [_redacted_part(each, redact) for each in part["parts"]]
    return found


_FIELDS = tuple(field.name for field in fields(Cell) if field.name not in ("key", "named_scores"))


def _plain(cell: Cell) -> dict[str, Any]:
    """As ``dataclasses.asdict``, which takes ten times as long."""
    key = {"arm": cell.key.arm, "case": cell.key.case, "repeat": cell.key.repeat}
    said = {name: getattr(cell, name) for name in _FIELDS}
    return {"key": key, "named_scores": dict(cell.named_scores), **said}


def _cell(line: Mapping[str, Any]) -> Cell:
    fields = dict(line["cell"])
    fields["key"] = CellKey(**fields["key"])
    fields["parts"] = tuple(fields["parts"])
    return Cell(**fields)
