"""Reading support logs: one file per log format, listed in ``IMPORTERS``.

``open_log`` takes a path or a stream, unpacks gz and zip, finds encoding, shape and make by content, and
hands back a ``LogFile`` whose records stream. A file that cannot be used raises ``ImportRefused`` with a
code of the import contract; a row that cannot be used comes as a ``RowProblem`` among the tickets.

    open_log(Path("export.csv"), filename="export.csv").records   # RawTicket | RowProblem, one by one

Only text that customers wrote or could see becomes a ticket's text: private notes, agents' and bots'
messages are dropped and counted in the notes. To add a format, write one module with an ``IMPORTERS``
tuple and name it in ``_MODULES``; the first importer that claims a file's shape reads it, so special
makes stand before general ones. What they read with lies in ``reading/``.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from bot.domain.tickets import RawTicket
from bot.errors import ImportRefused
from bot.importers import freshdesk, helpscout, hubspot, intercom, jira, mail, records, table, text, zendesk
from bot.importers.reading.contract import COMMAND_LINE, Limits, LogFile, Reading, Record
from bot.importers.reading.detect import shape_of
from bot.importers.reading.shapes import Importer, Shape
from bot.importers.reading.source import Source, take_in, unpack

__all__ = ["COMMAND_LINE", "IMPORTERS", "Limits", "LogFile", "open_log"]

_MODULES = (zendesk, intercom, freshdesk, helpscout, hubspot, jira, table, records, mail, text)

IMPORTERS: Mapping[str, Importer] = MappingProxyType(
    {importer.kind: importer for module in _MODULES for importer in module.IMPORTERS}
)
"""Every log format by its name, special makes first."""

_DEFAULT = Limits()


def open_log(
    data: Path | BinaryIO,
    *,
    filename: str,
    mapping: Mapping[str, str] | None = None,
    kind: str | None = None,
    limits: Limits = _DEFAULT,
) -> LogFile:
    """Open a support log.

    ``filename`` is the name people know it by. ``mapping`` says which column is what (``message``, ``id``,
    ``subject``, ``created_at``, ``requester``, or a segment of any name -> the file's column). ``kind``
    names an importer instead of detecting one.

    Raises:
        ImportRefused: the file as a whole cannot be used; also while ``records`` is read.
    """
    reading = Reading(filename, mapping or {}, limits)
    wanted = _named(kind) if kind else None
    source = unpack(take_in(data, filename, limits), limits)
    shape = shape_of(source, reading, wanted.shape if wanted else None)
    importer = wanted or _claimed(shape, reading)
    if not isinstance(shape, importer.shape):
        raise ImportRefused(
            f"{filename} cannot be read as {importer.kind}.", code="type_mismatch", hint="Leave out --kind."
        )
    return LogFile(importer.kind, _reported(importer.read(shape, reading), source, reading), reading.notes)


def _named(kind: str) -> Importer:
    if kind not in IMPORTERS:
        raise ImportRefused(
            f"There is no log format named {kind!r}.",
            code="unknown_kind",
            hint=f"Known formats: {', '.join(IMPORTERS)}.",
        )
    return IMPORTERS[kind]


def _claimed(shape: Shape, reading: Reading) -> Importer:
    for importer in IMPORTERS.values():
        if importer.claims(shape) and (importer.mapped or "message" not in reading.mapping):
            return importer
    raise ImportRefused(f"{reading.filename} is no log of a known format.", code="type_mismatch")


def _reported(found: Iterator[Record], source: Source, reading: Reading) -> Iterator[Record]:
    """The records, then the notes; a log without a single ticket is refused.

    Holding on to ``source`` keeps its file open for as long as records are read.
    """
    tickets = skipped = 0
    for record in found:
        if isinstance(record, RawTicket):
            tickets += 1
        else:
            skipped += not record.kept
        yield record
    source.close()
    dropped = ", ".join(f"{what}: {count:,}" for what, count in reading.counts.items())
    reading.finish()
    if not tickets:
        rows = f" ({skipped:,} rows without any were skipped)" if skipped else ""
        rows += f" ({dropped})" if dropped else ""
        raise ImportRefused(
            f"{reading.filename} holds no tickets with text{rows}.",
            code="no_rows",
            hint="Export it with the message column filled, or name another with --map message=COLUMN.",
        )
