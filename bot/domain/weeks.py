"""Complete weeks in a time zone: what metrics are counted by and digests are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import InputError


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """The ISO week that begins on the Monday ``monday``, by the clocks of ``zone`` (an IANA name)."""

    monday: date
    zone: str = "UTC"

    @property
    def since(self) -> datetime:
        """Its first moment, in UTC."""
        return _midnight(self.monday, self.zone)

    @property
    def until(self) -> datetime:
        """The first moment after it, in UTC: 167 or 169 hours later where clocks change."""
        return _midnight(self.monday + timedelta(days=7), self.zone)

    @property
    def name(self) -> str:
        """ "2026-W47"."""
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02}"

    def before(self, weeks: int = 1) -> "Week":
        return Week(self.monday - timedelta(weeks=weeks), self.zone)


def newest_complete(now: datetime, zone: str = "UTC") -> Week:
    """The last week that is over. Raises InputError for a zone that nobody knows."""
    today = now.astimezone(zone_named(zone)).date()
    return Week(today - timedelta(days=today.weekday() + 7), zone)


def weeks_until(last: Week, count: int) -> Sequence[Week]:
    """``count`` weeks, oldest first, the last one included."""
    return [last.before(back) for back in range(count - 1, -1, -1)]


@cache
def zone_named(name: str) -> ZoneInfo:
    """Raises InputError."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InputError(
            f"{name[:60]!r} is no time zone.", hint='Name it by place, such as "Europe/Berlin", or "UTC".'
        ) from None


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), zone_named(zone)).astimezone(UTC)
