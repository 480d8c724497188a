"""Excel workbooks (xlsx) as a table: the first sheet that holds something, streamed.

Read with expat over the zip itself, for the sake of what hostile workbooks do: no entity is ever
expanded (a DOCTYPE is refused), links and formulas are never followed (a formula's stored result is its
value), a sheet's own word on its size is not believed, and a lone cell in the last column of the last
row costs nothing. Macros are refused.
"""

import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import PurePosixPath
from typing import IO
from xml.parsers import expat

from bot.errors import ImportRefused
from bot.importers.reading.contract import Limits, Reading
from bot.importers.reading.delimited import SAMPLE_ROWS, check_columns
from bot.importers.reading.shapes import BadRow, Row, Table
from bot.importers.reading.sheet import SheetParser, StringsParser, local_name, xml_parser
from bot.importers.reading.source import BROKEN_ZIP, CHUNK, Meter, Source, broken_archive

_BUILT_IN_DATES = frozenset(map(str, (*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59))))
_MOST_STYLES = 65_536


def open_workbook(source: Source, reading: Reading) -> Table:
    """The first sheet with a row in it.

    Raises:
        ImportRefused: macros, a bomb, a DOCTYPE, a broken or empty workbook, too many columns.
    """
    book = _Book(source, reading.limits)
    sheet = next((sheet for sheet in book.sheets() if next(book.rows(sheet), None) is not None), None)
    if sheet is None:
        raise ImportRefused(
            f"{source.filename} holds no rows.", code="no_rows", hint="Check the first sheet."
        )
    if len(book.sheets()) > 1:
        reading.note(f"read the sheet {sheet.name!r}, one of {len(book.sheets())}")
    first = next(book.rows(sheet))
    if isinstance(first, BadRow):
        raise ImportRefused(
            f"The header of {source.filename} is unreadable: {first.reason}.", code=first.code
        )
    header = tuple(name.strip() for name in first)
    check_columns(header, source.filename, reading.limits)

    def rows() -> Iterator[Row]:
        return islice(book.rows(sheet), 1, None)

    sample = tuple(row for row in islice(rows(), SAMPLE_ROWS) if isinstance(row, list))
    return Table("xlsx", header, rows, sample)


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    part: str


class _Book:
    def __init__(self, source: Source, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        self._guard()
        self._strings: list[str] | None = None
        self._dates, self._epoch = self._date_styles(), datetime(1899, 12, 30)  # noqa: DTZ001  sheet time
        self._sheets = self._listed()

    def sheets(self) -> list[_Sheet]:
        return self._sheets

    def rows(self, sheet: _Sheet) -> Iterator[Row]:
        """Records of a sheet as strings, blank ones left out."""
        if self._strings is None:
            self._strings = self._shared_strings()
        parser = SheetParser(self._limits, self._strings, self._date_of)
        for chunk in self._chunks(sheet.part):
            self._feed(parser.expat, chunk)
            yield from parser.taken()
        self._feed(parser.expat, b"", final=True)

    def _guard(self) -> None:
        """Refuse by what the zip's directory says; what it says too little of, the meter catches."""
        with self._open() as archive:
            infos = archive.infolist()
        names = [info.filename.lower() for info in infos]
        if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
            raise ImportRefused(
                f"{self._source.filename} holds macros.",
                code="macros",
                hint="Save it as .xlsx without macros.",
            )
        if "xl/workbook.xml" not in names:
            raise ImportRefused(
                f"{self._source.filename} is an Office document but not an Excel workbook.",
                code="unsupported_format",
                hint="Export the log as XLSX or CSV.",
            )
        if len(names) != len(set(names)):
            raise broken_archive(self._source.filename, "holds two parts of one name")
        for info in infos:
            Meter(self._source.filename, info.compress_size, self._limits).check(info.file_size)
        Meter(self._source.filename, self._source.size, self._limits).check(sum(i.file_size for i in infos))

    def _open(self) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(self._source.open())
        except BROKEN_ZIP:
            raise broken_archive(self._source.filename, "is a broken workbook") from None

    def _chunks(self, part: str) -> Iterator[bytes]:
        with self._open() as archive:
            found = {info.filename.lower(): info for info in archive.infolist()}.get(part.lower())
            if found is None:
                return
            meter = Meter(self._source.filename, found.compress_size, self._limits)
            try:
                with archive.open(found) as stream:
                    yield from _metered(stream, meter)
            except BROKEN_ZIP:
                raise broken_archive(self._source.filename, "is a broken workbook") from None

    def _feed(self, parser: expat.XMLParserType, chunk: bytes, *, final: bool = False) -> None:
        try:
            parser.Parse(chunk, final)
        except expat.ExpatError:
            raise broken_archive(self._source.filename, "is a broken workbook") from None

    def _elements(self, part: str) -> Iterator[tuple[str, dict[str, str]]]:
        found: list[tuple[str, dict[str, str]]] = []
        parser = xml_parser(lambda name, attributes: found.append((local_name(name), attributes)))
        for chunk in self._chunks(part):
            self._feed(parser, chunk)
            if len(found) > _MOST_STYLES:
                break
        return iter(found)

    def _listed(self) -> list[_Sheet]:
        targets = {
            a.get("Id", ""): a.get("Target", "") for name, a in self._elements("xl/_rels/workbook.xml.rels")
        }
        sheets = []
        for name, attributes in self._elements("xl/workbook.xml"):
            if name == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
                self._epoch = datetime(1904, 1, 1)  # noqa: DTZ001  sheet time has no zone
            if name == "sheet" and attributes.get("state", "visible") == "visible":
                link = next((value for key, value in attributes.items() if local_name(key) == "id"), "")
                target = targets.get(link, "").lstrip("/")
                part = target if target.startswith("xl/") else str(PurePosixPath("xl") / target)
                sheets.append(_Sheet(attributes.get("name", ""), part))
        return sheets

    def _date_styles(self) -> frozenset[int]:
        """Positions in the list of cell formats that show a date."""
        own: dict[str, str] = {}
        dates: set[int] = set()
        position, inside = 0, False
        for name, attributes in self._elements("xl/styles.xml"):
            if name == "numFmt":
                own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            elif name in {"cellXfs", "cellStyles", "dxfs"}:
                inside = name == "cellXfs"
            elif name == "xf" and inside:
                number = attributes.get("numFmtId", "0")
                if _shows_date(own[number]) if number in own else number in _BUILT_IN_DATES:
                    dates.add(position)
                position += 1
        return frozenset(dates)

    def _shared_strings(self) -> list[str]:
        strings = StringsParser(self._limits)
        for chunk in self._chunks("xl/sharedStrings.xml"):
            self._feed(strings.expat, chunk)
        return strings.found

    def _date_of(self, style: str, value: str) -> str:
        """A number in a cell formatted as a date, as ISO text; any other value as it stands."""
        if not style.isdecimal() or int(style) not in self._dates:
            return value
        try:
            days = float(value)
            moment = self._epoch + timedelta(seconds=round(days * 86_400)) if math.isfinite(days) else None
        except (ValueError, OverflowError):
            return value
        return moment.isoformat(" ") if moment and days >= 1 else value


def _shows_date(code: str) -> bool:
    plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.', "", code.lower())
    return any(letter in plain for letter in ("d", "y")) or "h:m" in plain


def _metered(stream: IO[bytes], meter: Meter) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        meter.add(len(chunk))
        yield chunk
