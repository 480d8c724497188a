"""Dates as support logs write them, to aware UTC datetimes; what is not surely a date is None.

ISO 8601, epoch seconds and milliseconds, RFC 2822, month names, and numbers between slashes, dots or
dashes in either order. Moments outside 1970..2099 are taken for placeholders, not for dates.
"""

import re
import unicodedata
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

from dateutil import parser as dateutil_parser
from dateutil.tz import tzoffset

_FIRST_YEAR, _LAST_YEAR = 1970, 2099
_TIME = (
    r"(?:(?:,?\s+|,\s*|T)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"\s*(?P<half>[AaPp])?\.?(?:[Mm]\.?)?(?:\s*(?P<zone>Z|UTC|GMT))?)?"
)
_YEAR = r"(?P<year>\d{4}|\d{2})"
_NUMERIC = re.compile(rf"(?P<first>\d{{1,2}})(?P<sep>[/.-])(?P<other>\d{{1,2}})(?P=sep){_YEAR}{_TIME}")
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_TIME}")
_DAY_MONTH = re.compile(rf"(?P<day>\d{{1,2}})[ /.-]+(?P<month>[A-Za-z]{{3,9}})[ /.,-]+{_YEAR}{_TIME}")
_MONTH_DAY = re.compile(rf"(?P<month>[A-Za-z]{{3,9}})\.? (?P<day>\d{{1,2}}),? (?P<year>\d{{4}}){_TIME}")
_MONTHS = {
    name: number
    for number, long in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
         "november", "december"), 1)
    for name in (long, long[:3], long[:4])
}  # fmt: skip
_ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11,
}  # fmt: skip
_TZINFOS = {name: tzoffset(name, hours * 3600) for name, hours in _ZONES.items()}
_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Order:
    """Whether numeric dates start with the day, and on how many dates that rests."""

    day_first: bool
    sure: bool
    seen: int
    against: int = 0

    def sentence(self, example: str) -> str:
        first = "day" if self.day_first else "month"
        if not self.sure:
            return f"dates such as {example} could be read either way; read {first} first"
        if self.against:
            return f"dates read {first} first; {self.against} of {self.seen} only make sense the other way"
        return f"dates read {first} first, as {self.seen} of them show"


class DateReader:
    """Reads one column's dates. ``naive`` tells whether any had no time zone and was taken for UTC."""

    def __init__(self, *, day_first: bool = False) -> None:
        self._day_first = day_first
        self.naive = False

    def __call__(self, text: str) -> datetime | None:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return _read(text, self._day_first)
        if moment.tzinfo is None:
            self.naive = True
            moment = moment.replace(tzinfo=UTC)
        elif moment.tzinfo is not UTC:
            return _in_utc(moment)
        if _FIRST_YEAR <= moment.year <= _LAST_YEAR and not text.isdecimal():
            return moment
        return _read(text, self._day_first)


def parse_any(text: str) -> datetime | None:
    """A date on its own, day or month first as may be."""
    return None if text.isdecimal() and len(text) < 10 else DateReader()(text)


def order_of(texts: Iterable[str]) -> Order | None:
    """The order of numeric dates, from all that can only be read one way; None where there are none."""
    day = month = seen = 0
    separators = set()
    for text in texts:
        match = _NUMERIC.fullmatch(text.strip())
        if match is None:
            continue
        seen += 1
        separators.add(match["sep"])
        day += int(match["first"]) > 12
        month += int(match["other"]) > 12
    if not seen:
        return None
    if not day and not month:
        # Only the United States write the month first, and they write slashes.
        return Order("/" not in separators, "/" not in separators, seen)
    return Order(day >= month, True, max(day, month), min(day, month))


def is_numeric(text: str) -> bool:
    """Whether a date's reading depends on the order of day and month."""
    return _NUMERIC.fullmatch(text.strip()) is not None


@lru_cache(maxsize=4096)
def _read(text: str, day_first: bool) -> datetime | None:
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    if not text.isascii():
        text = re.sub(r"(\d{4})年(\d{1,2})月(\d{1,2})日", r"\1-\2-\3", unicodedata.normalize("NFKC", text))
        text = "".join(str(unicodedata.decimal(c, c)) for c in text)
    try:
        return _epoch(text) or _iso(text) or _in_parts(text, day_first) or _in_words(text)
    except (ValueError, ArithmeticError, OSError):
        return None


def _in_utc(moment: datetime) -> datetime | None:
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _epoch(text: str) -> datetime | None:
    whole, _, fraction = text.partition(".")
    if not whole.isdecimal() or (fraction and not fraction.isdecimal()) or len(whole) not in {9, 10, 13, 16}:
        return None
    seconds = float(text) / {9: 1, 10: 1, 13: 1e3, 16: 1e6}[len(whole)]
    return _in_utc(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))


def _iso(text: str) -> datetime | None:
    if text.isdecimal() and len(text) != 8:
        return None
    try:
        return _in_utc(datetime.fromisoformat(text))
    except ValueError:
        return None


def _in_parts(text: str, day_first: bool) -> datetime | None:
    """Dates of three numbers, or of two and an English month."""
    if match := _NUMERIC.fullmatch(text):
        first, other = int(match["first"]), int(match["other"])
        day, month = (first, other) if day_first or match["sep"] == "." else (other, first)
        return _moment(match, *((day, month) if month <= 12 else (month, day)))
    if match := _YEAR_FIRST.fullmatch(text):
        return _moment(match, int(match["day"]), int(match["month"]))
    match = _DAY_MONTH.fullmatch(text) or _MONTH_DAY.fullmatch(text)
    month = _MONTHS.get(match["month"].lower(), 0) if match else 0
    return _moment(match, int(match["day"]), month) if match and month else None


def _moment(match: re.Match[str], day: int, month: int) -> datetime | None:
    year, hour = int(match["year"]), int(match["hour"] or 0)
    if len(match["year"]) == 2:
        year += 2000 if year < 70 else 1900
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] in "pP" else 0)
    minute, second = int(match["minute"] or 0), int(match["second"] or 0)
    return _in_utc(datetime(year, month, day, hour, minute, second, tzinfo=UTC))


def _in_words(text: str) -> datetime | None:
    """RFC 2822 and month names. Two different defaults show up what a date leaves out: then it is none."""
    if not re.search(r"[^\W\d]{3}", text) or not re.search(r"\d", text):
        return None
    try:
        return _in_utc(parsedate_to_datetime(text)) if "," in text[:5] else _by_dateutil(text)
    except (ValueError, TypeError, IndexError):
        return _by_dateutil(text)


def _by_dateutil(text: str) -> datetime | None:
    with warnings.catch_warnings():
        # An unknown zone name must not pass for local time.
        warnings.simplefilter("error", dateutil_parser.UnknownTimezoneWarning)
        try:
            moments = [
                dateutil_parser.parse(text, default=default, tzinfos=_TZINFOS)
                for default in (datetime(2001, 2, 3), datetime(2004, 5, 6))  # noqa: DTZ001  defaults, no moments
            ]
        except (
            ValueError,
            ArithmeticError,
            TypeError,
            AttributeError,
            dateutil_parser.UnknownTimezoneWarning,
        ):
            return None
    return _in_utc(moments[0]) if moments[0] == moments[1] else None
