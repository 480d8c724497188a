"""Anybody's scores as a table (case, arm, score), read into the cells of an experiment."""

import csv
import io
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.domain.experiments.cells import Case, Cell, CellKey
from bot.errors import InputError

REQUIRED = ("case", "arm", "score")
_WORDS = {"true": 1.0, "pass": 1.0, "passed": 1.0, "false": 0.0, "fail": 0.0, "failed": 0.0}
_MISSING = {"", "na", "n/a", "nan", "none", "null"}
_DELIMITERS = ",;\t|"
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """``arms`` in the file's order; ``notes`` are plain sentences on how the file was read."""

    cells: tuple[Cell, ...]
    cases: tuple[Case, ...]
    arms: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Reading:
    name: str
    cells: list[Cell] = field(default_factory=list)
    cases: dict[str, Case] = field(default_factory=dict)
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    missing: int = 0
    unsettled: dict[str, str] = field(default_factory=dict)


def read_scores(data: bytes, name: str) -> ScoreTable:
    """A CSV file with the columns case, arm and score, and optionally cluster, cost (US dollars), latency_ms
    and any number of slice_NAME. Rows of one case and arm are repeats; an empty score is a failed call.

    Raises:
        InputError: names the file, the row (the header is row 1) and the column.
    """
    reading = _Reading(name)
    for number, row in _rows(data, name):
        _take(reading, number, row)
    arms = tuple(dict.fromkeys(cell.key.arm for cell in reading.cells))
    _check_arms(reading, arms)
    return ScoreTable(tuple(reading.cells), tuple(reading.cases.values()), arms, tuple(_notes(reading)))


def _rows(data: bytes, name: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    text = _decoded(data, name)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header: list[str] = []
    try:
        for number, row in enumerate(reader, 1):
            if not any(field.strip() for field in row):
                continue
            if not header:
                header = _header(row, name)
            elif len(row) > len(header):
                raise _refusal(
                    f"{name}, row {number}: {len(row)} fields, but the header has {len(header)} columns.",
                    "Put quotes around fields that hold the separator.",
                )
            else:
                padded = [*row, *[""] * (len(header) - len(row))]
                yield number, dict(zip(header, (field.strip() for field in padded), strict=True))
    except csv.Error as error:
        raise _refusal(
            f"{name}, row {reader.line_num}: not valid CSV ({error}).", "Export it again."
        ) from None
    if not header:
        raise _refusal(f"{name} is empty.", "It needs a header with case, arm and score, and rows.")


def _decoded(data: bytes, name: str) -> str:
    encoding = next((codec for mark, codec in _MARKS if data.startswith(mark)), "utf-8-sig")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise _refusal(f"{name} is not UTF-8 text.", "Save it as CSV UTF-8.") from None


def _header(row: list[str], name: str) -> list[str]:
    header = [field.strip().casefold() for field in row]
    missing = [column for column in REQUIRED if column not in header]
    if missing:
        raise _refusal(
            f"{name} has no column {' and no column '.join(missing)}; it has {_short(', '.join(header))}.",
            "The columns are case, arm, score, and optionally cluster, cost, latency_ms and slice_NAME.",
        )
    double = [column for column, times in Counter(header).items() if column and times > 1]
    if double:
        raise _refusal(f"{name} has two columns named {double[0]}.", "Rename or remove one of them.")
    return header


def _take(reading: _Reading, number: int, row: Mapping[str, str]) -> None:
    for column in ("case", "arm"):
        if not row[column]:
            raise _refusal(
                f"{reading.name}, row {number}: the column {column} is empty.",
                "Fill it in, or remove the row.",
            )
    key = CellKey(row["arm"], row["case"], reading.seen[row["arm"], row["case"]])
    reading.seen[row["arm"], row["case"]] += 1
    score = _score(reading, number, row["score"])
    reading.missing += score is None
    reading.cells.append(
        Cell(
            key,
            score=score,
            passed=None if score not in (0.0, 1.0) else score == 1.0,
            error="" if score is not None else "no score",
            cost=_amount(reading, number, row, "cost"),
            latency_ms=_amount(reading, number, row, "latency_ms"),
        )
    )
    _describe(reading, number, row)


def _score(reading: _Reading, number: int, text: str) -> float | None:
    word = text.casefold()
    return (
        None
        if word in _MISSING
        else _WORDS[word]
        if word in _WORDS
        else _number(reading, number, "score", text)
    )


def _amount(reading: _Reading, number: int, row: Mapping[str, str], column: str) -> float | None:
    text = row.get(column, "")
    if text.casefold() in _MISSING:
        return None
    value = _number(reading, number, column, text)
    if value < 0:
        raise _refusal(
            f"{reading.name}, row {number}: the column {column} has {text}, and it cannot be below 0.",
            "Correct it, or leave the field empty.",
        )
    return value


def _number(reading: _Reading, number: int, column: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise _refusal(
            f"{reading.name}, row {number}: the column {column} has {_short(text)!r}, which is not a number.",
            "Scores are numbers such as 1, 0 or 0.75 (also true, false, pass, fail)."
            if column == "score"
            else "Write plain numbers such as 0.75, without units.",
        )
    return value


def _describe(reading: _Reading, number: int, row: Mapping[str, str]) -> None:
    """What is known of the case; its rows have to agree on the cluster."""
    slices = {
        column[6:]: value for column, value in row.items() if column.startswith("slice_") and column[6:]
    }
    case = Case(row["case"], slices=slices, cluster=row.get("cluster", ""))
    known = reading.cases.setdefault(case.id, case)
    if known.cluster != case.cluster:
        raise _refusal(
            f"{reading.name}, row {number}: case {_short(case.id)} is in cluster {case.cluster or '(none)'}, "
            f"but in {known.cluster or '(none)'} further up.",
            "Give all rows of a case the same cluster.",
        )
    for column, value in slices.items():
        if known.slices.get(column) != value:
            reading.unsettled.setdefault(column, case.id)


def _check_arms(reading: _Reading, arms: tuple[str, ...]) -> None:
    if not reading.cells:
        raise _refusal(f"{reading.name} has a header but no rows.", "Add one row for each case and arm.")
    if len(arms) == 1:
        raise _refusal(
            f"{reading.name} has only one arm, {_short(arms[0])}; it takes two to compare.",
            "The column arm says which version a row's score belongs to.",
        )


def _notes(reading: _Reading) -> Iterator[str]:
    repeated = sum(times > 1 for times in reading.seen.values())
    if repeated:
        yield f"{repeated:,} pairs of case and arm have several rows; they are taken for repeats and averaged"
    if reading.missing:
        yield f"{reading.missing:,} rows have no score; they are taken for failed calls"
    for column, case in reading.unsettled.items():
        yield f"slice_{column} differs between rows of a case (first {_short(case)}); its first value counts"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _refusal(message: str, hint: str) -> InputError:
    return InputError(message, hint=hint, code="bad_scores")
