"""Falls of a rate to be explained: rows of before and after, with a column for each dimension."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.domain.drift.causes import Cause, Cell, explain
from bot.errors import InputError
from bot.services.drift.tables import Row, rows

_FIXED = ("case_id", "period", "n", "successes")


class Explained(NamedTuple):
    """What is said of one case."""

    case: str
    cause: Cause


def explain_cases(path: Path) -> Iterator[Explained]:
    """Every case of the file, in its order. Raises InputError with file and line."""
    for case, cells in _cases(path).items():
        try:
            cause = explain(cells)
        except ValueError:
            raise InputError(
                f"{path.name}: case {case} has no rows of one of its periods.",
                hint="A case needs rows with the period before and with after.",
            ) from None
        yield Explained(case, cause)


def _cases(path: Path) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {}
    for row in rows(path, _FIXED):
        found.setdefault(row.text("case_id"), []).append(_cell(row))
    return found


def _cell(row: Row) -> Cell:
    period, n, successes = row.text("period"), row.whole("n"), row.whole("successes")
    if period not in ("before", "after"):
        raise row.wrong("period", "before or after")
    if successes > n:
        raise row.wrong("successes", f"at most n, {n}")
    dims = {dim: value for dim, value in row.fields.items() if dim not in _FIXED}
    return Cell(period == "after", dims, n, successes)
