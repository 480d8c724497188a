"""What the tagger sees of a text: tokens, a class for each, and the features drawn from both.

Shared by training and use, so that both see the same. A word's own features depend on nothing but the word and
whether the text has capitals at all; they are scored once per word and cached.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.domain.redaction.cues import CATEGORIES

TOKEN = re.compile(r"[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)*|\d+|\n|([\ue000-\ue010])\1*|\S")
OFFSETS = (-2, -1, 0, 1, 2)
EDGE = "<>"


class Token(NamedTuple):
    """One token as written, at ``[start, end)``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names and everyday words, lower-case and without accents; ``rank`` buckets words by how common they are."""

    first: frozenset[str]
    last: frozenset[str]
    rank: dict[str, int]


def tokenize(text: str) -> list[Token]:
    """Words, numbers, line breaks, masked spans and single signs, in order."""
    return [Token(match.group(), *match.span()) for match in TOKEN.finditer(text)]


def has_case(tokens: Sequence[Token]) -> bool:
    """Whether capitals mean something here: one inside a sentence, and not everything in capitals."""
    shouted = lower = inner = 0
    previous = "\n"
    for token in tokens:
        char = token.text[0]
        if char.islower():
            lower += 1
        elif char.isupper():
            if token.text.isupper() and len(token.text) > 2:
                shouted += 1
            inner += previous not in ".!?\n:>]" and token.text != "I"
        previous = token.text
    return inner > 0 and shouted <= lower + 2


@lru_cache(maxsize=65_536)
def plain(word: str) -> str:
    """Lower case without accents: the form of the gazetteer."""
    lower = word.lower()
    if lower.isascii():
        return lower
    return "".join(c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))


def word_class(word: str, cased: bool, lexicon: Lexicon) -> str:
    """A coarse class: kind of sign, category, or letter case with membership in the lists of names and words."""
    first = word[0]
    if first.isdigit():
        return f"d{min(len(word), 6)}"
    if not first.isalpha():
        return word[0]
    lower = plain(word)
    case = _case(word, cased)
    category = CATEGORIES.get(word.lower())
    names = ("F" if lower in lexicon.first else "") + ("L" if lower in lexicon.last else "")
    return f"{case}{category or ''}{names}{lexicon.rank.get(lower, 9)}"


def _case(word: str, cased: bool) -> str:
    if word[0].islower():
        return "l" if cased else "n"
    if len(word) == 1:
        return "i"
    if word.isupper():
        return "u" if cased else "v"
    return "c" if word[1:].islower() else ("x" if word[0].isupper() else "o")


def own_features(word: str, label: str, lexicon: Lexicon) -> Iterator[str]:
    """Features of one word; ``label`` is its class. Names count by their kind, not one by one."""
    lower = word.lower()
    base = plain(word)
    if lexicon.rank.get(base, 9) < 3 or not (base in lexicon.first or base in lexicon.last):
        yield f"w={lower}"
    yield f"c={label}"
    if word[0].isalpha():
        yield f"k={label[0]}{min(len(word), 8)}"
        yield f"s2={base[-2:]}{label[0]}"
        yield f"s3={base[-3:]}{label[0]}"
        yield f"s4={base[-4:]}"
        yield f"s6={base[-6:]}"
        yield f"p3={base[:3]}{label[0]}"
        yield f"a={word.isascii()}{label[0]}"


def near_features(word: str, label: str, distance: int) -> Iterator[str]:
    """Features a word lends to a neighbour."""
    yield f"{distance}w={word.lower()}"
    yield f"{distance}c={label}"
    if abs(distance) == 1 and word[0].isalpha():
        yield f"{distance}s={plain(word)[-3:]}"


def joint_features(labels: Sequence[str], lowers: Sequence[str], i: int) -> tuple[str, ...]:
    """Features of token ``i`` together with its neighbours; both sequences are padded by two at each end."""
    at = labels[i]
    before, after, before2 = labels[i - 1], labels[i + 1], labels[i - 2]
    word_before, word_after = lowers[i - 1], lowers[i + 1]
    return (
        f"A{before}|{at}",
        f"B{at}|{after}",
        f"C{before}|{at}|{after}",
        f"D{before2}|{before}|{at}",
        f"E{word_before}|{at}",
        f"F{lowers[i - 2]}|{word_before}|{at}",
        f"G{at}|{word_after}",
        f"H{word_before}|{at}|{word_after}",
        f"I{at}|{word_after}|{lowers[i + 2]}",
    )


def is_idle(label: str) -> bool:
    """Everyday lower-case words that are no name: scored by themselves alone, which saves half the time."""
    return label in ("l0", "n0")
