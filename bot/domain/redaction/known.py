"""Removes what the row's own columns tell: a name, an e-mail, a phone, wherever the text repeats them."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from bot.domain.redaction.lexicon import EVERYDAY_NAMES
from bot.domain.redaction.model import Span
from bot.domain.redaction.normalise import fold

_SHORTEST = 3
_NAME_PARTS = 5
_NATIONAL = 9  # digits that tell a phone number, with or without country and trunk prefix before them
_PREFIX = r"[+(]{0,2}(?:\d[ .\-/()]{0,2}){0,5}"
_MOST = 64  # values of one row; more would be a list, not a person


def find_known(text: str, known: Sequence[str]) -> Iterator[Span]:
    """Whole values, parts of names, and phone numbers under any grouping. ``text`` is folded."""
    for kind, pattern in _patterns(tuple(known[:_MOST])):
        for match in pattern.finditer(text):
            yield Span(kind, match.start(), match.end())


def find_repeats(text: str, found: Sequence[Span]) -> Iterator[Span]:
    """Parts of full names that were found, elsewhere in the same text and written the same way."""
    names = [text[span.start : span.end].split() for span in found if span.type == "PERSON"]
    parts = dict.fromkeys(part for name in names if len(name) > 1 for part in name)
    for part in islice(parts, _MOST):
        if len(part) >= _SHORTEST and part[0].isupper() and part.lower() not in EVERYDAY_NAMES:
            yield from _occurrences(text, part)


def _occurrences(text: str, word: str) -> Iterator[Span]:
    if text.count(word) < 2:
        return
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            yield Span("PERSON", at, end)
        at = text.find(word, end)


@lru_cache(maxsize=1024)
def _patterns(known: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    patterns: list[tuple[str, re.Pattern[str]]] = []
    for value in known:
        value = fold(value.strip()).text
        digits = re.sub(r"\D", "", value)
        if "@" in value:
            patterns.append(("EMAIL", _anywhere(re.escape(value))))
        elif len(digits) >= 7 and not any(map(str.isalpha, value)):
            grouped = r"[ .\-/()]{0,2}".join(digits[-_NATIONAL:])
            patterns.append(("PHONE", re.compile(rf"(?<!\d){_PREFIX}{grouped}(?!\d)")))
        elif len(value) >= _SHORTEST and any(map(str.isalpha, value)):
            patterns += _name_patterns(value)
    return tuple(patterns)


def _name_patterns(value: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The full name in any case; a part of it in any case unless it is an everyday word, then capitalised."""
    yield "PERSON", _anywhere(re.escape(value).replace(r"\ ", r"\s+"))
    parts = [part for part in re.split(r"[\s,;]+", value) if len(part) >= _SHORTEST]
    if 2 <= len(parts) <= _NAME_PARTS:
        for part in parts:
            if part.lower() in EVERYDAY_NAMES:
                yield "PERSON", re.compile(rf"(?<!\w){re.escape(part.capitalize())}(?!\w)")
            else:
                yield "PERSON", _anywhere(re.escape(part))


def _anywhere(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)
