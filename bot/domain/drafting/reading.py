"""Reads a theme: what each ticket does, about what, under which circumstances, and how often each occurs."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.domain.drafting.acts import Act, acts_of
from bot.domain.drafting.clauses import Clause, read_clause
from bot.domain.drafting.conditions import Condition, holding
from bot.domain.drafting.english import expand, words
from bot.domain.drafting.kinds import Kind, plain
from bot.domain.drafting.lexicon import FUNCTION_WORDS, STOPWORDS
from bot.domain.drafting.sentences import asking_part, need_of
from bot.domain.drafting.tongues import foreign_tongue, tongue_of
from bot.domain.themes import Member, ThemeEvidence
from bot.domain.tickets import Ticket
from bot.errors import DraftingStopped

_NOUN_PHRASE = re.compile(
    r"\b(?:my|the|a|an|your|this|our|their)\s+((?:[a-z][a-z'-]{1,24}\s+){0,2}[a-z][a-z'-]{1,24})\b"
)
_ADJUNCT = re.compile(
    r"\b(?:in|on|at|from|with|by|for|to|into|using|through|via|of|after|before|during|between)\s+"
    r"(?:my |the |a |an |your |our |this )?(?:[a-z][a-z'-]+ ){0,2}?[a-z][a-z'-]+\b"
)


_NOUN_SHARE = 0.1  # of tickets that must name a noun before a theme is called by it
_OWN_ACTS = frozenset({Act.DANGER, Act.WHY, Act.HOW, Act.POSSIBLE})  # asked in words nobody mistakes
STEM = 5  # letters by which two word forms are the same
_TO_A_BEING = re.compile(
    (
        r"\b(?:are|were) you\b|\b(?:who|what) (?:made|created|are|is your|do) you\b"
        r"|\bdo you (?:like|live|own|think|know|work|get|sleep)\b|\byour (?:name|boss|maker"
        r"|hobb\w+|age)\b"
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One ticket as read: its verbatim ``need``, its ``acts`` (leading one first), clause and conditions."""

    ticket: Ticket
    member: Member
    need: str
    stems: frozenset[str]
    acts: tuple[Act, ...]
    clause: Clause | None
    conditions: tuple[Condition, ...]

    @property
    def act(self) -> Act:
        return self.acts[0]

    def has(self, condition: Condition) -> bool:
        return condition in self.conditions


@dataclass(frozen=True)
class Picture:
    """A theme as read. ``readings`` keep the members' order, most central first; ``weights`` say how special
    a word is to the theme, ``shares`` in how many of its tickets it stands; ``kind`` is set once the theme's
    clause is known, ``led`` where that kind says what such tickets ask, though their words do not."""

    evidence: ThemeEvidence
    readings: tuple[Reading, ...]
    weights: dict[str, float]
    shares: dict[str, float]
    kind: Kind
    led: Act | None = None

    @property
    def size(self) -> int:
        return len(self.readings)

    @cached_property
    def core(self) -> tuple[Reading, ...]:
        """Readings that clearly belong: nearer to this theme than to the next, and not at its rim."""
        inside = [r for r in self.readings if r.member.margin > 0] or list(self.readings)
        return tuple(inside[: max(3, math.ceil(0.75 * len(inside)))])

    @cached_property
    def mix(self) -> tuple[tuple[Act, int], ...]:
        """Leading acts with how many tickets each leads, the most frequent first (ties: declared order)."""
        counts = Counter(reading.act for reading in self.readings)
        order = list(Act)
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], order.index(item[0]))))

    @cached_property
    def act(self) -> Act:
        """What the theme mostly does; plain information gives way to a sharper act close behind."""
        if self.led is not None:
            return self.led
        asked = [(act, count) for act, count in self.mix if act is not Act.PLAIN]
        if not asked:
            return Act.INFORMATION
        first, count = asked[0]
        if first is Act.INFORMATION and len(asked) > 1 and asked[1][1] >= 0.75 * count:
            return asked[1][0]
        return first

    @cached_property
    def tongue(self) -> str:
        """The language most tickets are in, where that is not English; else empty."""
        return foreign_tongue([r.ticket.text for r in self.readings])

    def is_led_by(self, reading: Reading) -> bool:
        """Whether a ticket is one the story is built on: it names the subject, or leads with the act."""
        if self.tongue:
            return tongue_of(reading.ticket.text) == self.tongue
        if self.led is not None:
            return self.kind.pattern.search(reading.ticket.text) is not None
        return reading.act is self.act

    def act_of(self, reading: Reading) -> Act:
        """What a ticket wants: its own act, or the theme's where it only states something."""
        if self.led is not None and reading.act not in _OWN_ACTS:
            return self.led
        return self.act if reading.act is Act.PLAIN or self.tongue else reading.act

    @cached_property
    def stem_weights(self) -> dict[str, float]:
        heavy: dict[str, float] = {}
        for word, weight in self.weights.items():
            heavy[word[:STEM]] = max(weight, heavy.get(word[:STEM], 0.0))
        return heavy

    def likeness(self, one: Reading, other: Reading) -> float:
        """0..1: weighted overlap of what two tickets speak of; words special to the theme weigh most."""
        union = sum(self.stem_weights.get(stem, 0.0) for stem in one.stems | other.stems)
        common = sum(self.stem_weights.get(stem, 0.0) for stem in one.stems & other.stems)
        return common / union if union else 1.0

    @cached_property
    def noun(self) -> str:
        return _frequent_noun([r.need for r in self.readings], self.weights)

    @cached_property
    def speaker(self) -> str:
        """Who "you" is: people talk to an assistant as to a being, to a company as to a desk."""
        personal = sum(bool(_TO_A_BEING.search(reading.need)) for reading in self.readings)
        return "the assistant" if personal >= 0.25 * self.size else "the company"

    def seen_as(self, kind: Kind) -> "Picture":
        return replace(self, kind=kind)

    def adjuncts(self) -> list[tuple[str, int]]:
        """The theme's own circumstances in its own words ("at the atm"), with how many tickets say so."""
        return _adjuncts([r.need for r in self.readings], self.shares)


def read_theme(evidence: ThemeEvidence) -> Picture:
    """Every ticket read once; the ``members`` and ``tickets`` of ``evidence`` run in parallel."""
    shares = _document_shares([t.text for t in evidence.tickets])
    elsewhere = _document_shares([t.text for t in evidence.background])
    weights = {word: share * _lift(share, elsewhere.get(word, 0.0)) for word, share in shares.items()}
    pairs = [
        (ticket, member)
        for ticket, member in zip(evidence.tickets, evidence.theme.members, strict=True)
        if ticket.text.strip()
    ]
    if not pairs:
        raise DraftingStopped(
            f"No ticket of theme {evidence.theme.id} has any text.",
            hint="Import the column that holds the message.",
        )
    readings = tuple(_read(ticket, member, weights) for ticket, member in pairs)
    return Picture(evidence, readings, weights, shares, plain("subject"))


def _read(ticket: Ticket, member: Member, weights: dict[str, float]) -> Reading:
    need = need_of(ticket.text, weights)
    asking = asking_part(need, weights)
    acts = acts_of(asking)
    if asking != need:
        acts = tuple(dict.fromkeys((*acts, *(act for act in acts_of(need) if act is not Act.INFORMATION))))
    clause = read_clause(asking)
    return Reading(ticket, member, need, stems_of(need), acts, clause, holding(need, acts[0]))


def stems_of(text: str) -> frozenset[str]:
    """Content words cut to five letters, so that forms of one word meet."""
    return frozenset(word[:STEM] for word in words(expand(text)) if word not in STOPWORDS)


def _document_shares(texts: Sequence[str]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({word for word in words(text) if word not in STOPWORDS})
    return {word: count / len(texts) for word, count in counts.items()}


def _lift(here: float, elsewhere: float) -> float:
    """0..1: how much more often a word is said here than elsewhere."""
    return here / (here + 3 * elsewhere)


def _frequent_noun(needs: Sequence[str], weights: dict[str, float]) -> str:
    """The noun phrase after "my/the/a" that this theme says most and others least."""
    counts: Counter[str] = Counter()
    for need in needs:
        seen: set[str] = set()
        for match in _NOUN_PHRASE.finditer(need.lower()):
            head: list[str] = []
            for word in match.group(1).split():
                if word in FUNCTION_WORDS:
                    break
                head.append(word)
                seen.add(" ".join(head))
        counts.update(seen)
    least = max(_NOUN_SHARE * len(needs), 2 if len(needs) > 3 else 1)
    common = {phrase: n for phrase, n in counts.items() if n >= least}
    if not common:
        return "request"

    def worth(phrase: str) -> tuple[float, str]:
        parts = [weights.get(word, 0.0) for word in phrase.split()]
        return counts[phrase] * (sum(parts) / len(parts)) * (1 + 0.2 * (len(parts) - 1)), phrase

    return max(common, key=worth)


def _adjuncts(needs: Sequence[str], shares: dict[str, float]) -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for need in needs:
        found = {_trimmed(match.group(0)) for match in _ADJUNCT.finditer(need.lower())}
        counts.update(phrase for phrase in found if phrase)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _trimmed(phrase: str) -> str:
    parts = phrase.split()
    while parts and (parts[-1] in FUNCTION_WORDS or parts[-1] in STOPWORDS):
        parts.pop()
    return " ".join(parts) if len(parts) > 1 else ""
