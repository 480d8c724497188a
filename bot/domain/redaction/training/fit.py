"""From sentences to the packed lists and weights that the package ships."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from bot.domain.redaction.features import (
    EDGE,
    Lexicon,
    has_case,
    is_idle,
    joint_features,
    near_features,
    own_features,
    plain,
    tokenize,
    word_class,
)
from bot.domain.redaction.training.corpus import LABELS, Corpus, Sentence
from bot.domain.redaction.training.crf import Weights, batches, train
from bot.domain.redaction.training.pools import people
from bot.domain.redaction.training.templates import WORDS

_RANKS = (2_500, 6_000, 12_000)
_ENGLISH_POOLS = 4  # a name so common a word is kept only where several locales know it
_HIDDEN = 0.5  # share of names the tagger does not find in its lists while training: it must do without
_HIDDEN_WORDS = 0.03  # the same for names that are everyday words too; an unlisted everyday word is seldom a name
_LEAST = 3
_SCALE = 0.05


def lexicon_lines(tokenizer: Path) -> list[str]:
    """Words with marks: F and L for names, a digit for how common the word is (rank in an uncased BERT vocabulary)."""
    vocabulary = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    ranked = [
        word
        for word, _ in sorted(vocabulary.items(), key=lambda item: item[1])
        if word.isalpha() and len(word) > 1
    ]
    rank = {
        word: sum(i >= limit for limit in _RANKS) for i, word in enumerate(w for w in ranked if w.isascii())
    }
    rank |= {word.lower(): min(rank.get(word.lower(), 1), 1) for word in WORDS.split()}
    first, last = _counts("first"), _counts("last")
    common = set(ranked[:1200])
    names = {
        word
        for word in first | last
        if len(word) > 1 and not (word in common and first[word] + last[word] < _ENGLISH_POOLS)
    }
    return [
        f"{word}\t{'F' * (word in names and word in first)}{'L' * (word in names and word in last)}{rank.get(word, '')}"
        for word in sorted(names | rank.keys())
    ]


def _counts(part: str) -> Counter[str]:
    """In how many locales a single-word name occurs."""
    counts: Counter[str] = Counter()
    for pool in people():
        counts.update(
            {
                word
                for name in getattr(pool, part)
                for word in re.split(r"[\s\-]+", plain(name))
                if word.isalpha()
            }
        )
    return counts


def fit(lines: Sequence[str], real: Sequence[str], *, size: int, rounds: int, seed: int) -> dict[str, Any]:
    """Draws a corpus, trains, prunes: features with two integer weights each, and the label transitions."""
    from bot.domain.redaction.tagger import read_lexicon  # late: its package data may not be there yet
    import gzip

    full = read_lexicon(gzip.compress("\n".join(lines).encode()))
    hidden = _without_some(full, seed)
    sentences = [s for s in Corpus(seed, real).draw(size) if s.labels]
    counts = Counter(chain.from_iterable(chain.from_iterable(_features(s, hidden, full) for s in sentences)))
    index = {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= _LEAST))}
    rows = [
        [index[f] for f in token if f in index] for s in sentences for token in _features(s, hidden, full)
    ]
    matrix = csr_matrix(
        (
            np.ones(sum(map(len, rows))),
            np.fromiter(chain.from_iterable(rows), np.int32),
            np.cumsum([0, *map(len, rows)]),
        ),
        shape=(len(rows), len(index)),
    )
    gold = [[LABELS.index(label) for label in s.labels] for s in sentences]
    weights = train(matrix, batches(gold), len(LABELS), rounds=rounds)
    return _packed(list(index), weights)


def _without_some(lexicon: Lexicon, seed: int) -> Lexicon:
    rng = np.random.default_rng(seed)
    names = sorted(lexicon.first | lexicon.last)
    kept = frozenset(
        name
        for name, roll in zip(names, rng.random(len(names)), strict=True)
        if roll >= (_HIDDEN_WORDS if name in lexicon.rank else _HIDDEN)
    )
    return Lexicon(lexicon.first & kept, lexicon.last & kept, lexicon.rank)


def _features(sentence: Sentence, seen: Lexicon, full: Lexicon) -> Iterable[list[str]]:
    tokens = tokenize(sentence.text)
    cased = has_case(tokens)
    classes = [EDGE, EDGE, *(word_class(word, cased, seen) for word in tokens), EDGE, EDGE]
    words = [EDGE, EDGE, *tokens, EDGE, EDGE]
    lowers = [word.lower() for word in words]
    for i in range(2, len(tokens) + 2):
        features = list(own_features(words[i], classes[i], full))
        for distance in (-2, -1, 1, 2):
            features += near_features(words[i + distance], classes[i + distance], distance)
        if not is_idle(classes[i]):
            features += joint_features(classes, lowers, i)
        yield features


def _packed(features: Sequence[str], weights: Weights) -> dict[str, Any]:
    """Scores relative to the label "none", in steps of ``scale``; features that say nothing are dropped."""
    relative = weights.features[:, 1:] - weights.features[:, :1]
    steps = np.rint(relative / _SCALE).astype(int)
    keep = [i for i in range(len(features)) if steps[i].any()]
    return {
        "scale": _SCALE,
        "features": [features[i] for i in keep],
        "person": [int(steps[i, 0]) for i in keep],
        "address": [int(steps[i, 1]) for i in keep],
        "transitions": weights.transitions.round(4).tolist(),
        "starts": weights.starts.round(4).tolist(),
    }
