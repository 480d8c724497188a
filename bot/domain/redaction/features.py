"""What the tagger sees of a text: tokens, a class for each, and the features drawn from both.

Shared by training and use, so that both see the same. A word's own features depend on nothing but the word
and whether the text has capitals at all; they are scored once per word and cached.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.redaction.cues import CATEGORIES

TOKEN = re.compile(r"[^\W\d_]+(?![^\W_])(?:'(?!s\b)[^\W\d_]+)*|[^\W_]+|\n|\S")
OFFSETS = (-2, -1, 0, 1, 2)
EDGE = "<>"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names and everyday words, lower-case and without accents; ``rank`` is 0 for the commonest words."""

    first: frozenset[str]
    last: frozenset[str]
    rank: dict[str, int]


def tokenize(text: str) -> list[str]:
    """Words, numbers, line breaks, masked spans and single signs, in order."""
    return TOKEN.findall(text)


def has_case(tokens: Sequence[str]) -> bool:
    """Whether capitals mean something here: one inside a sentence, and not everything in capitals."""
    shouted = lower = inner = 0
    previous = "\n"
    for word in tokens:
        if word.islower():
            lower += 1
        elif word[0].isupper():
            if len(word) > 2 and word.isupper():
                shouted += 1
            inner += previous not in ".!?\n:>]" and word != "I"
        previous = word
    return inner > 0 and shouted <= lower + 2


@lru_cache(maxsize=65_536)
def plain(word: str) -> str:
    """Lower case without accents: the form of the gazetteer."""
    lower = word.lower()
    if lower.isascii():
        return lower
    return "".join(c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))


def word_class(word: str, cased: bool, lexicon: Lexicon) -> str:
    """A coarse class: kind of sign, or letter case, category and which lists of names and words hold it."""
    first = word[0]
    if first.isdigit() and word.isdigit():
        return f"d{min(len(word), 6)}"
    if first.isalnum() and not word.isalpha():
        return f"m{min(len(word), 6)}"  # 12b, M7, 4UH
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


def own_features(word: str, label: str, lexicon: Lexicon) -> Sequence[str]:
    """Features of one word; ``label`` is its class. Names count by their kind, not one by one."""
    lower = word.lower()
    if not word.isalpha():
        return (f"c={label}", f"w={lower}" if len(word) < 3 else f"l={label}{min(len(word), 9)}")
    base = plain(word)
    mark = label[0]
    features = (
        f"c={label}",
        f"k={mark}{min(len(word), 8)}",
        f"s2={base[-2:]}{mark}",
        f"s3={base[-3:]}{mark}",
        f"s4={base[-4:]}",
        f"s6={base[-6:]}",
        f"p3={base[:3]}{mark}",
        f"a={word.isascii()}{mark}",
    )
    named = base in lexicon.first or base in lexicon.last
    return features if named and lexicon.rank.get(base, 9) > 2 else (f"w={lower}", *features)


def near_features(word: str, label: str, distance: int) -> Sequence[str]:
    """Features a word lends to a neighbour."""
    features = (f"{distance}w={word.lower()}", f"{distance}c={label}")
    if distance in (-1, 1) and word[0].isalpha():
        return (*features, f"{distance}s={plain(word)[-3:]}")
    return features


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
