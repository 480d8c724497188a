"""Pasted text: messages set apart by blank lines, or one to a line where there are none."""

from collections.abc import Iterator

from bot.domain.tickets import RawTicket, RowProblem
from bot.errors import ImportRefused
from bot.importers.reading.contract import Reading, Record
from bot.importers.reading.delimited import Oversize
from bot.importers.reading.shapes import Importer, Prose, Shape
from bot.importers.reading.tickets import limited


def read(prose: Prose, reading: Reading) -> Iterator[Record]:
    try:
        yield from _records(prose, reading)
    except Oversize:
        raise ImportRefused(
            f"{reading.filename} has a line too long for one ticket.",
            code="field_too_long",
            hint="Put each message on a line or between blank lines.",
        ) from None


def _records(prose: Prose, reading: Reading) -> Iterator[Record]:
    apart = _has_blank_lines(prose)
    number = 0
    for number, text in enumerate(limited(_blocks(prose) if apart else _lines(prose), reading), 1):
        if len(text) > reading.limits.field_bytes:
            yield RowProblem(number, "field_too_long", f"longer than {reading.limits.field_bytes >> 10} KiB")
        else:
            yield RawTicket(number, f"row-{number}", text)
    reading.note(f"read as plain text, {'set apart by blank lines' if apart else 'one message to a line'}")


def _has_blank_lines(prose: Prose) -> bool:
    seen_text = seen_gap = False
    for line in prose.lines():
        blank = not line.strip()
        if seen_gap and not blank:
            return True
        seen_text = seen_text or not blank
        seen_gap = seen_text and blank
    return False


def _lines(prose: Prose) -> Iterator[str]:
    return (line.strip() for line in prose.lines() if line.strip())


def _blocks(prose: Prose) -> Iterator[str]:
    block: list[str] = []
    for line in prose.lines():
        if line.strip():
            block.append(line.rstrip())
        elif block:
            yield "\n".join(block).strip()
            block = []
    if block:
        yield "\n".join(block).strip()


def _claims(shape: Shape) -> bool:
    return isinstance(shape, Prose)


IMPORTERS = (Importer("text", _claims, read, Prose),)
