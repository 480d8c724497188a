"""Importing files of interactions: read and redacted in worker processes, then stored.

A file that cannot be used changes nothing: nothing is stored before all of it was read, checked and
redacted into an unnamed file on disk. Then it is stored in transactions of some thousand rows, so that
nobody waits a minute for the database; each id counts once, so that an import that was cut short there is
finished by running it again.
"""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import IO

from bot.domain.features import check_feature_name
from bot.domain.interactions import Row
from bot.errors import ImportRefused
from bot.importers.interactions import Problem
from bot.importers.interactions.files import InteractionFile
from bot.ports import Clock
from bot.services.interactions.pieces import KEPT_PROBLEMS, Piece, prepare_chunk, unpacked
from bot.services.progress import Progress, silent
from bot.store import Store
from bot.workers import Workers

STORED_AT_ONCE = 10_000
KEPT_NAMES = 50


@dataclass(slots=True)
class Imported:
    """What became of a file. ``read`` records were in it: ``put_aside`` cannot be used (``problems`` names
    the first of them), ``apart`` are no calls of a model, ``sampled_out`` are not kept by the feature's
    setting; of the others ``added`` are new and ``known`` were there, both 0 of a trial."""

    format: str
    notes: list[str]
    read: int = 0
    accepted: int = 0
    added: int = 0
    known: int = 0
    put_aside: int = 0
    apart: int = 0
    sampled_out: int = 0
    problems: list[Problem] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)

    def take(self, piece: Piece) -> None:
        self.read += piece.records
        self.accepted += piece.accepted
        self.put_aside += piece.put_aside
        self.apart += piece.apart
        self.sampled_out += piece.accepted - piece.rows
        self.problems += islice(piece.problems, KEPT_PROBLEMS - len(self.problems))
        for name, count in piece.ignored.items():
            if name in self.ignored or len(self.ignored) < KEPT_NAMES:
                self.ignored[name] += count


class InteractionImports:
    """Imports of one team."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        workers: Workers,
        install_key: Callable[[], bytes],
        catch_up: Callable[[], Awaitable[object]],
    ) -> None:
        """``catch_up``: what users said of interactions waits until those are there."""
        self._store = store
        self._clock = clock
        self._workers = workers
        self._install_key = install_key
        self._catch_up = catch_up

    async def run(
        self, file: InteractionFile, feature: str, *, trial: bool = False, progress: Progress = silent
    ) -> Imported:
        """Import a file; a ``trial`` does everything but store.

        Raises:
            ImportRefused: the file is no such file, or no record of it can be used; nothing is kept.
            InputError: no feature can have that name.
            WorkStopped, StoreError: halfway; what is stored stays, the same import adds the rest.
        """
        done = Imported(file.format, file.notes)
        work = partial(prepare_chunk, key=self._install_key(), share=await self._share(feature, done))
        with closing(_Spool()) as spool:
            async for piece in self._workers.map(work, file.chunks):
                done.take(piece)
                spool.append(piece.packed)
                progress("Reading and redacting", done.read, None)
            _refuse_empty(done)
            if not trial:
                await self._keep(spool, done, progress)
        return done

    async def _share(self, feature: str, done: Imported) -> float:
        """How much of the feature is kept; a name that nobody set up may be a slip, and is told."""
        async with self._store.read() as unit:
            watched = await unit.features.get(check_feature_name(feature))
        if watched is None:
            done.notes.append(f"nobody has set {feature} up as a feature yet: plumb feature add {feature}")
        return 1.0 if watched is None else watched.sampling

    async def _keep(self, spool: "_Spool", done: Imported, progress: Progress) -> None:
        stored = 0
        groups = spool.groups()
        while rows := await asyncio.to_thread(next, groups, None):
            async with self._store.write() as unit:
                new = len(await unit.interactions.load(rows, self._clock.now()))
            done.added += new
            done.known += len(rows) - new
            stored += len(rows)
            progress("Storing", stored, done.accepted - done.sampled_out)
        await self._catch_up()


class _Spool:
    """Packed rows on disk, in the order of the file."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  closed by close()
        self._sizes: list[int] = []

    def append(self, packed: bytes) -> None:
        self._file.write(packed)
        self._sizes.append(len(packed))

    def groups(self) -> Iterator[list[Row]]:
        """Rows, as many as are stored at once."""
        self._file.seek(0)
        rows: list[Row] = []
        for size in self._sizes:
            rows += unpacked(self._file.read(size))
            if len(rows) >= STORED_AT_ONCE:
                yield rows
                rows = []
        if rows:
            yield rows

    def close(self) -> None:
        self._file.close()


def _refuse_empty(done: Imported) -> None:
    if done.accepted:
        return
    if done.problems:
        first = done.problems[0]
        raise ImportRefused(
            f"None of the {done.read:,} records can be used. Record {first.row}: {first.message}",
            code="no_rows",
            hint=first.hint,
        )
    raise ImportRefused(
        f"None of the {done.read:,} records is a call of a model.",
        code="no_rows",
        hint="Export generations (Langfuse) or runs of type llm (LangSmith).",
    )
