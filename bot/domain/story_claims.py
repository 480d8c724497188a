"""Numbers that a model may not make up: counts of its own, and thresholds that test nothing."""

import re
from collections.abc import Iterator

from bot.domain.stories import Finding
from bot.domain.story_evidence import Shown
from bot.domain.story_words import SaidCriterion, StoryWords

CLAIMS = ("title", "role", "want", "benefit", "decision", "before", "after", "latency_reason", "track_reason")
"""Fields that say how things are; what is proposed (expected outputs, criteria) may hold numbers."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SHARE = re.compile(
    r"\d+(?:[.,]\d+)*(?=\s*(?:%|per ?cent\b|(?:out )?of (?:the |all |these )?\d))", re.IGNORECASE
)
_HOW_OFTEN = re.compile(
    r",?\s+(?:in|for|with)\s+(?:at least|at most|exactly)?\s*\d+(?:\.\d+)?\s*(?:%|per ?cent\b).*$",
    re.IGNORECASE,
)


def without_how_often(then: str) -> str:
    """A "then" without the share a model may have put at its end all the same; the program adds its own."""
    return _HOW_OFTEN.sub("", then).rstrip(" .,;")


def invented_numbers(words: StoryWords, shown: Shown) -> Iterator[Finding]:
    """Numbers in claims, and shares anywhere, that stand in no ticket and no counted fact."""
    given = [ticket.text for ticket in shown.tickets.values()] + [
        fact.evidence for fact in shown.facts.values()
    ]
    known = {number for text in given for number in _NUMBER.findall(text)}
    for path, text in _prose(words):
        pattern = _NUMBER if path in CLAIMS else _SHARE
        invented = [number for number in pattern.findall(text) if number not in known]
        if invented:
            message = f"“{invented[0]}” is in no ticket and no fact. Leave it out."
            yield Finding(code="claims.number", field=path, severity="error", message=message)


def useless_thresholds(words: StoryWords) -> Iterator[Finding]:
    """Thresholds that nobody would ship by; code cannot choose a better number, so the model must."""
    for i, said in enumerate(words.criteria):
        low, high = _range(said)
        if not said.must_not_fail and not low <= said.threshold <= high:
            message = (
                f"{said.comparison} {said.threshold:g} {said.unit} tests nothing; from {low:g} to {high:g}."
            )
            field = f"criteria[{i}].threshold"
            yield Finding(code="claims.threshold", field=field, severity="error", message=message)


def _range(said: SaidCriterion) -> tuple[float, float]:
    if said.unit.startswith("%"):
        return (50.0, 99.9) if said.comparison == "at least" else (0.1, 50.0)
    return 0.01, 3600.0


def _prose(words: StoryWords) -> Iterator[tuple[str, str]]:
    yield from ((name, getattr(words, name)) for name in CLAIMS)
    yield "fallback", words.fallback
    for i, example in enumerate(words.examples):
        yield f"examples[{i}].expected", example.expected
    yield "cannot_do.condition", words.cannot_do.condition
    yield "cannot_do.expected", words.cannot_do.expected
    for i, said in enumerate(words.criteria):
        yield f"criteria[{i}].given", said.given
        yield f"criteria[{i}].when", said.when
        yield f"criteria[{i}].then", without_how_often(said.then)
        yield f"criteria[{i}].reason", said.reason
    yield from ((f"test.{name}", text) for name, text in words.test)
    for i, edge in enumerate(words.edge_cases):
        yield f"edge_cases[{i}].note", edge.note
