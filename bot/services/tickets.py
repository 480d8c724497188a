"""Importing support logs: read, redact, audit, then store all or nothing."""

import asyncio
import pickle
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from typing import IO

from bot.domain.audit import Auditor, AuditReport, SourceRecord
from bot.domain.tickets import ImportReport, RawTicket, RowProblem, Ticket
from bot.errors import DraftingStopped, ImportRefused, InputError, NotFound
from bot.importers import LogFile
from bot.ports import Clock
from bot.services.preparation import Prepared, common_words, prepare
from bot.services.progress import Progress, silent
from bot.store import Store, UnitOfWork
from bot.store.repositories import text_hash
from bot.store.sources import Source
from bot.workers import Workers

BATCH = 500
READ_FIRST = 4  # batches whose words are counted before the first text is redacted
KEPT_PROBLEMS = 1_000  # problems listed one by one; the rest is counted


@dataclass(frozen=True, slots=True)
class Import:
    """An import that is done: what was taken, how good it is, and the ids of the file's tickets."""

    report: ImportReport
    audit: AuditReport
    ticket_ids: tuple[str, ...]


@dataclass(slots=True)
class _Reading:
    """What one pass over a log gathers besides the tickets."""

    log: LogFile
    auditor: Auditor
    problems: list[RowProblem] = field(default_factory=list)
    skipped: int = 0
    repeats: int = 0
    read: int = 0

    def tickets(self) -> Iterator[list[RawTicket]]:
        """Batches of raw tickets; problems are put aside on the way."""
        batch: list[RawTicket] = []
        for record in self.log.records:
            if isinstance(record, RowProblem):
                self._put_aside(record)
                continue
            batch.append(record)
            if len(batch) == BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def report(self, source: str, keeping: "_Keeping") -> ImportReport:
        return ImportReport(
            source=source,
            kind=self.log.kind,
            accepted=keeping.accepted,
            skipped=self.skipped,
            duplicates=keeping.duplicates,
            problems=tuple(self.problems),
            notes=(*self.log.notes, *keeping.notes()),
        )

    def _put_aside(self, problem: RowProblem) -> None:
        self.skipped += not problem.kept
        self.auditor.skip(problem)
        if len(self.problems) < KEPT_PROBLEMS:
            self.problems.append(problem)


class TicketService:
    """Imports and audits of support logs."""

    def __init__(self, store: Store, clock: Clock, workers: Workers, key: Callable[[], bytes]) -> None:
        self._store = store
        self._clock = clock
        self._workers = workers
        self._key = key

    async def import_log(
        self, log: LogFile, *, source: str, filename: str, channel: str = "", progress: Progress = silent
    ) -> Import:
        """Read the whole log first, then store it in one transaction: a refused file changes nothing.
        ``channel`` is the private channel it came from, if any; the source carries it from the start.

        Raises:
            ImportRefused: the file as a whole cannot be used.
            InputError: a source of that name came from another channel.
        """
        with closing(_Spool()) as spool:
            reading = _Reading(log, Auditor(now=self._clock.now()))
            async for batch in self._prepared(reading, progress):
                spool.append(batch)
            if not reading.read:
                skipped = f" ({reading.skipped} rows without text were skipped)" if reading.skipped else ""
                raise ImportRefused(
                    f"{filename} holds no tickets with text{skipped}.",
                    code="no_rows",
                    hint="Export it again with the message column, or name it with --map message=COLUMN.",
                )
            return await self._keep(reading, spool, source, filename, channel, progress)

    async def audit_log(
        self, log: LogFile, *, wanted: int | None = None, progress: Progress = silent
    ) -> AuditReport:
        """Audit a log without keeping any of it."""
        reading = _Reading(log, Auditor(now=self._clock.now()))
        async for _ in self._prepared(reading, progress):
            pass
        return await asyncio.to_thread(reading.auditor.report, kind=log.kind, wanted=wanted)

    async def describe(self, source: str, **record: str) -> None:
        """Record who owns a source, its licence and the consent it was gathered under."""
        async with self._store.write() as unit:
            found = await unit.sources.get(source)
            if found is None:
                raise _no_such_source(source, await unit.sources.names())
            await unit.sources.describe(found.id, **{name: value for name, value in record.items() if value})

    async def audit_source(self, source: str) -> AuditReport:
        """Audit what is stored under a source's name."""
        async with self._store.read() as unit:
            found = await unit.sources.get(source)
            if found is None:
                raise _no_such_source(source, await unit.sources.names())
            tickets = await unit.tickets.all(found.id)
        auditor = Auditor(now=self._clock.now())
        await asyncio.to_thread(auditor.add, tickets)
        return await asyncio.to_thread(auditor.report, kind=found.kind, source=_record(found))

    async def allow_drafting(self, source: str, override: str) -> None:
        """Stop where the newest audit failed, unless a reason overrides it; the reason is recorded.

        Raises:
            DraftingStopped: the audit failed and nobody gave a reason to go on.
        """
        async with self._store.write() as unit:
            found = await unit.sources.get(source)
            if found is None:
                raise _no_such_source(source, await unit.sources.names())
            newest = await unit.sources.newest_import(found.id)
            if newest is None or not newest.audit["failed"]:
                return
            if override:
                await unit.sources.override_grade(newest.id, override)
            elif not newest.override_reason:
                raise _failed(AuditReport.model_validate(newest.audit))

    async def _prepared(self, reading: _Reading, progress: Progress) -> AsyncIterator[list[Prepared]]:
        batches = reading.tickets()
        head = await asyncio.to_thread(lambda: list(islice(batches, READ_FIRST)))
        common = await asyncio.to_thread(common_words, head)
        work = partial(prepare, key=self._key(), common=common)
        async for batch in self._workers.map(work, chain(head, batches)):
            reading.read += len(batch)
            reading.auditor.add_prints([item.ticket for item in batch], [item.print for item in batch])
            progress("Reading, redacting, auditing", reading.read, None)
            yield batch

    async def _keep(
        self,
        reading: _Reading,
        spool: "_Spool",
        name: str,
        filename: str,
        channel: str,
        progress: Progress,
    ) -> Import:
        async with self._store.read() as unit:
            known = await unit.sources.get(name)
        report = partial(reading.auditor.report, kind=reading.log.kind, source=_record(known))
        audit = await asyncio.to_thread(report)
        now = self._clock.now()
        async with self._store.write() as unit:
            source = await unit.sources.get_or_add(name, reading.log.kind, now, channel)
            if source.channel != channel:
                raise _other_origin(name)
            keeping = _Keeping(unit, source.id)
            for batch in spool.batches():
                await keeping.add(batch)
                progress("Storing", keeping.seen, reading.read)
            done = reading.report(name, keeping)
            await unit.sources.add_import(
                source.id,
                filename=filename,
                accepted=done.accepted,
                skipped=done.skipped,
                duplicates=done.duplicates,
                problems=[{"row": p.row, "code": p.code, "reason": p.reason} for p in done.problems],
                notes=list(done.notes),
                audit=audit.model_dump(mode="json"),
                grade=audit.grade,
                override_reason="",
                imported_at=now,
            )
        return Import(done, audit, tuple(keeping.ids))


class _Spool:
    """Prepared batches on disk, so that storing is one short transaction and memory stays flat."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  closed by close()

    def append(self, batch: list[Prepared]) -> None:
        pickle.dump([item.ticket for item in batch], self._file, pickle.HIGHEST_PROTOCOL)

    def batches(self) -> Iterator[list[Ticket]]:
        self._file.seek(0)
        while True:
            try:
                yield pickle.load(self._file)  # noqa: S301  our own unnamed file, written just above
            except EOFError:
                return

    def close(self) -> None:
        self._file.close()


class _Keeping:
    """Decides per ticket: new, there already, or changed since the last import."""

    def __init__(self, unit: UnitOfWork, source_id: int) -> None:
        self._unit = unit
        self._source_id = source_id
        self._texts: dict[str, bytes] = {}  # id -> text hash, of every ticket of this file
        self.ids: list[str] = []
        self.accepted = self.duplicates = self.changed = self.renamed = self.seen = 0

    async def add(self, batch: Sequence[Ticket]) -> None:
        self.seen += len(batch)
        fresh = [x for x in (self._unique(ticket) for ticket in batch) if x is not None]
        stored = await self._unit.tickets.hashes(self._source_id, [x.ticket_id for x in fresh])
        new: list[Ticket] = []
        for ticket in fresh:
            self.ids.append(ticket.ticket_id)
            before = stored.get(ticket.ticket_id)
            if before is None:
                new.append(ticket)
            elif before == self._texts[ticket.ticket_id]:
                self.duplicates += 1
            else:
                self.changed += 1
                await self._unit.tickets.replace(self._source_id, ticket)
        await self._unit.tickets.add(self._source_id, new)
        self.accepted += len(new)

    def _unique(self, ticket: Ticket) -> Ticket | None:
        """The ticket under an id of its own; None where the same id and text came before in this file."""
        key, number, name = text_hash(ticket.text), 1, ticket.ticket_id
        while name in self._texts:
            if self._texts[name] == key:
                self.duplicates += 1
                return None
            number += 1
            name = f"{ticket.ticket_id}#{number}"
        self._texts[name] = key
        if number == 1:
            return ticket
        self.renamed += 1
        return Ticket(name, ticket.text, ticket.created_at, ticket.requester, ticket.fields, ticket.pii)

    def notes(self) -> list[str]:
        notes = []
        if self.changed:
            notes.append(f"{self.changed} tickets had changed since the last import and were updated")
        if self.renamed:
            notes.append(
                f"{self.renamed} tickets shared an id with different text; they got #2, #3 … behind it"
            )
        return notes


def _no_such_source(name: str, names: Sequence[str]) -> NotFound:
    known = f"Known: {', '.join(names)}." if names else "Import one with `plumb data import FILE`."
    return NotFound(f"There is no source named {name!r}.", hint=known)


def _other_origin(name: str) -> InputError:
    """Says nothing of the other channel: not everybody may know of it."""
    return InputError(
        f"There is a source {name!r} already whose tickets came from elsewhere; private ones stay apart.",
        hint="Import these under another name.",
    )


def _record(source: Source | None) -> SourceRecord:
    if source is None:
        return SourceRecord()
    return SourceRecord(owner=source.owner, licence=source.licence, consent=source.consent, note=source.note)


def _failed(audit: AuditReport) -> DraftingStopped:
    reasons = " ".join(f"{x.sentence}: {x.fix}." for x in audit.reasons if x.severity == "fail")
    return DraftingStopped(
        f"The data audit failed, so no story was drafted. {reasons}",
        hint='Mend the data, or go on with --override "why it is all right".',
    )
