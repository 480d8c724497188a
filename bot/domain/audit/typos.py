"""How much of the English in a log is misspelt."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from spellchecker import SpellChecker

from bot.domain.audit.lexicon import GLUED
from bot.domain.audit.model import Share, Typos
from bot.domain.audit.prints import PLACEHOLDER

ENOUGH_WORDS = 30_000
"""Words after which reading stops: a rate of 2 % is then known to within 0.2 points."""
SHORTEST, LONGEST = 4, 24
"""Letters of a word that is judged: shorter ones are abbreviations, longer ones no words."""
OWN_WORD = 3

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NOT_PROSE = re.compile(r"@|://|www\.|\w\.\w|\d")
_BRITISH = (
    ("our", "or"),
    ("is", "iz"),
    ("ys", "yz"),
    ("tre", "ter"),
    ("ogue", "og"),
    ("ll", "l"),
    ("ence", "ense"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, lower-case, and whether a capital marks it as a name."""

    text: str
    name: bool


def typo_rate(texts: Iterable[str], *, sampled: bool = False) -> Typos | None:
    """Misspelt words in English texts; None without any. ``sampled``: the texts are a sample of more.

    A misspelling is a word of four or more letters that the dictionary lacks, that one edit (a letter
    missing, added, changed or swapped, a space left out) turns into one it has, and that is not this log's
    own word: written thrice or more, and oftener than its correction. Unknown names and jargon are thus no
    typos; a slip that makes another word is not seen.
    """
    tickets = _read(texts)
    if not tickets:
        return None
    counts = Counter(word.text for words in tickets for word in words)
    sampled = sampled or counts.total() >= ENOUGH_WORDS
    names = {word.text for words in tickets for word in words if word.name}
    wrong = {word for word in counts.keys() - names if _is_misspelt(word, counts)}
    mistakes = Counter(word.text for words in tickets for word in words if word.text in wrong)
    hit = sum(any(word.text in wrong for word in words) for words in tickets)
    return Typos(
        words=Share.of(mistakes.total(), counts.total(), sampled=sampled),
        tickets=Share.of(hit, len(tickets), sampled=sampled),
        examples=tuple(sorted(wrong, key=lambda word: (-mistakes[word], word))[:5]),
    )


def _read(texts: Iterable[str]) -> list[list[Word]]:
    tickets: list[list[Word]] = []
    read = 0
    for text in texts:
        words = words_of(text)
        if words:
            tickets.append(words)
            read += len(words)
        if read >= ENOUGH_WORDS:
            break
    return tickets


def words_of(text: str) -> list[Word]:
    """The words of a text; addresses, numbers and placeholders are none."""
    bare = PLACEHOLDER.sub(" ", text).replace("’", "'")
    prose = re.sub(r"\S+", lambda run: " " if _NOT_PROSE.search(run[0]) else run[0], bare)
    shouted = prose.isupper()
    return [
        Word(match[0].casefold(), not shouted and _capital_inside(prose, match))
        for match in _WORD.finditer(prose)
    ]


def _capital_inside(prose: str, match: re.Match[str]) -> bool:
    """A capital that no sentence's beginning asks for, or capitals throughout."""
    word, before = match[0], prose[: match.start()].rstrip(" \t\"'“(")
    if len(word) > 1 and word.isupper():
        return True
    return word[0].isupper() and bool(before) and before[-1] not in ".!?:;\n-–"


def _is_misspelt(word: str, counts: Counter[str]) -> bool:
    if not SHORTEST <= len(word) <= LONGEST or not word.isascii() or "'" in word or _is_known(word):
        return False
    corrections = _corrections(word)
    if not corrections:
        return False
    often = counts[word]
    return often < OWN_WORD or often <= max(counts[correction] for correction in corrections)


def _is_known(word: str) -> bool:
    known = _dictionary()
    plural = word.endswith("s") and not word.endswith("ss") and word[:-1] in known
    return word in known or plural or any(word.replace(*spelling) in known for spelling in _BRITISH)


def _corrections(word: str) -> Sequence[str]:
    near = _dictionary().candidates(word) or ()
    if near:
        return tuple(near)
    halves = ((word[:cut], word[cut:]) for cut in range(2, len(word) - 1))
    return [f"{left} {right}" for left, right in halves if _is_glued(left, right)]


def _is_glued(left: str, right: str) -> bool:
    """Two words without the space between, one of them a function word: "tocancel", not "passcode"."""
    known = _dictionary()
    return (left in GLUED and len(right) > 2 and right in known) or (
        right in GLUED and len(left) > 2 and left in known
    )


@cache
def _dictionary() -> SpellChecker:
    return SpellChecker(language="en", distance=1)
