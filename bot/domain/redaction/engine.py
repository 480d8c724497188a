"""Redaction from end to end: fold, find, settle overlaps, put placeholders in."""

from collections.abc import Callable, Sequence

from bot.domain.redaction.handles import find_handles
from bot.domain.redaction.known import find_known, find_repeats
from bot.domain.redaction.model import Redaction, Span
from bot.domain.redaction.normalise import fold
from bot.domain.redaction.placeholders import replace, settle
from bot.domain.redaction.structured import find_structured
from bot.domain.redaction.tagger import tagger
from bot.domain.redaction.vocabulary import only_of

Find = Callable[[str, bool], list[Span]]
_ROUNDS = 6
"""Placeholders change their neighbours' context: look again until nothing more is found."""


def redact(text: str, *, known: Sequence[str] = (), common: frozenset[str] = frozenset()) -> Redaction:
    """Replaces personal data by typed placeholders, equal values by equal ones.

    ``known`` are values from the row's own columns (name, e-mail, phone), removed as well. ``common`` are
    words of the log (see ``log_vocabulary``) that are nobody's name. Text around the
    placeholders is left as it was; redacting the result again changes nothing.
    """
    return _redact(text, lambda folded, names: _find_everything(folded, known, common, names=names))


def redact_structured(text: str) -> str:
    """The cheap pass for log records, ids and rendered prompts: all types but names and addresses."""
    return _redact(text, lambda folded, names: find_structured(folded)).text


def contains_leak(text: str) -> bool:
    """True where the structured pass would still find something, for checks just before text leaves."""
    folded = fold(text)
    return bool(settle(text, [folded.original(span) for span in find_structured(folded.text)]))


def _redact(text: str, find: Find) -> Redaction:
    spans = _look(text, find, names=True)
    if not spans:
        return Redaction(text, ())
    replaced = replace(text, spans)
    for _ in range(_ROUNDS):
        more = _look(replaced.text, find, names=True)
        if not more:
            break
        spans = settle(text, [*spans, *(replaced.original(span) for span in more)])
        replaced = replace(text, spans)
    return Redaction(replaced.text, tuple(spans))


def _look(text: str, find: Find, *, names: bool) -> list[Span]:
    folded = fold(text)
    found = find(folded.text, names)
    return settle(text, [folded.original(span) for span in found]) if found else []


def _find_everything(text: str, known: Sequence[str], common: frozenset[str], *, names: bool) -> list[Span]:
    spans = find_structured(text)
    if known:
        spans += find_known(text, known)
    if not names:
        return spans
    if "@" in text:
        spans += find_handles(text)
    found = tagger().spans(text, settle(text, spans))
    found = [s for s in found if s.type != "PERSON" or not only_of(common, text[s.start : s.end])]
    return [*spans, *found, *find_repeats(text, found)]
