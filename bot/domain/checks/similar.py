"""Stories that may be one: offered as merges, decided by a person."""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from bot.domain.checks.text import content_words, quotes
from bot.domain.stories import Story, StoryBody

Vector = npt.NDArray[np.float32]

SAME_WORDS = 0.60
"""Wording of title and want (rapidfuzz) times wording of the quoted tickets (cosine), as a geometric mean.

Set on drafts of two disjoint halves of a theme (the same need) against drafts of other themes: banking77 and
CLINC150, 40 labels each. Title and want alone confuse needs that are told in the same turns of phrase.
"""
SAME_TITLE = 0.85
"""Title and want alone, where one of the stories quotes no ticket."""
SAME_TICKETS = 0.5
"""Share of the smaller story's tickets that the other has too."""
SAME_MEANING = 0.84
"""Cosine of the two story texts."""
SUPPORTED = 0.9
"""Each sign is enough alone at its threshold; two are enough together at this part of theirs."""

NO_TICKETS: Mapping[str, Collection[str]] = {}
NO_VECTORS: Mapping[str, Vector] = {}


@dataclass(frozen=True, slots=True)
class Similar:
    """A story that may say the same. ``score`` is the strongest sign over its threshold (1.0: enough alone);
    ``reason`` is a sentence for a person."""

    story_id: str
    score: float
    reason: str


def find_similar(
    body: StoryBody,
    existing: Sequence[Story],
    *,
    tickets: Collection[str] = (),
    tickets_of: Mapping[str, Collection[str]] = NO_TICKETS,
    vector: Vector | None = None,
    vectors_of: Mapping[str, Vector] = NO_VECTORS,
) -> tuple[Similar, ...]:
    """Near-duplicates of ``body`` among ``existing``, most similar first.

    ``tickets`` and ``tickets_of`` (by story id) are ids of the themes' tickets; where they are missing, the
    tickets the stories cite are compared. ``vector`` and ``vectors_of`` are unit vectors of ``story_text``,
    shape (dim,). Leave the story itself out of ``existing``.
    """
    mine = frozenset(tickets) or _cited(body)
    found = []
    for other in existing:
        theirs = frozenset(tickets_of.get(other.id, ())) or _cited(other)
        signs = [_same_words(body, other), _same_tickets(mine, theirs)]
        if vector is not None and other.id in vectors_of:
            signs.append(_same_meaning(vector, vectors_of[other.id]))
        close = sorted((sign for sign in signs if sign[0] >= SUPPORTED), reverse=True)
        if close and (close[0][0] >= 1 or len(close) > 1):
            found.append(Similar(other.id, round(close[0][0], 3), "; ".join(reason for _, reason in close)))
    return tuple(sorted(found, key=lambda similar: (-similar.score, similar.story_id)))


def _same_words(one: StoryBody, other: StoryBody) -> tuple[float, str]:
    left, right = content_words(f"{one.title} {one.want}"), content_words(f"{other.title} {other.want}")
    if not left or not right:
        return 0.0, ""
    pair = " ".join(left), " ".join(right)
    told = (fuzz.token_set_ratio(*pair) + fuzz.token_sort_ratio(*pair)) / 200
    shared = ", ".join([word for word in dict.fromkeys(left) if word in right][:5])
    mine, theirs = _quoted(one), _quoted(other)
    if not mine or not theirs:
        return told / SAME_TITLE, f"title and want say nearly the same ({shared})"
    together = math.sqrt(told * _cosine(mine, theirs))
    return together / SAME_WORDS, f"title, want and quoted tickets are in nearly the same words ({shared})"


def _same_tickets(one: frozenset[str], other: frozenset[str]) -> tuple[float, str]:
    if not one or not other:
        return 0.0, ""
    both = len(one & other)
    smaller = min(len(one), len(other))
    return both / smaller / SAME_TICKETS, f"{both} of {smaller} tickets are the same"


def _same_meaning(one: Vector, other: Vector) -> tuple[float, str]:
    cosine = float(np.dot(one, other))
    return cosine / SAME_MEANING, f"the stories mean nearly the same (cosine {cosine:.2f})"


def _cited(body: StoryBody) -> frozenset[str]:
    return frozenset(quote.ticket_id for quote in quotes(body))


def _quoted(body: StoryBody) -> Counter[str]:
    """In how many of the quoted passages each word stands."""
    passages = {quote.text for quote in quotes(body) if quote.path.startswith(("examples", "citations"))}
    return Counter(word for passage in passages for word in set(content_words(passage)))


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    left = {word: 1 + math.log(count) for word, count in one.items()}
    right = {word: 1 + math.log(count) for word, count in other.items()}
    dot = sum(weight * right.get(word, 0.0) for word, weight in left.items())
    return dot / math.sqrt(sum(w * w for w in left.values()) * sum(w * w for w in right.values()))
