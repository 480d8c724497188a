"""The subjects a drafter knows, and the choice of the one a theme is about."""

import re
from collections.abc import Mapping, Sequence

from bot.domain.drafting.kinds.assistant import ASSISTANT
from bot.domain.drafting.kinds.cards import CARDS
from bot.domain.drafting.kinds.credit import CREDIT
from bot.domain.drafting.kinds.household import HOUSEHOLD
from bot.domain.drafting.kinds.kind import Kind, plain, timely_first
from bot.domain.drafting.kinds.money import MONEY
from bot.domain.drafting.kinds.services import SERVICES
from bot.domain.drafting.kinds.shop import SHOP
from bot.domain.drafting.kinds.travel import TRAVEL

FAMILIES: dict[str, tuple[Kind, ...]] = {
    "cards": CARDS,
    "money": MONEY,
    "credit": CREDIT,
    "shop": SHOP,
    "services": SERVICES,
    "travel": TRAVEL,
    "household": HOUSEHOLD,
    "assistant": ASSISTANT,
}
KINDS: tuple[Kind, ...] = tuple(kind for family in FAMILIES.values() for kind in family)
HOME_KEYS = frozenset(kind.key for kind in (*HOUSEHOLD, *ASSISTANT))
EVERYDAY_KEYS = HOME_KEYS | {kind.key for kind in TRAVEL}

_LEAST_SHARE = 0.3  # a subject fewer tickets than this speak of is not the theme's
_SHARE_UNSAID = 0.5  # ... unless the theme's own clause names it
_LEAST_SCORE = 0.08
_SHARE_OF_ALL = 0.6  # a subject the whole log is about is no theme's own, and still what it is about
_LETTER = 250  # characters a ticket: nobody writes letters to a timer


def subject_of(
    texts: Sequence[str], background: Sequence[str], noun: str, clause: str, weights: Mapping[str, float]
) -> Kind:
    """The kind whose words are the theme's own: in many ``texts``, few of ``background``, and in ``clause``.

    ``weights`` say how special each word is to the theme, 0..1. A match counts by the weight of the words it
    covers, so that "status of my order" beats "order". A plain kind around ``noun`` where nothing fits.
    """
    letters = sum(len(text) for text in texts) > _LETTER * len(texts)
    best, best_score = plain(noun), _LEAST_SCORE
    commonest, most = plain(noun), _SHARE_OF_ALL
    for candidate in KINDS:
        if letters and candidate.key in EVERYDAY_KEYS:
            continue
        covered = [_covered(candidate, text, weights) for text in texts]
        share = sum(weight is not None for weight in covered) / len(texts)
        if share > most:
            commonest, most = candidate, share
        said = bool(clause and candidate.pattern.search(clause))
        if share < _LEAST_SHARE or (clause and not said and share < _SHARE_UNSAID):
            continue
        depth = sum(weight or 0.0 for weight in covered) / len(texts)
        in_clause = _covered(candidate, clause, weights) or 0.0
        score = depth + in_clause + 0.15 * share - 0.25 * _share(candidate, background)
        if score > best_score:
            best, best_score = candidate, score
    return best if best_score > _LEAST_SCORE else commonest


def _covered(candidate: Kind, text: str, weights: Mapping[str, float]) -> float | None:
    """The summed weights of the words a kind's pattern covers in ``text``; None without a match."""
    match = candidate.pattern.search(text)
    if match is None:
        return None
    return min(
        1.2, sum(weights.get(word, 0.0) for word in set(re.findall(r"[a-z'-]+", match.group(0).lower())))
    )


def _share(candidate: Kind, texts: Sequence[str]) -> float:
    return sum(bool(candidate.pattern.search(text)) for text in texts) / len(texts) if texts else 0.0


__all__ = ["EVERYDAY_KEYS", "FAMILIES", "HOME_KEYS", "KINDS", "Kind", "plain", "subject_of", "timely_first"]
