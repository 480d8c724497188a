"""Words of a story: which fields are ours, which are quotes of tickets, and how a finding is worded."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from bot.domain.stories import Finding, Severity, StoryBody

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
PLACEHOLDER = re.compile(r"\[[A-Z]+(?:_[A-Z]+)*_\d+\]")
QUOTED = re.compile(r"“([^”]*)”|\"([^\"]*)\"")

_STOPWORDS = (
    "a about after all am an and any are as at be been before but by can could did do does done for from had"
    " has have he her his how i if in into is it its just me my no not of on one or our out please she so"
    " some still than that the their them then there these they this those to up was we were what when where"
    " which who why will with would you your customer customers assistant ticket tickets given says said"
)
STOPWORDS = frozenset(_STOPWORDS.split())


class Prose(NamedTuple):
    """A drafted field: ``path`` such as ``criteria[1].then``."""

    path: str
    text: str


class Quote(NamedTuple):
    """A field that claims to repeat a ticket word for word."""

    path: str
    ticket_id: str
    text: str


class Lint(Protocol):
    """One rule. ``tickets`` maps the ids supplied to the drafter to their redacted text."""

    def __call__(self, body: StoryBody, tickets: Mapping[str, str], /) -> Iterator[Finding]: ...


def any_of(phrases: str) -> str:
    """A regular expression for any of ``phrases``, which stand between commas; the longest is tried first."""
    found = sorted({" ".join(phrase.split()) for phrase in phrases.split(",")}, key=lambda p: (-len(p), p))
    return "(?:" + "|".join(phrase.replace(" ", r"\s+") for phrase in found if phrase) + ")"


def finding(code: str, field: str, severity: Severity, message: str) -> Finding:
    """A finding whose message fits its 300 characters; texts quoted in it should come through ``excerpt``."""
    return Finding(code=code, field=field, severity=severity, message=message[:300])


def excerpt(text: str, limit: int = 60) -> str:
    """One short line of a longer text, for use inside a message."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def words(text: str) -> list[str]:
    """Lower-case words; placeholders of redaction are none."""
    return [word.lower() for word in WORD.findall(PLACEHOLDER.sub(" ", text))]


def content_words(text: str) -> list[str]:
    """Words that carry meaning: no stop words, a plural counts as its singular."""
    return [_singular(word) for word in words(text) if word not in STOPWORDS]


def without_quotes(text: str) -> str:
    """The text without passages in double quotes: those are words put in a mouth, not claims of ours."""
    return QUOTED.sub(" ", text)


def quoted_passages(text: str) -> list[str]:
    """What stands between double quotes, straight or curly."""
    return [left or right for left, right in QUOTED.findall(text)]


def prose(body: StoryBody) -> tuple[Prose, ...]:
    """Every field a drafter words itself, with its path; no quotes of tickets, no enumerations."""
    return tuple(Prose(path, text) for path, text in _prose(body) if text)


def quotes(body: StoryBody) -> tuple[Quote, ...]:
    """Every field that must repeat a ticket word for word."""
    found = [Quote(f"examples[{i}].input", e.ticket_id, e.input) for i, e in enumerate(body.examples)]
    if body.cannot_do is not None:
        found.append(Quote("cannot_do.input", body.cannot_do.ticket_id, body.cannot_do.input))
    found += [Quote(f"edge_cases[{i}].quote", e.ticket_id, e.quote) for i, e in enumerate(body.edge_cases)]
    found += [Quote(f"citations[{i}].quote", c.ticket_id, c.quote) for i, c in enumerate(body.citations)]
    return tuple(found)


def story_text(body: StoryBody) -> str:
    """A story as plain text for search, one statement a line, the most telling first.

    What every story has alike (latency, track, sample size) and what points at other needs (non-goals, edge
    cases) is left out, so that the text is near its own tickets.
    """
    lines = [body.title, f"As {body.role}, I want {body.want} so that {body.benefit}"]
    lines += [example.input for example in body.examples]
    lines += [citation.quote for citation in body.citations]
    lines += [body.decision, body.before_after.before, body.before_after.after]
    lines += [example.expected for example in body.examples]
    if body.cannot_do is not None:
        lines.append(f"{body.cannot_do.condition}: {body.cannot_do.input}")
    lines += [f"Given {c.given}, when {c.when}, then {c.then}" for c in body.criteria]
    lines += [body.testable.task]
    return "\n".join(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))


def _prose(body: StoryBody) -> Iterator[tuple[str, str]]:
    for name in ("title", "role", "want", "benefit", "decision"):
        yield name, getattr(body, name)
    for name in ("before", "after", "baseline"):
        yield f"before_after.{name}", getattr(body.before_after, name)
    for i, example in enumerate(body.examples):
        yield f"examples[{i}].expected", example.expected
    if body.cannot_do is not None:
        yield "cannot_do.condition", body.cannot_do.condition
        yield "cannot_do.expected", body.cannot_do.expected
    yield "fallback", body.fallback
    for i, criterion in enumerate(body.criteria):
        for name in ("key", "given", "when", "then", "unit", "confidence", "evidence"):
            yield f"criteria[{i}].{name}", getattr(criterion, name)
    for name in ("task", "input", "output", "threshold", "evaluation", "sample_size_hint"):
        yield f"testable.{name}", getattr(body.testable, name)
    yield "latency_reason", body.latency_reason
    for i, edge in enumerate(body.edge_cases):
        yield f"edge_cases[{i}].note", edge.note
    for i, goal in enumerate(body.non_goals):
        yield f"non_goals[{i}].text", goal.text
    yield "track_advice", body.track_advice
    yield "confidence.reason", body.confidence.reason


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
