"""Names for groups: the phrase people themselves use there and nowhere else."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log
from typing import NamedTuple

from bot.domain.clustering.words import (
    DETERMINERS,
    NEGATIONS,
    PARTICLES,
    SPEAKERS,
    is_content,
    sentences,
    stem,
    tokens,
)

READ = 300
"""Tickets read of a group, the most central first."""
_TICKET_SENTENCES = 12
_PHRASES = 8
_PHRASAL = 0.6
_EACH = (1.0, 0.9, 0.7, 0.4, 0.2)
"""What the best word of a phrase, the second and so on add: three say enough."""
_RARE = 0.5
"""Added to counts elsewhere, so that a word never seen there has no endless weight."""


class _Shape(NamedTuple):
    """What a name should be like: ``longest`` in words without determiners, how much its ``support`` counts
    (an exponent), and the factor on a ``single`` word, which rarely says what people want."""

    longest: int
    support: float
    single: float


_NARROW = _Shape(longest=5, support=0.4, single=0.4)
_BROAD = _Shape(longest=2, support=0.7, single=0.9)


@dataclass(slots=True)
class _Vocabulary:
    """What the tickets of one group say: in how many of them each stem and each phrase occurs."""

    tickets: int = 0
    stems: Counter[str] = field(default_factory=Counter)
    phrases: Counter[tuple[str, ...]] = field(default_factory=Counter)
    written: defaultdict[tuple[str, ...], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


@dataclass(frozen=True, slots=True)
class Names:
    """``name`` for people; ``phrases`` are the group's other good phrases, the best first."""

    name: str
    phrases: tuple[str, ...]


def name_groups(
    groups: Sequence[Sequence[str]], given: Sequence[str] = (), *, broad: bool = False
) -> list[Names]:
    """A different short name for each group of texts (most central first), in sentence case.

    ``given`` are names that people chose, "" for none; they stand as they are. ``broad`` asks for
    what most tickets of a group have in common, in one or two words.

    A phrase is a run of up to five words within one sentence of at least two tickets (one in a tiny group),
    beginning and ending on words that mean something. It is worth the contrast of its words (the share of the
    group's tickets that hold the word, times the log of how much more often than elsewhere: c-TF-IDF by
    ticket, after Grootendorst 2022), times a power of the share of tickets that hold the very phrase.
    """
    worded = [[_sentences(text) for text in texts[:READ]] for texts in groups]
    glued = _phrasal(sentence for group in worded for ticket in group for sentence in ticket)
    shape = _BROAD if broad else _NARROW
    read = [_read(group, glued, shape) for group in worded]
    everywhere = Counter[str]()
    for vocabulary in read:
        everywhere.update(vocabulary.stems)
    total = sum(vocabulary.tickets for vocabulary in read)
    given = given or [""] * len(groups)
    names: list[Names] = []
    taken = {frozenset(stem(word) for word in tokens(name) if is_content(word)) for name in given}
    for vocabulary, own in zip(read, given, strict=True):
        ranked = _ranked(vocabulary, everywhere, total, shape)
        chosen = next((key for key in ranked if _content(key) not in taken), ranked[0] if ranked else None)
        if chosen is not None and not own:
            taken.add(_content(chosen))
        names.append(_names(vocabulary, own, chosen, ranked))
    return _unlike(names, given)


def _sentences(text: str) -> list[list[str]]:
    """The words of a ticket's first sentences, without determiners."""
    return [
        [word for word in tokens(sentence) if word.casefold() not in DETERMINERS]
        for sentence in sentences(text)[:_TICKET_SENTENCES]
    ]


def _phrasal(sentences: Iterable[Sequence[str]]) -> frozenset[tuple[str, str]]:
    """Words that mostly come with the same particle here, such as ("top", "up")."""
    alone, pairs = Counter[str](), Counter[tuple[str, str]]()
    for words in sentences:
        alone.update(stem(word) for word in words)
        pairs.update((stem(a), b.casefold()) for a, b in pairwise(words) if b.casefold() in PARTICLES)
    return frozenset(pair for pair, count in pairs.items() if count >= max(3, _PHRASAL * alone[pair[0]]))


def _glue(words: Sequence[str], glued: frozenset[tuple[str, str]]) -> list[str]:
    """Phrasal verbs as one word each, written as they were."""
    joined: list[str] = []
    for i, word in enumerate(words):
        if i and (stem(words[i - 1]), word.casefold()) in glued:
            joined[-1] += f" {word}"
        else:
            joined.append(word)
    return joined


def _read(
    tickets: Sequence[Sequence[Sequence[str]]], glued: frozenset[tuple[str, str]], shape: _Shape
) -> _Vocabulary:
    found = _Vocabulary(len(tickets))
    said: set[tuple[str, ...]] = set()
    for ticket in tickets:
        stems: set[str] = set()
        phrases: dict[tuple[str, ...], str] = {}
        for sentence in ticket:
            words = _glue(sentence, glued)
            key = tuple(stem(word) for word in words)
            stems.update(part for part, word in zip(key, words, strict=True) if is_content(word))
            # Forms and resent messages repeat whole sentences; that makes no phrase a common one.
            if len(key) <= shape.longest or key not in said:
                phrases.update(_runs(words, shape.longest))
                said.add(key)
        found.stems.update(stems)
        found.phrases.update(phrases.keys())
        for key, written in phrases.items():
            found.written[key][written] += 1
    return found


def _runs(words: Sequence[str], longest: int) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each run of words a name could be: its stems, and how it is written."""
    content = [is_content(word) for word in words]
    for start, word in enumerate(words):
        if not content[start] and word.casefold() not in NEGATIONS:
            continue
        for stop in range(start + 1, min(start + longest, len(words)) + 1):
            run = words[start:stop]
            if content[stop - 1] and all(any(map(str.isalpha, w)) for w in run):
                yield tuple(stem(w) for w in run), " ".join(run)


def _content(key: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for word in key if is_content(word))


def _ranked(
    vocabulary: _Vocabulary, everywhere: Counter[str], total: int, shape: _Shape
) -> list[tuple[str, ...]]:
    """The phrases of a group, the best name first."""
    n = vocabulary.tickets
    weight = {
        word: (count / n)
        * max(0.0, log((count + _RARE) / n / ((everywhere[word] - count + _RARE) / max(total - n, 1))))
        for word, count in vocabulary.stems.items()
    }
    least = min(2 if n >= 4 else 1, max(vocabulary.phrases.values(), default=1))
    longer = _within(vocabulary.phrases)
    scored = [
        (_worth(key, weight, shape) * (count / n) ** shape.support * (1 - longer[key] / count / 2), key)
        for key, count in vocabulary.phrases.items()
        if count >= least
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    return [key for score, key in scored if score > 0]


def _within(phrases: Counter[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    """In how many tickets, at most, a phrase is but the beginning or end of one same longer phrase."""
    longer = Counter[tuple[str, ...]]()
    for key, count in phrases.items():
        for length in range(1, len(key)):
            for part in (key[:length], key[-length:]):
                longer[part] = max(longer[part], count)
    return longer


def _worth(key: tuple[str, ...], weight: dict[str, float], shape: _Shape) -> float:
    """Weight of the different words in a phrase."""
    content = _content(key)
    if any(a == b for a, b in pairwise(key)):
        return 0.0
    weights = sorted((weight.get(word, 0.0) for word in content), reverse=True)
    worth = sum((w * each for w, each in zip(weights, _EACH, strict=False)), 0.0)
    idle = sum(weight.get(word, 0.0) < 0.02 for word in content) + 2 * sum(word in SPEAKERS for word in key)
    return worth * (shape.single if len(content) == 1 else 1.0) * 0.7**idle


def _names(
    vocabulary: _Vocabulary, own: str, chosen: tuple[str, ...] | None, ranked: Sequence[tuple[str, ...]]
) -> Names:
    phrases: dict[frozenset[str], str] = {}
    for key in ranked:
        phrases.setdefault(_content(key), _written(vocabulary, key))
        if len(phrases) == _PHRASES:
            break
    name = own or (_sentence_case(_written(vocabulary, chosen)) if chosen else "Other requests")
    return Names(name, tuple(phrases.values()))


def _written(vocabulary: _Vocabulary, key: tuple[str, ...]) -> str:
    """How most tickets write the phrase; hyphens and capitals are counted together, then chosen apart."""
    ways = vocabulary.written[key]
    alike = Counter[str]()
    for written, count in ways.items():
        alike[_plain(written)] += count
    return min(ways, key=lambda written: (-alike[_plain(written)], -ways[written], written))


def _plain(written: str) -> str:
    return written.casefold().replace("-", " ")


def _sentence_case(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


def _unlike(names: Sequence[Names], given: Sequence[str]) -> list[Names]:
    """No two names alike: a later one is told apart by its next phrase, or else by a number.

    Names that people gave are theirs, even where two are alike.
    """
    seen = {name.casefold() for name in given if name}
    unlike = []
    for found, own in zip(names, given, strict=True):
        name = found.name
        for extra in (*found.phrases, *map(str, range(2, len(names) + 2))):
            if own or name.casefold() not in seen:
                break
            name = f"{found.name} ({extra})"
        seen.add(name.casefold())
        unlike.append(Names(name, found.phrases))
    return unlike
