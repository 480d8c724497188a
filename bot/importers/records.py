"""JSON and JSON Lines of any make: one object, one ticket."""

from collections.abc import Iterator

from bot.errors import ImportRefused
from bot.importers.reading.columns import find_roles
from bot.importers.reading.contract import Reading, Record
from bot.importers.reading.jsonstream import bad_structure
from bot.importers.reading.objects import as_table
from bot.importers.reading.shapes import Importer, Records, Shape
from bot.importers.reading.tickets import RowReader


def read(records: Records, reading: Reading) -> Iterator[Record]:
    table = as_table(records, reading)
    try:
        roles = find_roles(table, reading)
    except ImportRefused:
        if records.kind == "json" and len(records.sample) == 1 and not records.path and not reading.mapping:
            raise bad_structure(reading) from None
        raise
    return RowReader(table, roles, reading).records()


def _importer(kind: str) -> Importer:
    def claims(shape: Shape) -> bool:
        return isinstance(shape, Records) and shape.kind == kind

    return Importer(kind, claims, read, Records, mapped=True)


IMPORTERS = (_importer("json"), _importer("jsonl"))
