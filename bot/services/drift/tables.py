"""CSV files of drift histories: rows with their line, and one sentence for what cannot be read."""

import csv
import gzip
import math
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from bot.errors import InputError, NotFound

_FIELD = 1 << 20  # characters


class Row(NamedTuple):
    """``where`` names file and line for a person."""

    where: str
    fields: Mapping[str, str]

    def text(self, column: str) -> str:
        found = self.fields[column].strip()
        if not found:
            raise InputError(f"{self.where}: {column} is empty.", hint="Fill it in or leave the row out.")
        return found

    def whole(self, column: str) -> int:
        """A whole number of at least 0; "16.0" is one."""
        found = self.number(column)
        if found is None or found < 0 or not found.is_integer():
            raise self.wrong(column, "a whole number of at least 0")
        return int(found)

    def number(self, column: str) -> float | None:
        """None where the field is empty."""
        written = self.fields.get(column, "").strip()
        if not written:
            return None
        try:
            found = float(written)
        except ValueError:
            found = math.nan
        if not math.isfinite(found):
            raise self.wrong(column, "a number")
        return found

    def wrong(self, column: str, wanted: str) -> InputError:
        written = self.fields.get(column, "")[:40]
        return InputError(
            f"{self.where}: {column} is {written!r}, not {wanted}.", hint="Correct the row or leave it out."
        )


def rows(path: Path, columns: Collection[str]) -> Iterator[Row]:
    """Rows of a CSV file, gzipped if its name ends so. Raises InputError; NotFound where there is no file."""
    opened = gzip.open if path.suffix == ".gz" else open
    csv.field_size_limit(_FIELD)
    try:
        with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
            yield from _read(csv.DictReader(file, strict=True), path.name, columns)
    except FileNotFoundError:
        raise NotFound(f"There is no file {path}.", hint="Check the path.") from None
    except UnicodeDecodeError:
        raise InputError(f"{path.name} is not UTF-8 text.", hint="Save it as UTF-8.") from None
    except (csv.Error, EOFError, OSError) as error:
        raise InputError(f"{path.name} cannot be read as CSV: {error}.", hint="Export it anew.") from None


def _read(reader: "csv.DictReader[str]", name: str, columns: Collection[str]) -> Iterator[Row]:
    missing = sorted(set(columns) - set(reader.fieldnames or ()))
    if missing:
        raise InputError(f"{name} has no column {missing[0]}.", hint=f"It needs {', '.join(columns)}.")
    for fields in reader:
        where = f"{name}, line {reader.line_num}"
        if None in fields or None in fields.values():
            raise InputError(f"{where}: it has not as many fields as the header.", hint="Correct the row.")
        yield Row(where, fields)
