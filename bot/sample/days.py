"""When tickets come: twelve weeks, a quiet one, one need on the rise; and how people write a day."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import accumulate

from bot.sample.catalogue import load_people
from bot.sample.dice import Dice

FIRST_DAY = date(2026, 8, 24)
WEEKS = 12
VOLUME = (0.94, 1.0, 1.05, 0.98, 1.03, 0.55, 1.08, 1.0, 0.97, 1.04, 1.0, 1.02)
"""The sixth week is short: the help desk was moved, and nothing came in for four days."""
MOVED = (date(2026, 10, 1), date(2026, 10, 4))
SHAPES = {
    "flat": (1.0,) * WEEKS,
    "rising": (0.1, 0.06, 0.1, 0.08, 0.1, 0.06, 0.1, 0.1, 0.12, 1.1, 1.9, 2.8),
    "fading": (1.4, 1.35, 1.2, 1.2, 1.1, 1.0, 1.0, 0.9, 0.85, 0.8, 0.75, 0.7),
}
RELEASES = (
    (date(2026, 6, 15), "5.0.3"),
    (date(2026, 9, 7), "5.1.0"),
    (date(2026, 9, 28), "5.1.2"),
    (date(2026, 10, 26), "5.2.0"),
    (date(2026, 11, 9), "5.2.1"),
)
_WEEKDAYS = (1.35, 1.2, 1.1, 1.0, 0.95, 0.6, 0.55)
_HOURS = (1, 1, 1, 0, 0, 1, 3, 6, 10, 12, 12, 11, 10, 9, 9, 9, 9, 10, 11, 12, 11, 9, 6, 3)
_CLOCKS_BACK = datetime(2026, 10, 25, 1, tzinfo=UTC)


def moment(dice: Dice, shape: str, point: float, after: date) -> datetime:
    """An instant inside the twelve weeks of the help desk's clock, in UTC; never before ``after``.

    ``point`` in [0, 1) says how far along the need's course; another is drawn where the day is barred.
    """
    weights = [a * b for a, b in zip(SHAPES[shape], VOLUME, strict=True)]
    while True:
        week = next(n for n, total in enumerate(accumulate(weights), 1) if total > point * sum(weights)) - 1
        day = FIRST_DAY + timedelta(days=7 * week + dice.weighted(range(7), _WEEKDAYS))
        if day >= after and not MOVED[0] <= day <= MOVED[1]:
            clock = time(dice.weighted(range(24), _HOURS), dice.below(60), dice.below(60), tzinfo=UTC)
            return datetime.combine(day, clock) - _summer(day >= _CLOCKS_BACK.date())
        point = dice.below(1000) / 1000


def local(instant: datetime) -> datetime:
    """On the help desk's wall clock: British Summer Time until the clocks go back."""
    return instant.astimezone(timezone(_summer(instant >= _CLOCKS_BACK)))


def _summer(over: bool) -> timedelta:
    return timedelta(hours=0 if over else 1)


def version(day: date, lag: int) -> str:
    """The app version of somebody who installs an update ``lag`` days late."""
    return next((name for start, name in reversed(RELEASES) if start + timedelta(days=lag) <= day), "5.0.2")


def month(day: date, language: str, ahead: int = 0) -> str:
    return _names(language)["months"][(day.month - 1 + ahead) % 12]


def weekday(dice: Dice, language: str) -> str:
    return dice.pick(_names(language)["weekdays"])


def spoken(dice: Dice, day: date, language: str, country: str) -> str:
    """A day as somebody from there would put it: ``3 Nov``, ``November 3``, ``the 3rd``, ``3.11.``"""
    name = month(day, language)
    if language == "de":
        return dice.pick((f"{day.day}.{day.month}.", f"{day.day}. {name}"))
    if language == "es":
        return dice.pick((f"{day.day} de {name}", f"{day.day}/{day.month}"))
    if country == "US":
        return dice.pick((f"{name} {day.day}", f"{name[:3]} {day.day}", f"{day.month}/{day.day}"))
    return dice.pick((f"{day.day} {name}", f"{day.day} {name[:3]}", f"the {day.day}{_ordinal(day.day)}"))


def _names(language: str) -> dict[str, list[str]]:
    names: dict[str, list[str]] = load_people()["languages"][language]
    return names


def _ordinal(number: int) -> str:
    return "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
