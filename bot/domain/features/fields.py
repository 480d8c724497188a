"""Fields of a feature as people type them: ``positive_rate=70/80``, ``accountable=@ada``."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, TypeVar

from bot.domain.features.model import Autonomy, Duty, Stage, Threshold, Track, Watched
from bot.domain.features.wording import DASH
from bot.domain.metrics import METRICS, Metric, Unit
from bot.errors import InputError

Member = TypeVar("Member", Autonomy, Duty, Stage, Track)

NONE = frozenset({"", "none", DASH, "-"})
_NUMBER = re.compile(r"\$?\s*(\d+(?:[.,]\d+)?|[.,]\d+)\s*(%|ms|s)?")
_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)(?:\|[^>]*)?>")


def with_fields(feature: Watched, typed: Mapping[str, str]) -> Watched:
    """The feature with these fields as typed; a duty sets its owner, a metric its threshold
    ("minimum / goal"), "none" takes a value away. What is no such value is an InputError that names the
    field; whether the values fit together is for ``checks``."""
    for name, text in typed.items():
        feature = _with(feature, name.strip().lower(), text.strip())
    return feature


def _with(feature: Watched, name: str, text: str) -> Watched:
    if name in list(Duty):
        owners = {duty: user for duty, user in feature.owners.items() if duty != name}
        return replace(
            feature, owners=owners if text.lower() in NONE else {**owners, Duty(name): person(text)}
        )
    if name in METRICS:
        return _with_threshold(feature, METRICS[name], text)
    if name not in READERS:
        raise _unknown(name)
    try:
        return replace(feature, **{name: READERS[name](text)})
    except InputError as error:
        raise InputError(f"{name}: {error.message}", hint=error.hint, code="bad_field") from None


def _unknown(name: str) -> InputError:
    if name == "stage":
        return InputError("A stage is moved, not set.", hint="plumb feature stage reply pilot --note …")
    near = get_close_matches(name, SETTABLE, 1)
    hint = f"Did you mean {near[0]}?" if near else f"One of: {', '.join(SETTABLE)}."
    return InputError(f"{name[:60]!r} is nothing that can be set.", hint=hint)


def person(text: str) -> str:
    """A user id from a mention, or the name as typed, without its @."""
    found = _PERSON.fullmatch(text)
    return found[1] if found else text.removeprefix("@")[:64]


def _with_threshold(feature: Watched, metric: Metric, text: str) -> Watched:
    others = tuple(each for each in feature.thresholds if each.metric != metric.name)
    if text.lower() in NONE:
        return replace(feature, thresholds=others)
    found = parse_threshold(metric, text)
    names = list(METRICS)
    ordered = sorted((*others, found), key=lambda each: names.index(each.metric))
    return replace(feature, thresholds=tuple(ordered))


def parse_threshold(metric: Metric, text: str) -> Threshold:
    """ "70 / 80", "70%", "2s / 1s". Raises InputError, naming the metric."""
    parts = [part.strip() for part in text.split("/")]
    try:
        values = [_amount(metric.unit, part) for part in parts if part]
    except InputError as error:
        raise InputError(f"{metric.name}: {error.message}", hint=error.hint, code="bad_field") from None
    if not parts[0] or len(parts) > 2 or not values:
        raise InputError(
            f"{metric.name}: Write the minimum, or minimum / goal.",
            hint="For example: 70 / 80",
            code="bad_field",
        )
    return Threshold(metric.name, values[0], values[1] if len(values) > 1 else None, metric.better)


def _amount(unit: Unit, text: str) -> float:
    value, mark = _number(text)
    if unit is Unit.SHARE:
        return _as_share(value, mark, text)
    if unit is Unit.MILLISECONDS:
        return value * 1_000 if mark == "s" else value
    return value


def _as_share(value: float, mark: str, text: str) -> float:
    """With % it is a percentage, without one it is whatever it can only be."""
    if mark == "%":
        return value / 100
    if value == 1:
        raise InputError(f"{text!r} may be 1 % or all.", hint="Write 1% or 100%.")
    return value if value < 1 else value / 100


def _number(text: str) -> tuple[float, str]:
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise InputError(f"{text[:40]!r} is no number.", hint="For example 4, 2.5 or 70%.")
    return float(found[1].replace(",", ".")), found[2] or ""


def share(text: str) -> float:
    """ "70", "70%" and ".7" alike. Raises InputError."""
    return _as_share(*_number(text), text)


def number_or_none(text: str) -> float | None:
    """Raises InputError."""
    return None if text.lower() in NONE else _number(text)[0]


def _days(text: str) -> int | None:
    if text.lower() in NONE:
        return None
    if not (text.isdecimal() and len(text) < 7):
        raise InputError(f"{text[:40]!r} is no number of days.", hint="For example 90, or none.")
    return int(text)


def _yes(text: str) -> bool:
    if text.lower() not in {"yes", "no", "on", "off", "true", "false"}:
        raise InputError(f"{text[:40]!r} is neither yes nor no.")
    return text.lower() in {"yes", "on", "true"}


def _many(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in text.split(","))
    named = (_CHANNEL.sub(r"\1", part) for part in parts if part.lower() not in NONE)
    return tuple(dict.fromkeys(named))


def _words(text: str) -> str:
    return "" if text in {DASH, "-"} else " ".join(text.split())


def track(text: str) -> Track:
    """By number or by name. Raises InputError."""
    return Track(int(text)) if text in {"1", "2", "3", "4"} else _member(Track, text)


def _member(kind: type[Member], text: str) -> Member:
    word = text.lower().replace("-", "_").replace(" ", "_")
    for each in kind:
        if each.name.lower() == word:
            return each
    names = ", ".join(each.name.lower() for each in kind)
    raise InputError(f"{text[:40]!r} is none of: {names}.")


def stage(text: str) -> Stage:
    """Raises InputError."""
    return _member(Stage, text)


def autonomy(text: str) -> Autonomy:
    """Raises InputError."""
    return _member(Autonomy, text)


READERS: Mapping[str, Callable[[str], Any]] = {
    "title": _words,
    "channels": _many,
    "prompts": _many,
    "dataset": lambda text: "" if text.lower() in NONE else text,
    "track": track,
    "autonomy": autonomy,
    "business": _words,
    "minutes_saved": number_or_none,
    "baseline": _words,
    "false_positive_cost": number_or_none,
    "false_negative_cost": number_or_none,
    "examples": _yes,
    "sampling": share,
    "retention_days": _days,
    "confident": share,
}
SETTABLE = (*READERS, *(duty.value for duty in Duty), *METRICS)
