"""A folder of weekly series: ``series.csv`` names them, ``points.csv``, ``mix.csv`` and ``texts.csv.gz`` hold
their weeks; files that no series needs may be missing."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.domain.drift.series import Kind, Mean, Mix, Series, Share, Total
from bot.errors import InputError
from bot.services.drift.tables import Row, rows

_FILES = ("points.csv", "mix.csv", "texts.csv.gz", "texts.csv")
_SOURCES = {"mix.csv": {Kind.MIX}, "texts.csv.gz": {Kind.TEXTS}, "texts.csv": {Kind.TEXTS}}
_COLUMNS = {
    "points.csv": ("series_id", "week"),
    "mix.csv": ("series_id", "week", "category", "count"),
    "texts.csv.gz": ("series_id", "week", "text"),
    "texts.csv": ("series_id", "week", "text"),
}


class Written(NamedTuple):
    """The texts of one week, not yet embedded."""

    week: int
    texts: tuple[str, ...]


Week = Share | Mean | Total | Mix | Written
Weeks = dict[int, list[Row]]


def read_history(folder: Path) -> list[tuple[Series, list[Week]]]:
    """Every series with its weeks in order; a week without data is not among them.

    Raises InputError with file and line.
    """
    series = {found.id: found for found in _series(folder / "series.csv")}
    weeks: dict[str, Weeks] = defaultdict(lambda: defaultdict(list))
    for name in _FILES:
        if (folder / name).exists():
            for row in rows(folder / name, _COLUMNS[name]):
                _file(row, name, series, weeks)
    return [(one, list(_weeks(one, weeks[one.id]))) for one in series.values()]


def _series(path: Path) -> Iterator[Series]:
    seen: set[str] = set()
    for row in rows(path, ("series_id", "kind")):
        name = row.text("series_id")
        if name in seen:
            raise InputError(f"{row.where}: {name} is there twice.", hint="Give each series one row.")
        seen.add(name)
        try:
            kind = Kind(row.text("kind"))
        except ValueError:
            raise row.wrong("kind", f"one of {', '.join(Kind)}") from None
        yield Series(name, kind, row.whole("season_period") if row.fields.get("season_period") else 0)


def _file(row: Row, name: str, series: dict[str, Series], weeks: dict[str, Weeks]) -> None:
    one = series.get(row.text("series_id"))
    if one is None:
        raise row.wrong("series_id", "one of series.csv")
    if one.kind not in _SOURCES.get(name, {Kind.PROPORTION, Kind.NUMERIC, Kind.COUNT}):
        raise InputError(f"{row.where}: {one.id} is of kind {one.kind}.", hint=f"It does not go in {name}.")
    weeks[one.id][row.whole("week")].append(row)


def _weeks(series: Series, weeks: Weeks) -> Iterator[Week]:
    for week in sorted(weeks):
        found = _READERS[series.kind](week, weeks[week])
        if found is not None:
            yield found


def _share(week: int, found: list[Row]) -> Share | None:
    row = _only(found)
    if not row.number("n"):
        return None
    n, successes = row.whole("n"), row.whole("successes")
    if successes > n:
        raise row.wrong("successes", f"at most n, {n}")
    return Share(week, n, successes)


def _mean(week: int, found: list[Row]) -> Mean | None:
    row = _only(found)
    mean = row.number("mean")
    if not row.number("n") or mean is None:
        return None
    return Mean(week, row.whole("n"), mean, abs(row.number("sd") or 0.0))


def _total(week: int, found: list[Row]) -> Total | None:
    value = _only(found).number("value")
    return None if value is None else Total(week, value)


def _mix(week: int, found: list[Row]) -> Mix | None:
    counts: dict[str, int] = defaultdict(int)
    for row in found:
        counts[row.text("category")] += row.whole("count")
    return Mix(week, dict(counts)) if any(counts.values()) else None


def _written(week: int, found: list[Row]) -> Written | None:
    texts = tuple(row.fields["text"] for row in found if row.fields["text"].strip())
    return Written(week, texts) if texts else None


def _only(found: list[Row]) -> Row:
    if len(found) > 1:
        raise InputError(f"{found[1].where}: this week is there twice.", hint="Give each week one row.")
    return found[0]


_READERS = {
    Kind.PROPORTION: _share,
    Kind.NUMERIC: _mean,
    Kind.COUNT: _total,
    Kind.MIX: _mix,
    Kind.TEXTS: _written,
}
