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
from bot.domain.redaction.joint import BETWEEN, JointWeights, Scores
from bot.domain.redaction.masks import mask, without_signs
from bot.domain.redaction.model import Span

Word = tuple[str, str, tuple[Scores, ...]]
"""A token's class, lower case and what it lends to the tokens around it. Of scores the first speaks for a
person, the second for an address, against neither (0)."""

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
        self._words: tuple[dict[str, Word], dict[str, Word]] = ({}, {})  # without capitals, with
        self._joints = JointWeights(weights)

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
        words = self._words[cased]
        known = [words.get(token) or self._word(token, cased) for token in tokens]
        edge = words.get(EDGE) or self._word(EDGE, cased)
        padded = [edge, edge, *known, edge, edge]
        classes = [word[0] for word in padded]
        vectors = [word[2] for word in padded]
        lowers = [EDGE, EDGE, *(word[1] for word in known), EDGE, EDGE]
        add = self._joint if BETWEEN not in tokens else self._joint_slowly
        scores: list[Scores] = []
        around = zip(vectors[2:], vectors[1:], vectors[3:], vectors, vectors[4:], strict=False)
        for i, (own, before, after, before2, after2) in enumerate(around, 2):
            (p0, a0), (p1, a1), (p2, a2), (p3, a3), (p4, a4) = (
                own[2],
                before[1],
                after[3],
                before2[0],
                after2[4],
            )
            person, address = p0 + p1 + p2 + p3 + p4, a0 + a1 + a2 + a3 + a4
            if (person > _FAR or address > _FAR) and not is_idle(classes[i]):
                person, address = add(classes, lowers, i, person, address)
            scores.append((person, address))
        return scores

    def _joint(
        self, classes: Sequence[str], lowers: Sequence[str], i: int, person: float, address: float
    ) -> Scores:
        """The sums with the weights of a token together with its neighbours."""
        at, word_before, word_after = classes[i], lowers[i - 1], lowers[i + 1]
        for weight in self._joints.of_labels(classes[i - 2], classes[i - 1], at, classes[i + 1]):
            person += weight[0]
            address += weight[1]
        left = self._joints.left.get((word_before, at))
        right = self._joints.right.get((at, word_after))
        found = [] if left is None else [left[0], left[1].get(lowers[i - 2])]
        if right is not None:
            found += (right[0], right[1].get(word_before), right[2].get(lowers[i + 2]))
        for each in found:
            if each is not None:
                person += each[0]
                address += each[1]
        return person, address

    def _joint_slowly(
        self, classes: Sequence[str], lowers: Sequence[str], i: int, person: float, address: float
    ) -> Scores:
        """The same by the names of the features."""
        for feature in joint_features(classes, lowers, i):
            weight = self.weights.get(feature)
            if weight is not None:
                person += weight[0]
                address += weight[1]
        return person, address

    def _word(self, word: str, cased: bool) -> Word:
        """Class, lower case and the scores it lends to the tokens at -2, -1, 0, +1, +2 from it."""
        words = self._words[cased]
        found = words.get(word)
        if found is None:
            if len(words) > _CACHE:
                words.clear()
            label = EDGE if word == EDGE else word_class(word, cased, self.lexicon)
            vectors = tuple(
                self._sum(
                    own_features(word, label, self.lexicon) if d == 0 else near_features(word, label, d)
                )
                for d in (-2, -1, 0, 1, 2)
            )
            found = words[word] = (label, word.lower(), vectors)
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
        start, faint = -1, True
        for i, (person, address) in enumerate((*scores, (-inf, -inf))):
            if person > _HOPELESS or address > _HOPELESS:
                start = i if start < 0 else start
                faint = faint and person <= _FAINT and address <= _FAINT
            elif start >= 0:
                if not faint:
                    labels[start:i] = self._viterbi(scores[start:i], start == 0, i == len(scores))
                start, faint = -1, True
        return labels

    def _viterbi(self, scores: Sequence[Scores], first: bool, last: bool) -> list[int]:
        """``first`` and ``last``: the stretch opens or closes the text; else tokens that are none do. Of
        equal ways the one from the first label is taken."""
        (oo, op, oa), (po, pp, pa), (ao, ap, aa) = self.transitions
        o, p, a = self.starts if first else (oo, op, oa)
        p, a = p + scores[0][0], a + scores[0][1]
        back: list[tuple[int, int, int]] = []
        for person, address in scores[1:]:
            from_o, by_o = (o + oo, 0) if o + oo >= p + po else (p + po, 1)
            if a + ao > from_o:
                from_o, by_o = a + ao, 2
            from_p, by_p = (o + op, 0) if o + op >= p + pp else (p + pp, 1)
            if a + ap > from_p:
                from_p, by_p = a + ap, 2
            from_a, by_a = (o + oa, 0) if o + oa >= p + pa else (p + pa, 1)
            if a + aa > from_a:
                from_a, by_a = a + aa, 2
            back.append((by_o, by_p, by_a))
            o, p, a = from_o, from_p + person, from_a + address
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
