"""Things part of a theme's tickets also bring up, in their own words: what splits a theme inside."""

import re
from collections import Counter
from dataclasses import dataclass

from bot.domain.drafting.acts import Act
from bot.domain.drafting.english import base, words
from bot.domain.drafting.kinds import Kind
from bot.domain.drafting.lexicon import FUNCTION_WORDS, STOPWORDS, VERBS, word_set
from bot.domain.drafting.reading import STEM, Picture, Reading

_LEAST, _MOST = 0.07, 0.6  # share of tickets
_THING = re.compile(
    (
        r"\b(?:my|the|a|an|your|this|our|in|on|at|from|with|for|to|of|by|using|about"
        r"|into)\s+((?:[a-z][a-z'-]{1,24}\s+){0,2}[a-z][a-z'-]{1,24})\b"
    ),
    re.IGNORECASE,
)
_VAGUE = word_set(
    "account money card cards issue issues problem help thing things way time reason "
    "information details question"
    " service company customer support day days week weeks month months number please "
    "thanks today lot bit kind"
    " trouble morning afternoon evening regards team guys photo screenshot"
    " order bank app new old other another same first last next good able sure ok okay yes hi hello"
)


@dataclass(frozen=True, slots=True)
class Aspect:
    """``phrase`` as the tickets write it, and the readings that bring it up."""

    phrase: str
    readings: tuple[Reading, ...]


def aspects_of(picture: Picture, taken: str) -> list[Aspect]:
    """The aspects with the most lift first; none that ``taken`` (title, want) already names."""
    own = {word[:STEM] for word in words(taken)}
    holders: dict[str, list[Reading]] = {}
    for reading in picture.readings:
        for phrase in _things(reading.need):
            holders.setdefault(phrase, []).append(reading)
    found: list[tuple[float, Aspect]] = []
    for phrase, readings in holders.items():
        part = len(readings) / picture.size
        stems = {word[:STEM] for word in phrase.split()}
        if (
            len(readings) < 3
            or not _LEAST <= part <= _MOST
            or stems <= own
            or (stems & own and len(stems) == 1)
        ):
            continue
        lift = sum(picture.weights.get(word, 0.0) / picture.shares.get(word, 1.0) for word in phrase.split())
        lift /= len(phrase.split())
        found.append(
            (
                part * lift * (1 + 0.4 * (len(stems) - len(stems & own) - 1)),
                Aspect(_surface(phrase, readings), tuple(readings)),
            )
        )
    found.sort(key=lambda item: (-item[0], item[1].phrase))
    return [aspect for worth, aspect in found if worth > 0.02]


def _things(need: str) -> set[str]:
    found: set[str] = set()
    for match in _THING.finditer(need):
        head: list[str] = []
        for word in match.group(1).lower().split():
            if word in STOPWORDS or word in FUNCTION_WORDS or "'" in word or (not head and _acts(word)):
                break
            head.append(word)
        while head and head[-1] in VERBS:
            head.pop()
        if head and not (len(head) == 1 and (head[0] in _VAGUE or len(head[0]) < 4)):
            found.add(" ".join(head))
    return found


def _acts(word: str) -> bool:
    """A verb, or a verb in -ing, which does not open the name of a thing."""
    return word in VERBS or (word.endswith("ing") and base(word) is not None)


def _surface(phrase: str, readings: list[Reading]) -> str:
    """The commonest spelling, so that it can be found in the tickets letter by letter."""
    pattern = re.compile(r"\s+".join(map(re.escape, phrase.split())), re.IGNORECASE)
    spellings = Counter(match.group(0) for r in readings for match in pattern.finditer(r.need))
    return min(spellings, key=lambda text: (-spellings[text], text)) if spellings else phrase


def aspect_duty(act: Act, kind: Kind, phrase: str) -> str:
    """What the answer owes to an aspect, by the theme's act."""
    quoted = f"“{phrase}”"
    duties: dict[Act, str] = {
        Act.STATUS: f"it states {kind.facts[0]} for {quoted} itself, under that name",
        Act.WHY: (
            f"the cause it names can arise with {quoted}, and it says whether {kind.causes[0]} is ruled out"
        ),
        Act.HOW: f"each step works for {quoted} as it stands, and it states {kind.rules[0]}",
        Act.POSSIBLE: f"it says whether {kind.rules[0]} differs for {quoted}, with yes or no in front",
        Act.PRICE: f"it gives the sum for {quoted}, or says that {kind.record} has none for it",
        Act.ACTION: f"{quoted} goes unchanged into the read-back beside {kind.check}",
        Act.FAILURE: f"it tests whether {quoted} is behind it before {kind.causes[0]}",
        Act.DISPUTE: f"the case form holds {quoted} in the person's own words, beside {kind.facts[0]}",
        Act.DANGER: f"it notes {quoted} for the person on duty and asks no second question",
        Act.INFORMATION: f"it states {kind.facts[0]} for {quoted} itself",
        Act.COMPLAINT: f"{quoted} stands in the complaint as the person put it",
        Act.PRAISE: f"it passes {quoted} on word for word",
        Act.REPLY: f"it connects {quoted} with the question asked last",
    }
    return duties[act]


__all__ = ["Aspect", "aspect_duty", "aspects_of"]
