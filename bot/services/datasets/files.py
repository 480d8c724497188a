"""Files of cases: CSV, TSV, XLSX, JSON, JSON Lines and promptfoo tests, under the limits of every import."""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from bot.domain.datasets.columns import Columns, RawCase, Unfit, read_row
from bot.domain.datasets.model import MAX_CASES
from bot.domain.tickets import RowProblem
from bot.errors import ImportRefused, InputError
from bot.importers.reading.columns import refuse_duplicates
from bot.importers.reading.contract import MIB, Limits, Reading
from bot.importers.reading.detect import shape_of
from bot.importers.reading.shapes import BadRow, Records, Table
from bot.importers.reading.source import Source, take_in, unpack
from bot.promptfoo.documents import load_yaml
from bot.services.datasets.words import expanded, parse_expected, plain_row

LIMITS = Limits(uploaded_bytes=25 * MIB, rows=MAX_CASES)
_YAML = (".yaml", ".yml")
_TESTS = ("tests", "cases")
_BESIDE = ("defaultTest", "scenarios", "derivedMetrics")
_NEEDS = "Each row is a case: columns of input, and expected with the right answer."
Row = Mapping[str, Any] | BadRow


@dataclass(slots=True)
class CaseFile:
    """The cases of a file, and the rows that are none, each with one sentence; ``notes``: how it was read."""

    filename: str
    cases: list[RawCase] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    notes: tuple[str, ...] = ()


def read_file(data: Path | BinaryIO, *, filename: str, columns: Columns, limits: Limits = LIMITS) -> CaseFile:
    """Read all of a file; nothing of it is stored.

    Raises:
        ImportRefused: the file as a whole cannot be used.
    """
    reading = Reading(filename, limits=limits)
    source = unpack(take_in(data, filename, limits), limits)
    try:
        found = CaseFile(filename)
        for number, row in enumerate(_rows(source, reading, columns), 1):
            if number > limits.rows:
                raise ImportRefused(
                    f"{filename} holds more than {limits.rows:,} cases.",
                    code="too_many_rows",
                    hint="A set of that size is slow and dear to run: take a sample.",
                )
            _take(found, row, number, columns)
    finally:
        source.close()
    reading.finish()
    found.notes = tuple(reading.notes)
    if not found.cases:
        raise _no_cases(found)
    return found


def _take(found: CaseFile, row: Row, number: int, columns: Columns) -> None:
    if isinstance(row, BadRow):
        found.problems.append(RowProblem(number, row.code, row.reason))
        return
    try:
        cases = [read_row(each, number, columns, parse_expected) for each in expanded(plain_row(row))]
    except Unfit as unfit:
        found.problems.append(RowProblem(number, unfit.field, unfit.reason))
    else:
        found.cases += cases


def _rows(source: Source, reading: Reading, columns: Columns) -> Iterator[Row]:
    if source.suffix in _YAML:
        return iter(_yaml_rows(source, reading))
    shape = shape_of(source, reading)
    if isinstance(shape, Table):
        refuse_duplicates(shape, reading.filename)
        _check_columns(shape.header, reading.filename, columns)
        return _table_rows(shape)
    if isinstance(shape, Records):
        return _unwrapped(shape.rows(), reading)
    raise ImportRefused(
        f"{reading.filename} is no table and no list of cases.", code="type_mismatch", hint=_NEEDS
    )


def _check_columns(header: Iterable[str], filename: str, columns: Columns) -> None:
    names = [name for name in header if name]
    missing = columns.missing(names)
    if missing:
        raise ImportRefused(
            f"{filename} has no column {missing[0]!r}.",
            code="no_such_column",
            hint=f"It has: {', '.join(names[:12])}.",
        )


def _table_rows(table: Table) -> Iterator[Row]:
    width = len(table.header)
    for row in table.rows():
        if isinstance(row, BadRow):
            yield row
        elif len(row) > width and any(row[width:]):
            yield BadRow("row", f"it has {len(row)} cells, the header {width}")
        else:
            cells = [*row, *[""] * (width - len(row))]
            yield {name: cell for name, cell in zip(table.header, cells, strict=False) if name}


def _unwrapped(rows: Iterator[Any], reading: Reading) -> Iterator[Row]:
    """The objects; one that holds a list of tests gives those."""
    for row in rows:
        inner = None if isinstance(row, BadRow) else _inner(row, reading)
        if inner is None:
            yield row
        else:
            yield from _objects(inner)


def _yaml_rows(source: Source, reading: Reading) -> Iterable[Row]:
    with io.TextIOWrapper(source.open(), encoding="utf-8-sig", errors="strict") as text:
        try:
            document = load_yaml(text.read(), reading.filename)
        except UnicodeDecodeError:
            raise ImportRefused(
                f"{reading.filename} is not UTF-8 text.", code="encoding_unknown", hint="Save it as UTF-8."
            ) from None
        except InputError as error:
            raise ImportRefused(error.message, code="bad_yaml", hint=error.hint) from None
    tests = _inner(document, reading) if isinstance(document, dict) else document
    if not isinstance(tests, list):
        raise ImportRefused(
            f"{reading.filename} holds no list of tests.",
            code="bad_structure",
            hint="promptfoo's tests are a list of objects with vars and assert, alone or under `tests:`.",
        )
    return _objects(tests)


def _inner(row: Mapping[str, Any], reading: Reading) -> list[Any] | None:
    """The list of tests that an object is a wrapper of; what else a config says of them is not applied."""
    lists = (row[name] for name in _TESTS if "vars" not in row and isinstance(row.get(name), list))
    found = next(lists, None)
    for name in _BESIDE if found is not None else ():
        if row.get(name):
            reading.note(f"{name} of {reading.filename} is not applied: only its tests are read")
    return found


def _objects(items: Iterable[Any]) -> Iterator[Row]:
    for item in items:
        yield item if isinstance(item, dict) else BadRow("row", "it is no object with names and values")


def _no_cases(found: CaseFile) -> ImportRefused:
    first = ""
    if found.problems:
        problem = found.problems[0]
        first = f": row {problem.row}, {problem.code}: {problem.reason}"
    return ImportRefused(f"{found.filename} holds no case{first}.", code="no_rows", hint=_NEEDS)
