"""CSV, TSV and XLSX of any make: one row, one ticket."""

from collections.abc import Iterator

from bot.importers.reading.columns import find_roles, refuse_duplicates
from bot.importers.reading.contract import Reading, Record
from bot.importers.reading.shapes import Importer, Shape, Table
from bot.importers.reading.tickets import RowReader


def read(table: Table, reading: Reading) -> Iterator[Record]:
    refuse_duplicates(table, reading.filename)
    return RowReader(table, find_roles(table, reading), reading).records()


def _importer(kind: str) -> Importer:
    def claims(shape: Shape) -> bool:
        return isinstance(shape, Table) and shape.kind == kind

    return Importer(kind, claims, read, Table, mapped=True)


IMPORTERS = tuple(map(_importer, ("csv", "tsv", "xlsx")))
