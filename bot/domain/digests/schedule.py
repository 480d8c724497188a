"""When a channel gets its digest: a day and a time by the clocks of a place, once a week."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.weeks import Week, zone_named
from bot.errors import InputError

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LATE = timedelta(minutes=30)  # from so long after its time on a digest says that it comes late
EXAMPLE = "mon 09:00 Europe/Berlin"
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")


class Profile(StrEnum):
    """For whom: leads read a headline and three layers; those who build read everything."""

    EXEC = "exec"
    BUILD = "build"


@dataclass(frozen=True, slots=True)
class Due:
    """One digest that should be out: the week it is about, and when its time was."""

    week: Week
    at: datetime

    def late(self, now: datetime) -> bool:
        return now - self.at > LATE


@dataclass(frozen=True, slots=True)
class DigestSchedule:
    """One channel's. ``day`` 0 is Monday; ``at`` is by the clocks of ``zone``; no ``features``: every one.
    ``changed_at``: nothing that was due before is made up for."""

    channel: str
    day: int
    at: time
    zone: str
    changed_at: datetime
    profile: Profile = Profile.BUILD
    features: tuple[str, ...] = ()
    paused: bool = False
    by: str = ""

    def moment(self, monday: date) -> datetime:
        """Its time in the week that begins on this Monday, in UTC. A time that clocks skip is that much
        later; one that comes twice is the first."""
        day = monday + timedelta(days=self.day)
        return datetime.combine(day, self.at, zone_named(self.zone)).astimezone(UTC)

    def newest(self, now: datetime) -> Due | None:
        """The one whose time was last; None where it is paused, or was not set then."""
        today = now.astimezone(zone_named(self.zone)).date()
        monday = today - timedelta(days=today.weekday())
        at = self.moment(monday)
        if at > now:
            monday -= timedelta(weeks=1)
            at = self.moment(monday)
        if self.paused or at < self.changed_at:
            return None
        return Due(Week(monday, self.zone).before(), at)

    def next(self, now: datetime) -> datetime:
        """When the next one is due, in UTC."""
        today = now.astimezone(zone_named(self.zone)).date()
        monday = today - timedelta(days=today.weekday())
        at = self.moment(monday)
        return at if at > now else self.moment(monday + timedelta(weeks=1))

    @property
    def when(self) -> str:
        """ "Mondays at 09:00, Europe/Berlin"."""
        return f"{DAYS[self.day]}s at {self.at:%H:%M}, {self.zone}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody typed: "mon 09:00 Europe/Berlin exec reply"."""

    day: int
    at: time
    zone: str
    profile: Profile | None = None
    features: tuple[str, ...] = ()


def wanted(words: Sequence[str]) -> Wanted:
    """Raises InputError, which says what a day, a time or a zone looks like."""
    if len(words) < 3:
        raise InputError(
            "A schedule needs a day, a time and a time zone.", hint=f"For example: digest schedule {EXAMPLE}"
        )
    day, at, zone = day_named(words[0]), clock(words[1]), zone_named(words[2]).key
    profile, features = split_profile(words[3:])
    return Wanted(day, at, zone, profile, features)


def day_named(word: str) -> int:
    """ "mon", "Monday" → 0. Raises InputError."""
    found = [n for n, day in enumerate(DAYS) if len(word) >= 3 and day.lower().startswith(word.lower())]
    if len(found) != 1:
        raise InputError(f"“{word[:40]}” is no day.", hint=f"For example: digest schedule {EXAMPLE}")
    return found[0]


def clock(word: str) -> time:
    """ "09:00". Raises InputError."""
    found = _CLOCK.fullmatch(word)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise InputError(f"“{word[:40]}” is no time of day.", hint="Like this: 09:00, or 17:30")
    return time(int(found[1]), int(found[2]))


def split_profile(words: Sequence[str]) -> tuple[Profile | None, tuple[str, ...]]:
    """A profile where one is named, and the other words: features."""
    profiles = [word.lower() for word in words if word.lower() in set(Profile)]
    others = tuple(word.lower().strip(",") for word in words if word.lower() not in set(Profile))
    return (Profile(profiles[-1]) if profiles else None), tuple(filter(None, others))


def post_key(team: str, channel: str, week: Week, profile: Profile, features: Sequence[str] = ()) -> str:
    """Names one post for ever: team, channel, ISO week and profile. Asked for by hand, a selection of
    ``features`` is a post of its own."""
    key = f"digest:{team}:{channel}:{week.name}:{profile}"
    return f"{key}:{','.join(features)}" if features else key
