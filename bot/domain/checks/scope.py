"""Too much at once, and technology in search of a use."""

import re
from collections.abc import Iterator, Mapping

from bot.domain.checks.text import Lint, any_of, excerpt, finding, words
from bot.domain.stories import Finding, StoryBody

Tickets = Mapping[str, str]

_WORK = any_of(
    r"""blog posts?, blogs?, articles?, essays?, books?, novels?, white ?papers?, newsletters?,
    scripts?, screenplays?, speech(?:es)?, courses?, curricul\w+, documentation, manuals?, handbooks?,
    knowledge bases?, web ?sites?, apps?, applications?, code ?bases?, programs?, campaigns?, plans?,
    strateg(?:y|ies), contracts?, legal documents?, reports?, presentations?, slide decks?,
    proposals?"""
)
_MAKE = "(?:writ|generat|creat|draft|compos|produc|author|build|mak)(?:e|es|s|ing)?"
_ALL_OF_IT = any_of("full, complete, entire, whole, finished, end-to-end, long-form, comprehensive")
_WHOLE = re.compile(
    rf"\b{_MAKE}\b(?:\s+[\w-]+){{0,4}}?\s+{_ALL_OF_IT}\s+(?:[\w-]+\s+){{0,2}}?(?P<work>{_WORK})\b",
    re.IGNORECASE,
)
_EVERYTHING = re.compile(
    r"\b(?:answer|handle|solve|resolve|automate|understand|support)s?\s+(?:everything|anything|all|any|every)\b"
    r"|\breplace\s+(?:the\s+|all\s+|our\s+)*(?:human\s+|support\s+)*(?:agents?|team|staff)\b"
    r"|\bfully\s+automat\w+|\bwithout\s+any\s+human\b|\bend-to-end\b|\ball\s+(?:kinds|types|sorts)\s+of\b",
    re.IGNORECASE,
)
_FIRST_SLICE = {
    "report": "one figure with its change, which a person puts in context",
    "contract": "one clause marked, for a lawyer to read",
    "legal": "one clause marked, for a lawyer to read",
    "app": "one screen's worth of one task",
    "site": "one page's worth of one task",
    "code": "one function with its test",
    "program": "one function with its test",
}
_AI_TALK = re.compile(
    r"\b(?:AI|A\.I\.|ML|LLMs?|GPT(?:-\w+)?|[Gg]en-?AI|[Gg]enerative|[Cc]hat-?[Bb]ots?|[Nn]eural"
    r"|[Aa]rtificial [Ii]ntelligence|[Mm]achine[- ][Ll]earning|[Dd]eep [Ll]earning)(?=\W|$)",
)
_NAMES_A_DECISION = re.compile(
    r"\b(?:whether|which|what|when|who|whom|where|if|or|how (?:much|many|long|far|often|to)|decid\w+|choos\w+"
    r"|approv\w+|refus\w+|escalat\w+|prioriti[sz]\w+|rout(?:e|es|ing))\b",
    re.IGNORECASE,
)
_NO_DECISION = re.compile(
    r"(?:to\s+)?(?:improv\w+|better|enhanc\w+|optimi[sz]\w+|use|using|add|adding|build|make|be)\s+(?:\w+\s+){0,3}"
    r"(?:support|service|experience|satisfaction|quality|decisions?|efficiency|productivity|ai|data-driven)",
    re.IGNORECASE,
)


def over_scope(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """Small: a whole work in one story; the finding proposes a first slice."""
    for path, text in _asks(body):
        if whole := _WHOLE.search(text):
            message = (
                f"“{excerpt(whole.group())}” is too much for one story. First slice:"
                f" {_slice_of(whole.group('work').lower())}; a person edits it."
            )
            yield finding("scope.too_much", path, "error", message)
        elif endless := _EVERYTHING.search(text):
            found = excerpt(endless.group())
            message = f"“{found}” has no end. First slice: the most frequent case; hand over the rest."
            yield finding("scope.everything", path, "warning", message)


def technology_first(body: StoryBody, _: Tickets) -> Iterator[Finding]:
    """Valuable: "we need an AI feature" is no need until it says which decision it improves."""
    talk = next((found for _, text in _asks(body) if (found := _AI_TALK.search(text))), None)
    decision = body.decision.strip(" .")
    empty = bool(_NO_DECISION.fullmatch(decision))
    advice = "Say who decides what on the answer: “whether to …”, “which … first”."
    if talk and (empty or not _NAMES_A_DECISION.search(decision)):
        message = f"Asks for technology (“{talk.group()}”) but names no decision that it improves. {advice}"
        yield finding("scope.ai_feature", "decision", "error", message)
    elif empty or len(words(decision)) < 3:
        yield finding("scope.decision", "decision", "warning", f"Names no decision. {advice}")


LINTS: tuple[Lint, ...] = (over_scope, technology_first)


def _asks(body: StoryBody) -> tuple[tuple[str, str], ...]:
    return (("title", body.title), ("want", body.want), ("testable.task", body.testable.task))


def _slice_of(work: str) -> str:
    for part, first in _FIRST_SLICE.items():
        if part in work:
            return first
    return "an outline of at most five points"
