"""Quotes and counted facts: what cannot be found in the tickets is named, and dropped."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from bot.domain.checks.text import PLACEHOLDER, WORD, Lint, excerpt, finding, quoted_passages, quotes
from bot.domain.stories import CannotDo, Citation, Criterion, EdgeCase, Example, Finding, StoryBody

MIN_WORDS = 3
MIN_UNSPACED = 8  # letters, in scripts that are written without spaces
MAX_QUOTE = 2000  # the schema's own limit on a quote

_ALIKE = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\xa0": " ", "\u202f": " "}
)
_FRAME = re.compile(r"^(?:[\s\"'…]|\.{3})+|(?:[\s\"'…]|\.{3})+$")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")

Quoting = TypeVar("Quoting", Example, CannotDo, EdgeCase, Citation)


class Verdict(NamedTuple):
    """``span`` is the ticket's own wording of a quote, None with a reason ``why`` it cannot stand."""

    span: str | None
    why: str = ""


def locate(quote: str, ticket: str) -> str | None:
    """The passage of ``ticket`` that ``quote`` repeats, exactly as the ticket has it, or None.

    Forgives what writers change without noticing: runs of white space, typographic quotes and dashes, an
    ellipsis or quotation marks around the quote, a cut within a word (the whole word is then taken).
    """
    at = ticket.find(quote) if quote.strip() else -1
    if at >= 0:
        return _whole_words(ticket, at, at + len(quote))
    pieces = _FRAME.sub("", quote.translate(_ALIKE)).split()
    if not pieces:
        return None
    match = re.search(r"\s+".join(map(re.escape, pieces)), ticket.translate(_ALIKE))
    return _whole_words(ticket, *match.span()) if match else None


def judge(quote: str, ticket_id: str, tickets: Mapping[str, str]) -> Verdict:
    """Whether a quote stands in the very ticket it names, and is long enough to mean something."""
    ticket = tickets.get(ticket_id)
    if ticket is None:
        return Verdict(None, f"no ticket {excerpt(ticket_id, 40)!r} was supplied")
    span = locate(quote, ticket)
    if span is None or len(span) > MAX_QUOTE:
        return Verdict(None, f"ticket {excerpt(ticket_id, 40)} does not say it")
    if not _means_something(span, ticket):
        return Verdict(None, f"fewer than {MIN_WORDS} words prove nothing; quote a whole sentence")
    return Verdict(span)


def verify_citations(body: StoryBody, tickets: Mapping[str, str]) -> tuple[StoryBody, tuple[Finding, ...]]:
    """Drop every example, refusal, edge case, citation and counted fact that the tickets do not carry.

    A quote that stands is replaced by the ticket's own characters. A criterion whose evidence falls stays,
    marked "proposed". Each finding (a warning) names what was dropped.
    """
    dropped: list[Finding] = []
    examples = _standing(body.examples, "examples", "input", tickets, dropped.append)
    refusals = [body.cannot_do] if body.cannot_do is not None else []
    refusal = _standing(refusals, "cannot_do", "input", tickets, dropped.append)
    edges = _standing(body.edge_cases, "edge_cases", "quote", tickets, dropped.append)
    citations = _standing(body.citations, "citations", "quote", tickets, dropped.append)
    criteria = tuple(_criterion(i, c, tickets, dropped.append) for i, c in enumerate(body.criteria))
    changes = {
        "examples": examples,
        "cannot_do": refusal[0] if refusal else None,
        "edge_cases": edges,
        "citations": citations,
        "criteria": criteria,
    }
    return body.model_copy(update=changes), tuple(dropped)


def unverified(body: StoryBody, tickets: Mapping[str, str]) -> Iterator[Finding]:
    """Quotes that are not in their tickets, character by character."""
    for path, ticket_id, text in quotes(body):
        verdict = judge(text, ticket_id, tickets)
        if verdict.span is None:
            message = f"This quote cannot be verified: {verdict.why}. Drop it or copy the ticket's words."
            yield finding("evidence.unverified", path, "error", message)
        elif text not in tickets[ticket_id]:
            message = f"Not word for word in its ticket. Write: “{excerpt(verdict.span, 160)}”"
            yield finding("evidence.unverified", path, "error", message)


LINTS: tuple[Lint, ...] = (unverified,)


def _standing(
    items: Iterable[Quoting],
    name: str,
    field: str,
    tickets: Mapping[str, str],
    report: Callable[[Finding], None],
) -> tuple[Quoting, ...]:
    kept: list[Quoting] = []
    for i, item in enumerate(items):
        quote = getattr(item, field)
        verdict = judge(quote, item.ticket_id, tickets)
        if verdict.span is not None:
            kept.append(item if quote == verdict.span else item.model_copy(update={field: verdict.span}))
            continue
        path = name if name == "cannot_do" else f"{name}[{i}]"
        message = f"Dropped “{excerpt(quote)}”: {verdict.why}."
        report(finding("evidence.dropped", path, "warning", message))
    return tuple(kept)


def _criterion(
    i: int, criterion: Criterion, tickets: Mapping[str, str], report: Callable[[Finding], None]
) -> Criterion:
    if not (criterion.ticket_ids or criterion.evidence or criterion.provenance == "from evidence"):
        return criterion
    known = tuple(dict.fromkeys(t for t in criterion.ticket_ids if t in tickets))
    unknown = [t for t in criterion.ticket_ids if t not in tickets]
    if unknown:
        names = excerpt(", ".join(unknown), 80)
        message = f"Dropped tickets that were not supplied: {names}."
        report(finding("evidence.dropped", f"criteria[{i}].ticket_ids", "warning", message))
    why = _why_unfounded(criterion, known, tickets)
    if not why:
        return criterion.model_copy(update={"ticket_ids": known})
    message = f"Dropped the evidence “{excerpt(criterion.evidence)}”: {why}. The number is now “proposed”."
    report(finding("evidence.dropped", f"criteria[{i}].evidence", "warning", message))
    return criterion.model_copy(update={"ticket_ids": (), "evidence": "", "provenance": "proposed"})


def _why_unfounded(criterion: Criterion, known: tuple[str, ...], tickets: Mapping[str, str]) -> str:
    if not known:
        return "it names no ticket that was supplied"
    if not criterion.evidence.strip():
        return "it does not say what was counted"
    for passage in quoted_passages(criterion.evidence):
        if not any(locate(passage, tickets[ticket_id]) for ticket_id in known):
            return f"none of its tickets says “{excerpt(passage, 40)}”"
    return ""


def _whole_words(ticket: str, start: int, end: int) -> str:
    while start > 0 and _inside_word(ticket, start):
        start -= 1
    while end < len(ticket) and _inside_word(ticket, end):
        end += 1
    return ticket[start:end]


def _inside_word(text: str, at: int) -> bool:
    return _joins(text[at - 1]) and _joins(text[at])


def _joins(char: str) -> bool:
    """Letters of scripts that put spaces between words (those have cases), and digits."""
    return char.islower() or char.isupper() or char.isdigit()


def _means_something(span: str, ticket: str) -> bool:
    bare = PLACEHOLDER.sub(" ", span)
    found = WORD.findall(bare)
    if span.strip() == ticket.strip():
        return bool(found)
    return len(found) >= MIN_WORDS or len(_UNSPACED.findall(bare)) >= MIN_UNSPACED
