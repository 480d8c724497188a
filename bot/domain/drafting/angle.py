"""From which side a theme asks about its subject: its own case, the rule for all, or the steps to take."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.domain.drafting.acts import Act
from bot.domain.drafting.choice import Spoken
from bot.domain.drafting.english import names_cased, words
from bot.domain.drafting.kinds import EVERYDAY_KEYS, FAMILIES, KINDS, Kind, subject_of
from bot.domain.drafting.lexicon import word_set
from bot.domain.drafting.reading import Picture
from bot.domain.drafting.tongues import unread

_LONG, _READ = 400, 800  # characters: of a long ticket more than its need shows what it is about
_OF_A_CASE = frozenset({Act.STATUS, Act.WHY, Act.FAILURE, Act.DISPUTE, Act.DANGER})
_BANKING = frozenset(kind.key for family in ("cards", "money") for kind in FAMILIES[family])
_FEE = next(kind for kind in KINDS if kind.key == "fee")
_WRONG = "wrong answer"
_TOPICS = frozenset(("lock date", "light schedule", "gift code"))  # what can be the same or not by its noun
_WHY_MUST_I = re.compile(
    r"\bwhy\b.{0,12}\b(?:need|have|has|must|required?|necessary|requires?|ask(?:ed|ing)?)\b(?! not\b)",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"^[ >]*([A-Za-z]{2,15}):[ ]", re.MULTILINE)
_BOT = re.compile(r"\b(?:chat ?bot|bot|assistant|AI)\b", re.IGNORECASE)
_TELLER = re.compile(r"\b([A-Za-z]{2,15}) (?:told|tells|said|says)\b")
_NO_BOT = word_set(
    "me you he she they it we who customer user agent support from to cc re fw fwd subject date sent order"
    " it this just was were has had also then bot assistant mail email tracking nobody"
    " serial error app site website page screen bank box everyone nobody somebody someone which that this"
)
_OF_A_RULE = frozenset({Act.POSSIBLE, Act.PRICE})


def subject_seen(picture: Picture, spoken: Spoken | None) -> Kind:
    """The theme's kind, what its tickets speak of first."""
    if picture.tongue:
        return unread(picture.tongue)
    texts = [r.need if len(r.ticket.text) < _LONG else r.ticket.text[:_READ] for r in picture.readings]
    background = [ticket.text[:_READ] for ticket in picture.evidence.background]
    names = _assistant_names([t.text for t in (*picture.evidence.tickets, *picture.evidence.background)])
    named = _named(names)
    texts, background = [named(text) for text in texts], [named(text) for text in background]
    source = named(spoken.source.need) if spoken else ""
    subject = subject_of(texts, background, names_cased(picture.noun), source, picture.weights)
    if subject.key == _WRONG:
        topic = subject_of(texts, background, "", "", picture.weights, firm=False)
        return _answer_on(topic, _naming(subject, names))
    if picture.act in {Act.PRICE, Act.WHY} and subject.key in _BANKING and _FEE.pattern.search(source):
        subject = _fee_of(subject)
    return _in_order(subject, picture)


def angled(picture: Picture, spoken: Spoken | None) -> Kind:
    """The picture's kind with record, facts, gap and temptation as the question asked of it calls for."""
    subject = picture.kind
    if picture.tongue or (picture.led is not None and subject.firm):
        return subject
    if picture.act is Act.HOW:
        return replace(subject, missing=f"the person cannot give {subject.check}")
    if subject.key in EVERYDAY_KEYS:
        return subject
    return _ruled(subject) if _asks_for_rule(picture, spoken.source.need if spoken else "") else subject


def _answer_on(topic: Kind, wrong: Kind) -> Kind:
    """A wrong answer with what it was about: the record, facts and gap of that subject hold the truth."""
    if topic.key not in _TOPICS:
        return wrong
    return replace(
        wrong,
        noun=f"assistant's answer on the {topic.noun}",
        record=topic.record,
        facts=topic.facts,
        rules=(topic.rules[0], *wrong.rules[1:]),
        want=f"hear the same {topic.noun} from the assistant as the screen shows",
    )


def _assistant_names(texts: Sequence[str]) -> list[str]:
    """What the log's bots are called, in lower case.

    Companies give their bots names; a chat copied into a ticket ("x: Your order is on its way!") and people
    writing "x told me, correct the bot" give them away.
    """
    speakers = Counter(name for text in texts for name in {n.lower() for n in _SPEAKER.findall(text)})
    tellers = Counter(name for text in texts for name in {n.lower() for n in _TELLER.findall(text)})
    bots = {word for text in texts if _BOT.search(text) for word in words(text)}
    return sorted(n for n, k in tellers.items() if k >= 3 and n not in _NO_BOT and (speakers[n] or n in bots))


def _named(names: Sequence[str]) -> Callable[[str], str]:
    """Says "x assistant" for each x of ``names``."""
    if not names:
        return lambda text: text
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b", re.IGNORECASE)
    return lambda text: pattern.sub(r"\1 assistant", text)


def _naming(wrong: Kind, names: Sequence[str]) -> Kind:
    """The same subject, found by the bot's own name too."""
    told = wrong.pattern.pattern.replace("bot|assistant", "|".join(("bot|assistant", *map(re.escape, names))))
    return replace(wrong, pattern=re.compile(told, re.IGNORECASE))


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
