"""Draws labelled sentences from templates, pools of names and addresses, and real support sentences."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.redaction.features import TOKEN
from bot.domain.redaction.masks import mask
from bot.domain.redaction.placeholders import settle
from bot.domain.redaction.structured import find_structured
from bot.domain.redaction.training.dice import Dice
from bot.domain.redaction.training.slots import Slots
from bot.domain.redaction.training.templates import GROUPS, lines

LABELS = "OPA"
_SHARES = (0.3, 0.14, 0.08, 0.05, 0.06, 0.08, 0.13, 0.16)  # the groups, real sentences, whole chats
_IN_CHATS = (0.4, 0.25, 0.1, 0.05, 0.2, 0.0)
_GLUE = ("\n", "\n", " \n", " ", ". ", "\n\n")
_SLOT = re.compile(r"\{([A-Z])\}")
_FALLBACK = (
    "i still wait for an answer",
    "it does not work",
    "please help",
    "where is my order",
    "thank you",
)

Marks = list[tuple[int, int, str]]
"""Start, end and label of each person and address."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text and one label per token of ``features.tokenize``: O, P(erson) or A(ddress)."""

    text: str
    labels: str


class Corpus:
    """Everything follows from the seed and the real sentences given."""

    def __init__(self, seed: int, real: Sequence[str]) -> None:
        self.dice = Dice(seed)
        self.real = real or _FALLBACK
        self.slots = Slots(self.dice, seed, self.real)
        self.groups = tuple(lines(group) for group in GROUPS)

    def draw(self, size: int) -> Iterator[Sentence]:
        """``size`` sentences: about people, addresses or neither, real ones, whole chats."""
        for _ in range(size):
            kind = self.dice.weighted(_SHARES)
            if kind < len(self.groups):
                yield self.filled(self.dice.pick(self.groups[kind]))
            elif kind == len(self.groups):
                yield self.styled(self.slots.mistyped(self.dice.pick(self.real)), [])
            else:
                yield self.filled(self.chat())

    def chat(self) -> str:
        """A template of several lines or sentences: a chat, a rambling mail, with or without a person."""
        turns = ["{B}"] * self.dice.between(1, 5)
        for _ in range(self.dice.below(4)):
            group = self.groups[self.dice.weighted(_IN_CHATS)]
            turns.insert(self.dice.below(len(turns) + 1), self.dice.pick(group))
        return self.dice.pick(_GLUE).join(turns)

    def filled(self, template: str) -> Sentence:
        """A template with every slot filled, people and addresses marked."""
        pool, place = self.slots.locale()
        text, at = "", 0
        marks: Marks = []
        for slot in _SLOT.finditer(template):
            text += template[at : slot.start()]
            value = self.slots.value(slot[1], pool, place)
            if slot[1] in "PFA":
                marks.append((len(text), len(text) + len(value), "A" if slot[1] == "A" else "P"))
            text += value
            at = slot.end()
        return self.styled(text + template[at:], marks)

    def styled(self, text: str, marks: Marks) -> Sentence:
        """As written, all lower case, shouted, or with the names alone in another case."""
        style = self.dice.weighted((0.54, 0.3, 0.04, 0.06, 0.06))
        if style in (1, 2):
            text = _recased(text, str.lower if style == 1 else str.upper)
        elif style in (3, 4):
            for start, end, _ in marks:
                change = str.upper if style == 3 else str.lower
                text = text[:start] + _recased(text[start:end], change) + text[end:]
        text = mask(text, settle(text, find_structured(text)))
        starts = (match.start() for match in TOKEN.finditer(text))
        return Sentence(text, "".join(_label(at, marks) for at in starts))


def _label(at: int, marks: Marks) -> str:
    return next((label for start, end, label in marks if start <= at < end), "O")


def _recased(text: str, change: Callable[[str], str]) -> str:
    """In another case where that keeps every position (it does not for some letters)."""
    changed = change(text)
    return changed if len(changed) == len(text) else text
