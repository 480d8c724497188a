"""Testable: each criterion has a number with a unit, and enough cases behind it."""

import math
import re
from collections.abc import Iterator, Mapping

from bot.domain.checks.text import Lint, any_of, content_words, finding
from bot.domain.stories import Criterion, Finding, StoryBody

MAX_CRITERIA = 6
MAX_HALF_WIDTH = 10.0  # points

Tickets = Mapping[str, str]

_COUNTED = "zero,one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve"
_NUMBER_WORDS = {word: number for number, word in enumerate(_COUNTED.split(","))} | {
    "none": 0,
    "never": 0,
    "no": 0,
    "every": 100,
    "all": 100,
    "always": 100,
}
_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,\u00a0\u202f]\d+)*")
_COUNT_WORD = re.compile(rf"\b(?:{any_of(_COUNTED)}|none)\b", re.IGNORECASE)
_UNITS = any_of(
    """per cent, percent, percentage, points?, ms, milliseconds?, s, secs?, seconds?, min, mins,
    minutes?, h, hrs?, hours?, days?, weeks?, months?, tickets?, cases?, answers?, reply, replies,
    messages?, conversations?, examples?, sentences?, words?, characters?, lines?, steps?, clicks?,
    times?, attempts?, people, persons?, customers?, requesters?, questions?, requests?, orders?,
    errors?, failures?, calls?, transactions?, payments?, usd, eur, gbp, dollars?, euros?, pounds?,
    cents?, kb, mb, gb, items?, links?, hand-?overs?, out of"""
)
_UNIT_AFTER = re.compile(rf"\s*(?:%|‰|°|[-\s]*(?:[\w-]+\s+){{0,3}}?{_UNITS}\b)", re.IGNORECASE)
_CURRENCY_BEFORE = re.compile(r"[$€£¥]\s*$")


def measurable(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """A number and a unit in each "then", and the same number as in the data beside it."""
    for i, criterion in enumerate(body.criteria):
        path = f"criteria[{i}].then"
        numbers = list(_NUMBER.finditer(criterion.then))
        if not numbers and not _COUNT_WORD.search(criterion.then):
            message = f"No number. Say how often it must hold, such as “in {_target(criterion)}”."
            yield finding("testable.no_number", path, "error", message)
        elif not _has_unit(criterion):
            message = f"The number has no unit. Say of what: {criterion.unit}."
            yield finding("testable.no_unit", path, "error", message)
        elif not _states(criterion):
            message = f"Does not state its own threshold, {_target(criterion)}. Make words and data agree."
            yield finding("testable.mismatch", path, "error", message)


def threshold(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """Thresholds that cannot fail, cannot hold, or contradict "must not fail"."""
    for i, criterion in enumerate(body.criteria):
        path, value = f"criteria[{i}].threshold", criterion.threshold
        if not math.isfinite(value) or value < 0 or (_is_share(criterion) and value > 100):
            yield finding("testable.range", path, "error", f"{value:g} {criterion.unit} cannot be measured.")
        elif _always_holds(criterion):
            yield finding(
                "testable.toothless", path, "error", f"“{_target(criterion)}” always holds. Ask for more."
            )
        elif criterion.must_not_fail and _tolerates_failure(criterion):
            message = (
                f"Must not fail, yet “{_target(criterion)}” allows it. Use 100 % or drop “must not fail”."
            )
            yield finding("testable.must_not_fail", path, "error", message)


def enough_cases(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """A share measured on few cases says little: warn where its 95 % interval is wider than ±10 points."""
    for i, criterion in enumerate(body.criteria):
        if not _is_share(criterion) or not 0 <= criterion.threshold <= 100:
            continue
        half = 100 * wilson_half_width(criterion.threshold / 100, criterion.n)
        if half > MAX_HALF_WIDTH:
            message = f"{criterion.n} cases answer this with ±{half:.0f} points. Plan for more cases."
            yield finding("testable.few_cases", f"criteria[{i}].n", "warning", message)
    largest = max((criterion.n for criterion in body.criteria), default=0)
    if body.testable.sample_size < largest:
        message = (
            f"{body.testable.sample_size} cases, but a criterion needs {largest}. Name the larger number."
        )
        yield finding("testable.sample_size", "testable.sample_size", "warning", message)


def few_criteria(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """No criteria: nothing to build against. Many: more than one story, or some that never bite."""
    if not body.criteria:
        message = "No acceptance criterion. Say when it is done: Given, When, Then with a number."
        yield finding("criteria.none", "criteria", "error", message)
    elif len(body.criteria) > MAX_CRITERIA:
        message = (
            f"{len(body.criteria)} criteria. Keep those that would stop a release, at most {MAX_CRITERIA}."
        )
        yield finding("criteria.many", "criteria", "warning", message)


LINTS: tuple[Lint, ...] = (measurable, threshold, enough_cases, few_criteria)


def wilson_half_width(share: float, n: int, z: float = 1.96) -> float:
    """Half the width of Wilson's score interval (JASA 22, 1927) for ``share`` (0..1) seen on ``n`` cases."""
    root = math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return z * root / (1 + z * z / n)


def _target(criterion: Criterion) -> str:
    return f"{criterion.comparison} {criterion.threshold:g} {criterion.unit}"


def _is_share(criterion: Criterion) -> bool:
    return bool(re.match(r"\s*(?:%|per ?cent)", criterion.unit, re.IGNORECASE))


def _always_holds(criterion: Criterion) -> bool:
    if criterion.comparison == "at most":
        return _is_share(criterion) and criterion.threshold >= 100
    return criterion.comparison == "at least" and criterion.threshold <= 0


def _tolerates_failure(criterion: Criterion) -> bool:
    if not _is_share(criterion):
        return False
    return 0 < criterion.threshold < 100


def _has_unit(criterion: Criterion) -> bool:
    then = criterion.then
    if set(content_words(criterion.unit)) & set(content_words(then)):
        return True
    found = [*_NUMBER.finditer(then), *_COUNT_WORD.finditer(then)]
    return any(_UNIT_AFTER.match(then, m.end()) or _CURRENCY_BEFORE.search(then[: m.start()]) for m in found)


def _states(criterion: Criterion) -> bool:
    return any(math.isclose(value, criterion.threshold, abs_tol=1e-9) for value in _values(criterion))


def _values(criterion: Criterion) -> Iterator[float]:
    for match in _NUMBER.finditer(criterion.then):
        plain = re.sub(r"[\u00a0\u202f]|,(?=\d{3}(?!\d))", "", match.group()).replace(",", ".")
        if plain.count(".") <= 1:
            yield float(plain)
    for word in re.findall(r"[a-z]+", criterion.then.lower()):
        if word in _NUMBER_WORDS:
            yield _NUMBER_WORDS[word]
