"""What stands behind `/plumb fb summary`: a feature and a span of time, in whatever order."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.errors import InputError
from handlers.words import nearest

DAYS = 30
MOST_DAYS = 730
UNITS = {"h": 1 / 24, "d": 1, "w": 7, "m": 30, "q": 91, "y": 365}
OWN = {"story": "story", "stories": "story", "theme": "themes", "themes": "themes",
       "exp": "experiment", "experiment": "experiment", "experiments": "experiment",
       "message": "message", "messages": "message"}  # fmt: skip
"""The bot's own outputs, as people call them, and their kind."""
NOISE = frozenset({"for", "of", "on", "about", "the", "in", "from", "over", "last", "past", "please", "all"})
_SPAN = re.compile(r"\b(\d{1,3})\s*(h|d|w|m|hours?|days?|weeks?|months?|quarters?|years?)\b")
_ONE = re.compile(r"\b(?:last|past|this)\s+(day|week|month|quarter|year)\b")


@dataclass(frozen=True, slots=True)
class Asked:
    """``feature`` "" stands for all of them; it may be a kind of the bot's own outputs, such as "story"."""

    feature: str = ""
    days: float = DAYS

    @property
    def about(self) -> str:
        """As buttons carry it."""
        return f"{self.feature} last {self._length(short=True)}".strip()

    @property
    def span(self) -> str:
        return f"the last {self._length()}"

    def _length(self, *, short: bool = False) -> str:
        number, unit = (self.days, "day") if self.days == round(self.days) else (self.days * 24, "hour")
        if short:
            return f"{number:g}{unit[0]}"
        return unit if number == 1 else f"{number:g} {unit}s"


def parse_asked(text: str, features: Collection[str], command: str) -> Asked:
    """Reads "reply last 30d", "last 4 weeks for reply", "stories".

    Raises:
        InputError: a word that is no feature's name, with the nearest one.
    """
    words = [word.strip("\"'“”,.") for word in text.lower().split()]
    known = {feature.lower(): feature for feature in features}
    named = next((word for word in words if word in known), "")
    name = known.get(named, "")
    days, rest = _days(" ".join(word for word in words if word != named))
    others = [word for word in rest.split() if word not in NOISE]
    if not name and others and others[0] in OWN:
        name = OWN[others.pop(0)]
    if others:
        raise _unknown(others[0], features, command)
    return Asked(name, days)


def _days(text: str) -> tuple[float, str]:
    """The span and the words without it."""
    if found := _SPAN.search(text):
        days = int(found[1]) * UNITS[found[2][0]]
        if not 0 < days <= MOST_DAYS:
            raise InputError(f"“{found[0]}” is no span that I look at.", hint="For example: last 30d")
        return days, _SPAN.sub(" ", text)
    if one := _ONE.search(text):
        return UNITS[one[1][0]], _ONE.sub(" ", text)
    return DAYS, text


def _unknown(word: str, features: Collection[str], command: str) -> InputError:
    guess = nearest(word, {*features, *OWN})
    there = ", ".join(sorted(features)[:8])
    known = f"There are {there}." if there else "No product sends its outputs yet; stories can be judged."
    hint = f"Did you mean {guess}?" if guess else known
    return InputError(f"There is no feature “{word}”.", hint=f"{hint} /{command} fb summary shows all of it.")
