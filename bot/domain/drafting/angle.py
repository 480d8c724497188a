"""From which side a theme asks about its subject: its own case, the rule for all, or the steps to take."""

import re
from dataclasses import replace

from bot.domain.drafting.acts import Act
from bot.domain.drafting.choice import Spoken
from bot.domain.drafting.english import names_cased
from bot.domain.drafting.kinds import EVERYDAY_KEYS, FAMILIES, KINDS, Kind, subject_of
from bot.domain.drafting.reading import Picture

_LONG, _READ = 400, 800  # characters: of a long ticket more than its need shows what it is about
_OF_A_CASE = frozenset({Act.STATUS, Act.WHY, Act.FAILURE, Act.DISPUTE, Act.DANGER})
_BANKING = frozenset(kind.key for family in ("cards", "money") for kind in FAMILIES[family])
_FEE = next(kind for kind in KINDS if kind.key == "fee")
_WHY_MUST_I = re.compile(
    r"\bwhy\b.{0,12}\b(?:need|have|has|must|required?|necessary|requires?|ask(?:ed|ing)?)\b(?! not\b)",
    re.IGNORECASE,
)
_OF_A_RULE = frozenset({Act.POSSIBLE, Act.PRICE})


def subject_seen(picture: Picture, spoken: Spoken | None) -> Kind:
    """The theme's kind, with record, facts, gap and temptation as this theme's question calls for them."""
    texts = [r.need if len(r.ticket.text) < _LONG else r.ticket.text[:_READ] for r in picture.readings]
    background = [ticket.text[:_READ] for ticket in picture.evidence.background]
    source = spoken.source.need if spoken else ""
    subject = subject_of(texts, background, names_cased(picture.noun), source, picture.weights)
    if picture.act in {Act.PRICE, Act.WHY} and subject.key in _BANKING and _FEE.pattern.search(source):
        subject = _fee_of(subject)
    subject = _in_order(subject, picture)
    if picture.act is Act.HOW:
        return replace(subject, missing=f"the person cannot give {subject.check}")
    if subject.key in EVERYDAY_KEYS:
        return subject
    return _ruled(subject) if _asks_for_rule(picture, source) else subject


def _fee_of(subject: Kind) -> Kind:
    """The question is the charge; what it was charged on tells where to look."""
    if subject.key == _FEE.key:
        return subject
    return replace(_FEE, noun=f"{subject.noun} fee", record=f"the fee schedule and {subject.record}")


def _asks_for_rule(picture: Picture, clause: str) -> bool:
    """Most tickets ask what holds in general, not what became of one case."""
    if picture.act in _OF_A_RULE or (picture.act is Act.WHY and _WHY_MUST_I.search(clause)):
        return True
    if picture.act is not Act.INFORMATION:
        return False
    case = sum(bool(_OF_A_CASE & set(r.acts)) for r in picture.readings)
    rule = sum(bool(_OF_A_RULE & set(r.acts)) for r in picture.readings)
    return rule > case


def _ruled(subject: Kind) -> Kind:
    first = subject.rules[0]
    return replace(
        subject,
        record=f"the published terms on the {subject.noun}",
        facts=subject.rules,
        causes=subject.rules,
        missing=f"the published terms leave {first} open",
        invent="a rule or an exception to one",
    )


def _in_order(subject: Kind, picture: Picture) -> Kind:
    """What the tickets themselves speak of comes first in each list."""

    def said(phrase: str) -> float:
        return -sum(picture.shares.get(word.strip(",'"), 0.0) for word in phrase.lower().split())

    return replace(
        subject,
        facts=tuple(sorted(subject.facts, key=said)),
        causes=tuple(sorted(subject.causes, key=said)),
        rules=tuple(sorted(subject.rules, key=said)),
    )
