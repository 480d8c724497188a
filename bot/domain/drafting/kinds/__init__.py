"""The subjects a drafter knows, and the choice of the one a theme is about."""

import re
from collections.abc import Mapping, Sequence

from bot.domain.drafting.kinds.answers import ANSWERS
from bot.domain.drafting.kinds.assistant import ASSISTANT
from bot.domain.drafting.kinds.boxes import BOXES
from bot.domain.drafting.kinds.cards import CARDS
from bot.domain.drafting.kinds.credit import CREDIT
from bot.domain.drafting.kinds.devices import DEVICES
from bot.domain.drafting.kinds.household import HOUSEHOLD
from bot.domain.drafting.kinds.kind import UNNAMED, Kind, plain, timely_first
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
    "answers": ANSWERS,
    "boxes": BOXES,
    "devices": DEVICES,
}
KINDS: tuple[Kind, ...] = tuple(kind for family in FAMILIES.values() for kind in family)
HOME_KEYS = frozenset(kind.key for kind in (*HOUSEHOLD, *ASSISTANT))
EVERYDAY_KEYS = HOME_KEYS | {kind.key for kind in TRAVEL}
_ANYWHERE = frozenset(
    ("passcode", "account closing", "account opening", "personal details", "country support")
)
_BANK = frozenset(kind.key for kind in (*CARDS, *MONEY)) - _ANYWHERE
_GOODS = frozenset(kind.key for kind in (*BOXES, *DEVICES))

_BANKING = re.compile(
    r"\b(?:bank account|checking|savings|pins?|atms?|cash machine|transfers?|transferred"
    r"|top(?:ped|ping)?[ -]?up|withdr[ae]w\w*|(?:debit|credit|virtual|physical|bank|spare|new) cards?"
    r"|exchange rate|beneficiary|iban|mortgage|overdraft|direct debit|contactless|routing number)\b",
    re.IGNORECASE,
)
_DESK = re.compile(
    r"\b(?:refund\w*|parcel|deliver\w*|subscription|charged|billed|(?:my|your|the) (?:order|box|plan|invoice)"
    r"|regards|customer (?:service|support))\b|\[ORDER|\[PERSON",
    re.IGNORECASE,
)
_COMMAND = re.compile(
    r"^(?:(?:please|hey|ok|i need|can you|could you|would you|will you|go ahead and)\W+)*"
    r"(?:a|set|start|make|play|turn|remind|wake|call|add|put|tell|show|give|read|roll|flip|find|what|how)\b",
    re.IGNORECASE,
)
_FIRM = 0.35  # share from which a wrong answer, a danger or thanks is the subject, whatever else is named
_TRADE = 0.08  # of a log's tickets in a trade's words: it is that trade's log

_LEAST_SHARE = 0.3  # a subject fewer tickets than this speak of is not the theme's
_SHARE_UNSAID = 0.5  # ... unless the theme's own clause names it
_SPOKEN_FOR = 0.25  # enough, said or not, where the subject brings a want of its own
_LEAST_SCORE = 0.06
_SHARE_OF_ALL = 0.6  # a subject the whole log is about is no theme's own, and still what it is about
_LETTER = 250  # characters a ticket: nobody writes letters to a timer


def subject_of(
    texts: Sequence[str],
    background: Sequence[str],
    noun: str,
    clause: str,
    weights: Mapping[str, float],
    *,
    firm: bool = True,
) -> Kind:
    """The kind whose words are the theme's own: in many ``texts``, few of ``background``, and in ``clause``.

    ``weights`` say how special each word is to the theme, 0..1. A match counts by the weight of the words it
    covers, so that "status of my order" beats "order". A plain kind around ``noun`` where nothing fits.
    Without ``firm`` only what such subjects (a wrong answer, thanks) are about is looked for.
    """
    letters = sum(len(text) for text in texts) > _LETTER * len(texts)
    best, best_score = plain(noun), _LEAST_SCORE
    commonest, most = plain(noun), _SHARE_OF_ALL
    barred = _barred(texts, background) | (EVERYDAY_KEYS if letters else frozenset())
    for candidate in KINDS:
        if candidate.key in barred or (candidate.firm and not firm):
            continue
        covered = [_covered(candidate, text, weights) for text in texts]
        share = sum(weight is not None for weight in covered) / len(texts)
        if share > most:
            commonest, most = candidate, share
        said = bool(clause and candidate.pattern.search(clause))
        if share < _least(candidate, named=said or not clause):
            continue
        depth = sum(weight or 0.0 for weight in covered) / len(texts)
        in_clause = _covered(candidate, clause, weights) or 0.0
        score = (
            depth
            + in_clause
            + 0.15 * share
            + 0.5 * candidate.firm * (share >= _FIRM)
            - 0.25 * _said(candidate.pattern, background)
        )
        if score > best_score:
            best, best_score = candidate, score
    return best if best_score > _LEAST_SCORE else commonest


def _least(candidate: Kind, *, named: bool) -> float:
    """The share of tickets that have to speak of a subject, by whether the theme's clause names it."""
    if candidate.want:
        return _SPOKEN_FOR
    return _LEAST_SHARE if named else _SHARE_UNSAID


def banks(texts: Sequence[str], background: Sequence[str]) -> bool:
    """Whether a theme, or the log around it, speaks of accounts, PINs and transfers: a bank's tickets."""
    return _said(_BANKING, texts) >= 3 * _TRADE or _said(_BANKING, background) >= _TRADE


def _barred(texts: Sequence[str], background: Sequence[str]) -> frozenset[str]:
    """Subjects of trades this log shows nothing of: a gardener's card is no account, a lamp no command."""
    barred = _GOODS if banks(texts, background) else _BANK
    if _said(_DESK, background) >= _TRADE and _said(_COMMAND, texts) < 0.5:
        barred |= HOME_KEYS
    return barred


def _said(pattern: re.Pattern[str], texts: Sequence[str]) -> float:
    return sum(bool(pattern.search(text)) for text in texts) / len(texts) if texts else 0.0


def _covered(candidate: Kind, text: str, weights: Mapping[str, float]) -> float | None:
    """The summed weights of the words a kind's pattern covers in ``text``; None without a match."""
    match = candidate.pattern.search(text)
    if match is None:
        return None
    return min(
        1.2, sum(weights.get(word, 0.0) for word in set(re.findall(r"[a-z'-]+", match.group(0).lower())))
    )


__all__ = [
    "EVERYDAY_KEYS",
    "FAMILIES",
    "HOME_KEYS",
    "KINDS",
    "UNNAMED",
    "Kind",
    "banks",
    "plain",
    "subject_of",
    "timely_first",
]
