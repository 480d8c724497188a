"""The subjects a drafter knows, and the choice of the one a theme is about."""

from collections.abc import Sequence

from bot.domain.drafting.kinds.bank import BANK
from bot.domain.drafting.kinds.commerce import COMMERCE
from bot.domain.drafting.kinds.everyday import HOME, TRAVEL
from bot.domain.drafting.kinds.finance import FINANCE
from bot.domain.drafting.kinds.kind import Kind, kind

EVERYDAY: tuple[Kind, ...] = (*TRAVEL, *HOME)
KINDS: tuple[Kind, ...] = (*BANK, *FINANCE, *COMMERCE, *TRAVEL, *HOME)

_LEAST_SHARE = 0.3  # a subject fewer tickets than this speak of is not the theme's


def subject_of(texts: Sequence[str], background: Sequence[str], noun: str, clause: str = "") -> Kind:
    """The kind that ``texts`` name often, ``background`` seldom and the theme's ``clause`` too, if it has one.

    A plain kind around ``noun`` where none does.
    """
    best, best_score = plain(noun), 0.0
    for candidate in KINDS:
        here = _share(candidate, texts)
        if here < _LEAST_SHARE:
            continue
        score = here - 0.8 * _share(candidate, background)
        score += 0.25 * bool(clause and candidate.pattern.search(clause))
        if score > best_score:
            best, best_score = candidate, score
    return best if best_score > 0.2 else plain(noun)


def _share(candidate: Kind, texts: Sequence[str]) -> float:
    return sum(bool(candidate.pattern.search(text)) for text in texts) / len(texts) if texts else 0.0


def plain(noun: str) -> Kind:
    """What can be said of any subject by its name alone."""
    return kind(
        noun, r"(?!)", noun, f"the team's notes on the {noun}", f"what is known about the {noun}; the date it was last checked",
        "the cause written in the notes; a cause still being looked for", "name the person who looks into it",
        f"what holds for the {noun}; the exceptions", f"which {noun} is meant", f"the notes say nothing on the {noun}", "an answer the notes do not hold",
    )  # fmt: skip


__all__ = ["EVERYDAY", "KINDS", "Kind", "plain", "subject_of"]
