"""The list of names and everyday words that the tagger looks words up in."""

import json
import re
from collections import Counter
from pathlib import Path

from bot.domain.redaction.features import plain
from bot.domain.redaction.training.pools import people
from bot.domain.redaction.training.templates import lines

_RANKS = (2_500, 6_000, 12_000)
_VERY_COMMON = 1_200
_ENOUGH_LOCALES = 4  # a very common word counts as a name only where this many locales know it


def lexicon_lines(tokenizer: Path) -> list[str]:
    """``word``, tab, marks: F and L for names, a digit for how common the word is (0 most).

    ``tokenizer`` is the tokenizer.json of an uncased BERT, whose vocabulary is in order of frequency.
    """
    ranked = _vocabulary(tokenizer)
    rank = {word: sum(place >= limit for limit in _RANKS) for place, word in enumerate(ranked)}
    rank |= {word: min(rank.get(word, 1), 1) for word in " ".join(lines("words")).lower().split()}
    first, last = _counts("first"), _counts("last")
    common = set(ranked[:_VERY_COMMON])
    names = {
        word
        for word in first | last
        if len(word) > 1 and not (word in common and first[word] + last[word] < _ENOUGH_LOCALES)
    }
    return [
        f"{word}\t{_mark('F', word, names, first)}{_mark('L', word, names, last)}{rank.get(word, '')}"
        for word in sorted(names | rank.keys())
    ]


def _vocabulary(tokenizer: Path) -> list[str]:
    vocabulary: dict[str, int] = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    ordered = sorted(vocabulary, key=vocabulary.__getitem__)
    return [word for word in ordered if word.isalpha() and word.isascii() and len(word) > 1]


def _mark(mark: str, word: str, names: set[str], counts: Counter[str]) -> str:
    return mark if word in names and counts[word] else ""


def _counts(part: str) -> Counter[str]:
    """In how many locales each word occurs in a first or a last name."""
    counts: Counter[str] = Counter()
    for pool in people():
        words = {word for name in getattr(pool, part) for word in re.split(r"[\s\-]+", plain(name))}
        counts.update(word for word in words if word.isalpha())
    return counts
