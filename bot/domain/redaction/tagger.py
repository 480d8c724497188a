"""Names and addresses: a small linear-chain model over words, their neighbours and lists of names.

Weights and lists are package data, read once on first use (about 0.2 s, 30 MB); training/ makes them anew.
"""

import gzip
import json
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from math import inf
from operator import itemgetter

from bot.domain.redaction.cues import BRANDS, CATEGORIES
from bot.domain.redaction.features import (
    EDGE,
    TOKEN,
    Lexicon,
    has_case,
    is_idle,
    joint_features,
    near_features,
    own_features,
    tokenize,
    word_class,
)
from bot.domain.redaction.masks import mask, without_signs
from bot.domain.redaction.model import Span

Scores = tuple[float, float]
"""What speaks for a person and for an address, against neither (0)."""

_KINDS = ("", "PERSON", "ADDRESS")
_CACHE = 40_000
_PERSON = 1
_LEAN = 0.4
"""Added where a name may begin: a name left in weighs more than a word taken out."""
_FAR = -5.0
"""Where a token's own words speak so clearly against, their combinations are not looked up."""
_HOPELESS = -12.0
_FAINT = -3.0
"""A token this far from both labels is none; a stretch none of whose tokens comes nearer is not searched."""


class Tagger:
    """Scores tokens for three labels (none, person, address) and finds the best sequence."""

    def __init__(
        self,
        lexicon: Lexicon,
        weights: dict[str, Scores],
        transitions: Sequence[Sequence[float]],
        starts: Sequence[float],
    ) -> None:
        self.lexicon = lexicon
        self.weights = weights
        self.transitions = transitions
        self.starts = starts
        self._words: dict[tuple[str, bool], tuple[str, str, tuple[Scores, ...]]] = {}

    def spans(self, text: str, structured: list[Span]) -> list[Span]:
        """Persons and addresses of folded text; ``structured`` spans serve as context only."""
        masked = mask(without_signs(text), structured)
        labels = self.label(tokenize(masked))
        return _spans(masked, labels) if any(labels) else []

    def label(self, tokens: Sequence[str]) -> list[int]:
        """Best label per token (Viterbi), 0 none, 1 person, 2 address; empty where none comes near."""
        return self._best(self._scores(tokens))

    def _scores(self, tokens: Sequence[str]) -> list[Scores]:
        cased = has_case(tokens)
        known = [self._word(token, cased) for token in tokens]
        classes = [EDGE, EDGE, *(word[0] for word in known), EDGE, EDGE]
        lowers = [EDGE, EDGE, *(word[1] for word in known), EDGE, EDGE]
        edge = self._word(EDGE, cased)[2]
        vectors = [edge, edge, *(word[2] for word in known), edge, edge]
        get = self.weights.get
        scores: list[Scores] = []
        for i in range(2, len(tokens) + 2):
            (p0, a0), (p1, a1), (p2, a2) = vectors[i][2], vectors[i - 1][1], vectors[i + 1][3]
            (p3, a3), (p4, a4) = vectors[i - 2][0], vectors[i + 2][4]
            person, address = p0 + p1 + p2 + p3 + p4, a0 + a1 + a2 + a3 + a4
            if (person > _FAR or address > _FAR) and not is_idle(classes[i]):
                for feature in joint_features(classes, lowers, i):
                    weight = get(feature)
                    if weight is not None:
                        person += weight[0]
                        address += weight[1]
            scores.append((person, address))
        return scores

    def _word(self, word: str, cased: bool) -> tuple[str, str, tuple[Scores, ...]]:
        """Class, lower case and the scores it lends to the tokens at -2, -1, 0, +1, +2 from it."""
        key = (word, cased)
        found = self._words.get(key)
        if found is None:
            if len(self._words) > _CACHE:
                self._words.clear()
            label = EDGE if word == EDGE else word_class(word, cased, self.lexicon)
            vectors = tuple(
                self._sum(
                    own_features(word, label, self.lexicon) if d == 0 else near_features(word, label, d)
                )
                for d in (-2, -1, 0, 1, 2)
            )
            found = self._words[key] = (label, word.lower(), vectors)
        return found

    def _sum(self, features: Iterable[str]) -> Scores:
        person = address = 0.0
        for feature in features:
            weight = self.weights.get(feature)
            if weight is not None:
                person += weight[0]
                address += weight[1]
        return person, address

    def _best(self, scores: Sequence[Scores]) -> list[int]:
        """Viterbi, between tokens that speak clearly against both labels and so are none for sure."""
        labels = [0] * len(scores)
        start = None
        for i, (person, address) in enumerate((*scores, (-inf, -inf))):
            if person > _HOPELESS or address > _HOPELESS:
                start = i if start is None else start
            elif start is not None:
                if max(map(max, scores[start:i])) > _FAINT:
                    labels[start:i] = self._viterbi(scores[start:i], start == 0, i == len(scores))
                start = None
        return labels

    def _viterbi(self, scores: Sequence[Scores], first: bool, last: bool) -> list[int]:
        """``first`` and ``last``: the stretch opens or closes the text; else tokens that are none do."""
        (oo, op, oa), (po, pp, pa), (ao, ap, aa) = self.transitions
        o, p, a = self.starts if first else (oo, op, oa)
        p, a = p + scores[0][0], a + scores[0][1]
        back: list[tuple[int, int, int]] = []
        for person, address in scores[1:]:
            to_o, to_p, to_a = (o + oo, p + po, a + ao), (o + op, p + pp, a + ap), (o + oa, p + pa, a + aa)
            o, p, a = max(to_o), max(to_p), max(to_a)
            back.append((to_o.index(o), to_p.index(p), to_a.index(a)))
            p, a = p + person, a + address
        ends = (o, p, a) if last else (o + oo, p + po, a + ao)
        labels = [ends.index(max(ends))]
        for step in reversed(back):
            labels.append(step[labels[-1]])
        return labels[::-1]


def _spans(text: str, labels: Sequence[int]) -> list[Span]:
    """Runs of one label, without the signs at their ends."""
    spans: list[Span] = []
    for label, run in groupby(zip(labels, TOKEN.finditer(text), strict=True), key=itemgetter(0)):
        words = [token for _, token in run if token.group()[0].isalnum()] if label else []
        if words:
            span = Span(_KINDS[label], words[0].start(), words[-1].end())
            if _is_person(words) if label == _PERSON else _is_address(text, span):
                spans.append(span)
    return spans


def _is_person(words: Sequence[re.Match[str]]) -> bool:
    """Brands of several words are names of nobody, however much their parts look like it: Wells Fargo."""
    return len(words) < 2 or any(word.group().lower() not in BRANDS for word in words)


def _is_address(text: str, span: Span) -> bool:
    """A place with a number, or a street by name; towns and dates alone say little about a person."""
    words = [token.lower() for token in tokenize(text[span.start : span.end])]
    named = any(len(word) > 1 and word[0].isalpha() for word in words)
    return named and any(word[0].isdigit() or CATEGORIES.get(word) == "S" for word in words)


@lru_cache(maxsize=1)
def tagger() -> Tagger:
    """The tagger with the weights shipped in the package."""
    model = json.loads(_unpacked("tagger.json.gz"))
    scale = model["scale"]
    shared: dict[tuple[int, int], Scores] = {}
    weights = {
        feature: shared.setdefault((person, address), (person * scale, address * scale))
        for feature, person, address in zip(model["features"], model["person"], model["address"], strict=True)
    }
    oo, op, oa = model["transitions"][0]
    person_first = [model["starts"][0], model["starts"][1] + _LEAN, model["starts"][2]]
    transitions = [[oo, op + _LEAN, oa], *model["transitions"][1:]]
    return Tagger(read_lexicon(_unpacked("lexicon.txt.gz").splitlines()), weights, transitions, person_first)


def read_lexicon(lines: Iterable[str]) -> Lexicon:
    """Lines of a word, a tab, and F (first name), L (last name), a digit (how common a word, 0 most)."""
    first, last, rank = set(), set(), {}
    for line in lines:
        word, _, marks = line.partition("\t")
        if "F" in marks:
            first.add(word)
        if "L" in marks:
            last.add(word)
        if marks[-1:].isdigit():
            rank[word] = int(marks[-1])
    return Lexicon(frozenset(first), frozenset(last), rank)


def _unpacked(name: str) -> str:
    return gzip.decompress((files("bot.domain.redaction") / "data" / name).read_bytes()).decode()
