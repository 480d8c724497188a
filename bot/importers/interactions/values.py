"""Values of an interaction, strictly: each taker gives the value, None for none, or raises ``Wrong``."""

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.interactions import Outcome
from bot.domain.storable import storable
from bot.importers.interactions.contract import FAR, MOST_TEXT, MOST_WHOLE, Rules
from bot.importers.interactions.text import answered, asked, words
from bot.importers.reading.dates import DateReader

Taker = Callable[[Any, Rules], Any]

_CUT = " … [cut]"
_LONGEST_DATE = 64
_MISSING = {"", "null", "none", "nan", "n/a", "na"}
_REFERENCE = re.compile(r"[^\s@]{1,120}(?:@[^\s@]{1,80})?")
_HEXADECIMAL = re.compile(r"[0-9a-f]{1,64}")
_RFC_3339 = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:(?P<second>\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# A moment in seconds, ms, µs or ns: 1973 in one unit is more than 2099 in the one before.
_UNITS = ((1e8, 4.1e9, 1.0), (1e11, 4.1e12, 1e3), (1e14, 4.1e15, 1e6), (1e17, 4.1e18, 1e9))
_OUTCOMES = {
    Outcome.UNKNOWN: "unknown none null pending",
    Outcome.ACCEPTED: "accepted accept used kept approved sent",
    Outcome.EDITED: "edited edit modified corrected changed",
    Outcome.OVERRIDDEN: "overridden override overruled rejected discarded dismissed replaced",
    Outcome.ESCALATED: "escalated escalate handoff handed_over transferred human",
}
_OUTCOME_OF = {"": Outcome.UNKNOWN} | {word: o for o, said in _OUTCOMES.items() for word in said.split()}
_DATES = {first: DateReader(day_first=first) for first in (False, True)}


class Wrong(Exception):
    """A value that cannot be taken: what is wrong with it ("is no number"), and what to do."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what, self.hint = what, hint


def name(most: int) -> Taker:
    """A short text such as an id; whole numbers are as good."""

    def take(value: Any, rules: Rules) -> str | None:
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = _digits(value)
        if not isinstance(value, str):
            raise Wrong("is no text", "Send it as a string.")
        text = " ".join(storable(value).split())
        if len(text) > most:
            if rules.cut:
                return text[:most]
            raise Wrong(f"is longer than {most:,} characters", "Send a shorter one.")
        return text or None

    return take


def _text(render: Callable[[Any], str], most: int = MOST_TEXT) -> Taker:
    def take(value: Any, rules: Rules) -> str | None:
        if not isinstance(value, str):
            if not isinstance(value, list | dict):
                raise Wrong("is no text", "Send it as a string, or as a list of messages.")
            value = render(value)
        text = storable(value)
        if len(text) <= most:
            return text or None
        if rules.cut:
            return text[: most - len(_CUT)] + _CUT
        raise Wrong(f"is longer than {most:,} characters", "Send the part that matters.")

    return take


text_in, text_out, error = _text(asked), _text(answered), _text(words, 2_000)


def reference(value: Any, rules: Rules) -> str | None:
    found: str | None = name(2_000)(value, rules)
    if found is None or _REFERENCE.fullmatch(found):
        return found
    if rules.cut:
        return "-".join(found.split())[:120]
    raise Wrong(
        "is no reference to a prompt",
        'Send a name and version such as "reply@3"; a text goes to input (--map input=COLUMN).',
    )


def number(least: float, most: float, *, scale: float = 1.0) -> Taker:
    """A finite number within bounds, times ``scale``."""

    def take(value: Any, rules: Rules) -> float | None:
        if rules.written and isinstance(value, str):
            value = _parsed(value)
            if value is None:
                return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Wrong(
                "is no number",
                "Send it as a JSON number, without quotes." if not rules.written else "Write 830 or 0.83.",
            )
        if not least <= value * scale <= most or not math.isfinite(value):
            raise Wrong(f"is not between {least:g} and {most:g}", "Check its unit.")
        return float(value) * scale

    return take


def whole(value: Any, rules: Rules) -> int | None:
    found = _count(value, rules)
    if found is not None and found != int(found):
        raise Wrong("is no whole number", "Send a count.")
    return None if found is None else int(found)


_count = number(0, 1e9)


def moment(value: Any, rules: Rules) -> datetime | None:
    """ISO 8601, or the time since 1970 in seconds, ms, µs or ns; without a zone it is UTC."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, str):
        if not value.strip():
            return None
        found, standard = _read_date(value.strip(), rules)
        if found is None and standard:
            raise Wrong(FAR, "Check the clock that wrote it.")
        if found is None:
            raise Wrong(
                "is no date that can be read", "Write it as 2026-11-21T18:30:00Z, or as seconds since 1970."
            )
        return found
    if isinstance(value, int | float) and not isinstance(value, bool):
        for low, high, unit in _UNITS:
            if low <= value < high:
                return _EPOCH + timedelta(seconds=value / unit)
    raise Wrong("is no moment", "Write it as 2026-11-21T18:30:00Z, or as seconds or milliseconds since 1970.")


def _digits(value: float) -> str:
    """JSON has one kind of number: 40.0 is 40."""
    if value != value or abs(value) > MOST_WHOLE or value != int(value):
        raise Wrong("is no whole number that can be told from others", "Send it as a string.")
    return str(int(value))


def _read_date(text: str, rules: Rules) -> tuple[datetime | None, bool]:
    """The moment, and whether it is written by RFC 3339, which knows leap seconds and small letters."""
    if len(text) > _LONGEST_DATE:
        return None, False
    standard = _RFC_3339.fullmatch(text)
    if standard is not None:
        begin, end = standard.span("second")
        text = f"{text[:begin]}{min(59, int(standard['second'])):02}{text[end:]}".upper()
    return _DATES[rules.day_first](text), standard is not None


def outcome(value: Any, rules: Rules) -> Outcome | None:
    found = (
        _OUTCOME_OF.get(value.strip().lower().replace(" ", "_").replace("-", "_"))
        if isinstance(value, str)
        else None
    )
    if found is None and not rules.cut:
        raise Wrong("is no outcome", "One of: accepted, edited, overridden, escalated.")
    return found


def hexadecimal(value: Any, rules: Rules) -> str | None:
    found = value.strip().lower().replace("-", "").removeprefix("0x") if isinstance(value, str) else None
    if found == "":
        return None
    if found is None or not _HEXADECIMAL.fullmatch(found):
        if rules.cut:
            return None
        raise Wrong("is no id in hexadecimal", "Send it as your tracing library writes it.")
    return found


def scalar(value: Any) -> str | None:
    """A value of a segment as text; None where it is none that numbers could be split by."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = " ".join(storable(value).split())
        return text if 0 < len(text) <= 200 else None
    if isinstance(value, int | float) and math.isfinite(value):
        return f"{value:g}" if isinstance(value, float) else str(value)[:200]
    return None


def _parsed(written: str) -> float | None:
    text = written.strip()
    if text.lower() in _MISSING:
        return None
    try:
        return float(text)
    except ValueError:
        raise Wrong("is no number", "Write 830 or 0.83, without a unit.") from None
