"""Criteria that bite: distinct from one another, and honest about where their numbers come from."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations

from rapidfuzz import fuzz

from bot.domain.checks.evidence import locate
from bot.domain.checks.text import Lint, excerpt, finding, quoted_passages, words
from bot.domain.stories import Criterion, Finding, StoryBody

ALIKE = 88.0  # token_sort_ratio of two criteria whose numbers are masked

Tickets = Mapping[str, str]

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_OF = re.compile(r"\b(\d+)\s+(?:out\s+)?of\s+(?:the\s+|these\s+|all\s+)?(\d+)\b", re.IGNORECASE)
_NO_BASELINE = re.compile(
    r"\b(?:not (?:yet )?(?:measured|known|dated)|unknown|unmeasured|no (?:baseline|dates?|figure|number"
    r"|data)|none|to be measured)\b",
    re.IGNORECASE,
)


def keys(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """A key names one criterion."""
    for key, count in Counter(c.key for c in body.criteria).items():
        if count > 1:
            message = f"{count} criteria are called “{excerpt(key, 20)}”. Give each a key of its own."
            yield finding("criteria.key", "criteria", "error", message)


def alike(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """Two criteria that differ only in their numbers, or hardly at all, test one thing."""
    for (i, one), (j, other) in combinations(enumerate(body.criteria), 2):
        masked = masked_criterion(one), masked_criterion(other)
        if masked[0] == masked[1]:
            message = f"The same as criteria[{i}] but for the numbers. Keep the stricter one."
            yield finding("criteria.same", f"criteria[{j}].then", "error", message)
        elif fuzz.token_sort_ratio(*masked) >= ALIKE:
            message = f"Hardly differs from criteria[{i}]. Say what only this one would catch, or drop it."
            yield finding("criteria.alike", f"criteria[{j}].then", "warning", message)


def same_threshold(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """One threshold everywhere was not thought about."""
    targets = {(c.comparison, c.threshold, c.n) for c in body.criteria}
    if len(body.criteria) >= 3 and len(targets) == 1:
        message = "Every criterion has the same threshold and n. Set each by what a failure would cost."
        yield finding("criteria.same_threshold", "criteria", "warning", message)


def provenance(body: StoryBody, tickets: Tickets) -> Iterator[Finding]:
    """A number "from evidence" says what was counted, in which tickets."""
    for i, criterion in enumerate(body.criteria):
        path = f"criteria[{i}]"
        if criterion.provenance == "from evidence" and not criterion.ticket_ids:
            message = "“from evidence” but no ticket is named. Name the tickets, or mark it “proposed”."
            yield finding("criteria.no_tickets", f"{path}.ticket_ids", "error", message)
        if criterion.provenance == "from evidence" and not _DIGITS.search(criterion.evidence):
            message = (
                "“from evidence” but nothing is counted. Write “14 of 58 tickets say …”, or mark it"
                " “proposed”."
            )
            yield finding("criteria.no_count", f"{path}.evidence", "error", message)
        yield from _unsupplied(path, criterion, tickets)


def counts(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """Counted facts that contradict themselves."""
    for i, criterion in enumerate(body.criteria):
        for part, whole in _OF.findall(criterion.evidence):
            if int(part) > int(whole):
                message = f"{part} of {whole} cannot be. Count again."
                yield finding("criteria.count", f"criteria[{i}].evidence", "error", message)
        first = _OF.search(criterion.evidence)
        if first and len(set(criterion.ticket_ids)) > int(first.group(1)):
            message = (
                f"Names {len(set(criterion.ticket_ids))} tickets for {first.group(1)} counted. Make them"
                " agree."
            )
            yield finding("criteria.count", f"criteria[{i}].ticket_ids", "error", message)


def baseline(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """Before -> after: a baseline is a number, or says that there is none."""
    text = body.before_after.baseline
    if not _DIGITS.search(text) and not _NO_BASELINE.search(text):
        message = "No number. Say how many tickets in how many weeks, or “not measured”."
        yield finding("criteria.baseline", "before_after.baseline", "warning", message)
    if words(body.before_after.before) == words(body.before_after.after):
        message = "Before and after are the same. Say what changes."
        yield finding("criteria.no_change", "before_after.after", "error", message)


LINTS: tuple[Lint, ...] = (keys, alike, same_threshold, provenance, counts, baseline)


def masked_criterion(criterion: Criterion) -> str:
    """Given, when and then in lower case, numbers masked: what is left is what the criterion tests."""
    text = f"{criterion.given} {criterion.when} {criterion.then}"
    return " ".join(words(_DIGITS.sub(" N ", text)))


def _unsupplied(path: str, criterion: Criterion, tickets: Tickets) -> Iterator[Finding]:
    unknown = [ticket_id for ticket_id in criterion.ticket_ids if ticket_id not in tickets]
    if unknown:
        message = f"These tickets were not supplied: {excerpt(', '.join(unknown), 80)}. Leave them out."
        yield finding("criteria.unknown_tickets", f"{path}.ticket_ids", "error", message)
    known = [tickets[ticket_id] for ticket_id in criterion.ticket_ids if ticket_id in tickets]
    for passage in quoted_passages(criterion.evidence):
        if not any(locate(passage, ticket) for ticket in known):
            message = (
                f"None of its tickets says “{excerpt(passage)}”. Copy their words, or leave the quote out."
            )
            yield finding("criteria.evidence_quote", f"{path}.evidence", "error", message)
