"""What a support subject is like: the record behind an answer, its facts, what must not be invented."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from bot.domain.drafting.english import listed

Stakes = Literal["low", "normal", "money", "safety"]

_TIMELY = re.compile(r"\b(?:dates?|days?|time|minutes|hours|until|years?|weeks|month|when|deadline|range)\b")
_AHEAD = re.compile(r"\b(?:expected|due|range|until|by which|delivery day|still needs|becomes|will|starts)\b")
_LINES = ("record", "remedy", "check", "missing", "invent")


@dataclass(frozen=True, slots=True)
class Kind:
    """One subject of support tickets. Phrases fit fixed frames in lower case:

    ``record`` "the dispatch record"; ``facts`` what a status answer states; ``causes`` what a why-answer
    chooses from; ``remedy`` a verb phrase in base form; ``rules`` what a "can I" or price answer states;
    ``check`` what is confirmed before acting; ``missing`` a clause, when nothing can be answered;
    ``invent`` what must never be made up ("that ..." a claim, "or ..." an act).
    """

    key: str
    pattern: re.Pattern[str]
    noun: str
    record: str
    facts: tuple[str, ...]
    causes: tuple[str, ...]
    remedy: str
    rules: tuple[str, ...]
    check: str
    missing: str
    invent: str
    stakes: Stakes = "normal"

    @property
    def slots(self) -> dict[str, str]:
        """Its phrases by the names that sentences of the drafter leave open."""
        return {
            "record": self.record,
            "fact": self.facts[0],
            "last_fact": self.facts[-1],
            "timely": timely_first(self.facts)[0],
            "cause": self.causes[0],
            "last_cause": self.causes[-1],
            "causes": listed(self.causes, "or"),
            "rule": self.rules[0],
            "check": self.check,
            "remedy": self.remedy,
            "missing": self.missing,
        }


def timely_first(facts: Sequence[str]) -> list[str]:
    """The facts that answer "when" ahead of the others, what is still to come ahead of what was."""
    return sorted(facts, key=lambda fact: (not _AHEAD.search(fact), not _TIMELY.search(fact)))


def kinds(text: str) -> tuple[Kind, ...]:
    """Kinds from paragraphs: the key, then indented ``field value`` lines; a deeper line goes on.

    ``words`` lines are alternatives of one regular expression; lists are split at semicolons.
    """
    return tuple(_kind(paragraph) for paragraph in re.split(r"\n\s*\n", text.strip("\n")))


def _kind(paragraph: str) -> Kind:
    key, *lines = paragraph.splitlines()
    values: dict[str, list[str]] = defaultdict(list)
    field = ""
    for line in lines:
        name, value = line[2:11].strip(), line[11:]
        if field == "words" and not name:  # goes on inside one alternative
            values[field][-1] += value
            continue
        field = name or field
        values[field].append(value)
    joined = {name: " ".join(parts) for name, parts in values.items()}
    return Kind(
        key=key,
        pattern=re.compile("|".join(values["words"]), re.IGNORECASE),
        noun=joined.get("noun", key),
        stakes=cast("Stakes", joined.get("stakes", "normal")),
        facts=_items(joined["facts"]),
        causes=_items(joined["causes"]),
        rules=_items(joined["rules"]),
        **{name: joined[name] for name in _LINES},
    )


def _items(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";"))


def plain(noun: str) -> Kind:
    """What can be said of any subject by its name alone."""
    return Kind(
        key=noun,
        pattern=re.compile(r"(?!)"),
        noun=noun,
        record=f"the team's notes on the {noun}",
        facts=(f"what is known about the {noun}", "the date it was last checked"),
        causes=("the cause written in the notes", "a cause still being looked for"),
        remedy="name the person who looks into it",
        rules=(f"what holds for the {noun}", "the exceptions"),
        check=f"the {noun} meant",
        missing=f"the notes say nothing on the {noun}",
        invent="an answer the notes do not hold",
    )
