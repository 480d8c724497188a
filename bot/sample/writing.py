"""From a wording to what one person wrote: choices made, slots filled, slips of the thumb."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.sample.catalogue import Message, Need
from bot.sample.days import local, month, spoken, version, weekday
from bot.sample.dice import Dice
from bot.sample.people import Person

LONGEST_WITH_ADDS = 160
SLIPS = 0.25
"""Share of a wording's later uses, in English, that carry a misspelling."""

_CHOICE = re.compile(r"\{([^{}]*\|[^{}]*)\}")
_SLOT = re.compile(r"\{(\w+)\}")
_WORD_OR_SLOT = re.compile(r"\{\w+\}|[a-z]{5,}")
_OWN_GREETING = re.compile(
    r"(?i)(?:hi|hiya|hello|hey|dear|good|guten|hallo|moin|hola|buen|morning|thank|ta\b|gracias)"
)


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a wording: the ``turn``-th, at ``instant``."""

    need: Need
    message: Message
    turn: int
    instant: datetime


def write(use: Use, person: Person, channel: str, letters: Mapping[str, Any]) -> str:
    """The ticket's text, as this person would send it."""
    dice = Dice(f"{use.need.name}|{use.message.text}|{use.turn}")
    text = _chosen(use.message.text, use.turn)
    if use.message.language == "en":
        text = _with_adds(text, use, dice)
        if use.turn and dice.chance(SLIPS):
            text = _slip(text, dice)
    if channel == "email":
        text = _as_letter(text, letters[use.message.language], dice)
    return fill(text, dice, person, use.instant)


def fill(text: str, dice: Dice, person: Person, instant: datetime) -> str:
    """``text`` with every ``{slot}`` replaced. A slot nobody knows is a KeyError naming it."""
    slots = _Slots(dice, person, instant)
    return _SLOT.sub(lambda match: slots[match[1]], text)


class _Slots:
    def __init__(self, dice: Dice, person: Person, instant: datetime) -> None:
        today, language = local(instant).date(), person.language
        past = today - timedelta(days=dice.between(4, 12))
        future = today + timedelta(days=dice.between(5, 20))
        self._values = {
            "first": person.first,
            "last": person.last,
            "name": person.name,
            "email": person.email,
            "phone": person.phone or person.email,
            "address": person.address,
            "city": person.city,
            "plan": person.plan,
            "price": f"{person.money}{person.price}",
            "double": f"{person.money}{2 * person.price}",
            "serial": person.serial,
            "order": f"ORD-{dice.between(410_000, 489_999)}",
            "batch": f"{dice.between(300, 480):04d}",
            "octet": str(dice.between(20, 240)),
            "version": version(today, 0),
            "ago": spoken(dice, past, language, person.country),
            "soon": spoken(dice, future, language, person.country),
            "day": weekday(dice, language),
            "month": month(today, language),
            "nextmonth": month(today, language, ahead=1),
        }

    def __getitem__(self, slot: str) -> str:
        return self._values[slot]


def _chosen(text: str, turn: int) -> str:
    """Each ``{this|that}`` decided; another one each time the wording is used."""

    def decide(match: re.Match[str]) -> str:
        options = match[1].split("|")
        return options[turn % len(options)]

    return _CHOICE.sub(decide, text)


def _with_adds(text: str, use: Use, dice: Dice) -> str:
    """A short message goes on, more often when its wording was used before."""
    if len(text) > LONGEST_WITH_ADDS or "\n" in text or not use.need.adds or use.message.by:
        return text
    if not dice.chance(0.7 if use.turn else 0.2):
        return text
    said = set(_SLOT.findall(text))
    fresh = [add for add in use.need.adds if said.isdisjoint(_SLOT.findall(add))]
    for add in dice.shuffled(fresh)[: 2 if dice.chance(0.2) else 1]:
        text = _joined(text, add, dice)
    return text


def _joined(text: str, add: str, dice: Dice) -> str:
    """Somebody who starts in small letters goes on in them."""
    casual = text[0].islower()
    if casual:
        add = add.lower().removesuffix(".")
    if text[-1].isalnum() or text[-1] == "}":
        return text + (dice.pick((" ", ", ", "\n", " - ")) if casual else ". ") + add
    return f"{text} {add}"


def _slip(text: str, dice: Dice) -> str:
    """One long word with two letters swapped, one left out or one doubled; slots stay whole."""
    words = [match for match in _WORD_OR_SLOT.finditer(text) if not match[0].startswith("{")]
    if not words:
        return text
    word = dice.pick(words)
    at = word.start() + dice.between(1, len(word[0]) - 3)
    first, second = text[at], text[at + 1]
    return text[:at] + dice.pick((second + first, second, first + first + second)) + text[at + 2 :]


def _as_letter(text: str, letters: Mapping[str, list[str]], dice: Dice) -> str:
    """A greeting and a name around it, where the writer gave none."""
    signed = "\n" in text or "{name}" in text[-60:] or "{first}" in text[-20:]
    if not signed and dice.chance(0.55):
        text = f"{text}\n\n{dice.pick(letters['close'])}"
    if not _OWN_GREETING.match(text) and not text.startswith(">") and dice.chance(0.45):
        text = f"{dice.pick(letters['open'])}\n\n{text}"
    return text
