"""What a support subject is like: the record an answer stands on, the facts it states, what it may not invent."""

import re
from dataclasses import dataclass
from typing import Literal

Stakes = Literal["low", "normal", "money", "safety"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One subject of support tickets. Phrases fit fixed frames in lower case:

    ``record`` "the dispatch record"; ``facts`` what a status answer states; ``causes`` what a why-answer
    chooses from; ``remedy`` a verb phrase in base form; ``rules`` what a "can I" or price answer states;
    ``check`` what is confirmed before acting; ``missing`` a clause, when nothing can be answered;
    ``invent`` what must never be made up.
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


def kind(
    key: str, pattern: str, noun: str, record: str, facts: str, causes: str, remedy: str, rules: str,
    check: str, missing: str, invent: str, stakes: Stakes = "normal",
) -> Kind:  # fmt: skip
    """A kind from one row of text; lists are split at semicolons."""
    return Kind(
        key, re.compile(pattern, re.IGNORECASE), noun, record, _split(facts), _split(causes), remedy,
        _split(rules), check, missing, invent, stakes,
    )  # fmt: skip


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";"))
