"""From sentences to the weights that the package ships."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
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
    tokenize,
    word_class,
)
from bot.domain.redaction.training.corpus import LABELS, Corpus, Sentence
from bot.domain.redaction.training.crf import Weights, batches, train

_HIDDEN = 0.5  # share of names that are not in the lists while training: the tagger must do without
_HIDDEN_WORDS = 0.03  # the same for names that are words too: a word that no list calls a name seldom is one
_LEAST = 3  # a feature seen less often is left out
_SCALE = 0.05  # weights are stored as whole steps of this


def fit(
    lexicon: Lexicon, real: Sequence[str], *, size: int, rounds: int, seed: int, penalty: float
) -> dict[str, Any]:
    """Draws ``size`` sentences and trains: two whole weights per feature, and the label transitions."""
    seen = _without_some(lexicon, seed)
    sentences = [sentence for sentence in Corpus(seed, real).draw(size) if sentence.labels]
    tokens = [token for sentence in sentences for token in _features(sentence, seen, lexicon)]
    counts = Counter(chain.from_iterable(tokens))
    features = sorted(feature for feature, count in counts.items() if count >= _LEAST)
    gold = [[LABELS.index(label) for label in sentence.labels] for sentence in sentences]
    weights = train(_matrix(tokens, features), batches(gold), len(LABELS), penalty=penalty, rounds=rounds)
    return _packed(features, weights)


def _without_some(lexicon: Lexicon, seed: int) -> Lexicon:
    rng = np.random.default_rng(seed)
    names = sorted(lexicon.first | lexicon.last)
    kept = frozenset(
        name
        for name, roll in zip(names, rng.random(len(names)), strict=True)
        if roll >= (_HIDDEN_WORDS if name in lexicon.rank else _HIDDEN)
    )
    return Lexicon(lexicon.first & kept, lexicon.last & kept, lexicon.rank)


def _features(sentence: Sentence, seen: Lexicon, full: Lexicon) -> Iterator[list[str]]:
    """The same features as ``tagger.Tagger`` sums, token by token."""
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


def _matrix(tokens: Sequence[Sequence[str]], features: Sequence[str]) -> csr_matrix:
    """(tokens, features) of 0 and 1."""
    index = {feature: i for i, feature in enumerate(features)}
    rows = [[index[feature] for feature in token if feature in index] for token in tokens]
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter(chain.from_iterable(rows), np.int32, count=int(ends[-1]))
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(features)))


def _packed(features: Sequence[str], weights: Weights) -> dict[str, Any]:
    """Weights relative to the label "none", rounded to whole steps; features that say nothing are dropped."""
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
