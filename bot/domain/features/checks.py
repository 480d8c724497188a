"""What a feature may not be: each problem is one sentence, at the field it is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

from bot.domain.features.model import Threshold, Watched
from bot.domain.features.wording import amount
from bot.domain.metrics import METRICS, Unit, metric_named
from bot.domain.prompts import check_name
from bot.errors import InputError

LONGEST = {"title": 80, "business": 120, "baseline": 200}
MOST = 10  # channels, prompts
A_DAY = 24 * 60  # minutes
TEN_YEARS = 3_650  # days


@dataclass(frozen=True, slots=True)
class Problem:
    """``field`` is a field of Watched; a threshold's is its metric's name."""

    field: str
    says: str
    hint: str = ""


def problems(feature: Watched) -> tuple[Problem, ...]:
    """All that is wrong with a feature, in the order of its fields."""
    return (
        *_names(feature),
        *_texts(feature),
        *(problem for each in feature.thresholds for problem in _threshold(each)),
        *_twice(feature),
        *_amounts(feature),
        *_kept(feature),
    )


def checked(feature: Watched) -> Watched:
    """The feature. Raises InputError with the first problem."""
    found = problems(feature)
    if found:
        first = found[0]
        raise InputError(f"{first.field}: {first.says}", hint=first.hint, code="bad_field")
    return feature


def check_feature_name(name: str) -> str:
    """The name. Raises InputError where it is none that a feature can have; prompts are named alike."""
    try:
        return check_name(name)
    except InputError as error:
        raise InputError(error.message.replace("a prompt", "a feature"), hint=error.hint) from None


def _names(feature: Watched) -> Iterator[Problem]:
    try:
        check_feature_name(feature.name)
    except InputError as error:
        yield Problem("name", error.message, error.hint)
    named = (("prompts", "a prompt", feature.prompts), ("dataset", "a set of cases", (feature.dataset,)))
    for field, what, names in named:
        for name in filter(None, names):
            try:
                check_name(name)
            except InputError as error:
                yield Problem(field, error.message.replace("a prompt", what), error.hint)
    for field, many in (("channels", feature.channels), ("prompts", feature.prompts)):
        if len(many) > MOST:
            yield Problem(field, f"At most {MOST}, these are {len(many)}.")


def _texts(feature: Watched) -> Iterator[Problem]:
    for field, most in LONGEST.items():
        if len(getattr(feature, field)) > most:
            yield Problem(field, f"Please say it in at most {most} characters.")


def _threshold(found: Threshold) -> Iterator[Problem]:
    try:
        metric = metric_named(found.metric)
    except InputError as error:
        yield Problem("thresholds", error.message, error.hint)
        return
    values = [found.minimum] if found.goal is None else [found.minimum, found.goal]
    if metric.unit is Unit.SHARE and not all(0 <= value <= 1 for value in values):
        yield Problem(found.metric, "A share lies between 0 and 100 %.", "For example 70% / 80%.")
    elif not all(isfinite(value) and value >= 0 for value in values):
        yield Problem(found.metric, "It cannot be less than nothing.")
    elif found.goal is not None and not _beyond(found, found.goal):
        side = "above" if found.better == "higher" else "below"
        yield Problem(
            found.metric,
            f"The goal, {amount(found.goal, found.metric)}, must lie {side} the minimum, "
            f"{amount(found.minimum, found.metric)}: {found.better} is better.",
        )


def _beyond(found: Threshold, value: float) -> bool:
    return value > found.minimum if found.better == "higher" else value < found.minimum


def _twice(feature: Watched) -> Iterator[Problem]:
    named = [each.metric for each in feature.thresholds]
    for metric in METRICS:
        if named.count(metric) > 1:
            yield Problem(metric, "There are two thresholds for it; one is enough.")


def _amounts(feature: Watched) -> Iterator[Problem]:
    for field in ("minutes_saved", "false_positive_cost", "false_negative_cost"):
        value = getattr(feature, field)
        if value is not None and not (isfinite(value) and value >= 0):
            yield Problem(field, "It cannot be less than nothing.")
    if feature.minutes_saved is not None and feature.minutes_saved > A_DAY:
        yield Problem("minutes_saved", "That is more than a day for one task.")
    if feature.minutes_saved is not None and not feature.baseline.strip():
        yield Problem(
            "baseline",
            "Minutes saved need a source.",
            "Say how the time without the feature was measured: 60 tickets timed in March.",
        )


def _kept(feature: Watched) -> Iterator[Problem]:
    for field in ("sampling", "confident"):
        if not 0 <= getattr(feature, field) <= 1:
            yield Problem(field, "A share lies between 0 and 100 %.")
    days = feature.retention_days
    if days is not None and not 1 <= days <= TEN_YEARS:
        yield Problem("retention_days", f"Between 1 and {TEN_YEARS:,} days.")
