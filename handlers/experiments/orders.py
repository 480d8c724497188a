"""Reading what is typed behind `exp run`: prompts, models, a set of cases, repeats, a cap."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.experiments.experiment import (
    DEFAULT_CAP,
    QUICK_CASES,
    SPRINT_ARMS,
    SPRINT_DAYS,
    Order,
)
from bot.errors import InputError
from handlers.words import split_words

EXAMPLE = "exp run reply@3 reply@4 on gpt,claude set refunds k=3 max $2"
SPRINT = "exp sprint reply@3 reply@4 reply@5 set refunds until 2026-12-04 max $2"
MOST_REPEATS, MOST_CASES, MOST_CAP = 10, 5_000, 500.0
_MONEY = re.compile(r"\$?(\d{1,4}(?:\.\d{1,2})?)\$?")
_REPEATS = re.compile(r"k=(\d{1,3})", re.IGNORECASE)
_NOISE = {"please", "run", "with", "and", "vs", "versus", "against", "cases", "case", "minutes", "min"}


@dataclass(frozen=True, slots=True)
class ExperimentWanted:
    """The words of an order, nothing looked up yet. ``cap`` is None where none was said; ``quick`` stands for
    20 cases once."""

    prompts: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    dataset: str = ""
    repeats: int = 1
    cases: int | None = None
    cap: float | None = None
    base: str = ""
    goal: str = ""
    ends_on: date | None = None


def parse_run(text: str) -> ExperimentWanted:
    """Reads "reply@3 reply@4 on gpt,claude set refunds k=3 max $2 base reply@3".

    Raises:
        InputError: a word that means nothing here, or a number out of range, naming it.
    """
    words, wanted, position = split_words(text), ExperimentWanted(), 0
    while position < len(words):
        taken, wanted = _take(words[position:], wanted)
        position += taken
    return wanted


def parse_quick(text: str) -> ExperimentWanted:
    """As ``parse_run``: 20 cases, once, unless said otherwise."""
    wanted = parse_run(text)
    return replace(
        wanted, cases=wanted.cases or QUICK_CASES, cap=DEFAULT_CAP if wanted.cap is None else wanted.cap
    )


def check_sprint(order: Order, today: date) -> None:
    """Raises InputError where it has too few or too many arms, or ends on a day that does not do."""
    if wrong := wrong_arms(order) or wrong_end(order, today):
        raise InputError(wrong, hint=f"For example: {SPRINT}")


def wrong_arms(order: Order) -> str:
    """What is wrong with the arms of a sprint, "" for nothing."""
    fewest, most = SPRINT_ARMS
    if fewest <= order.arms <= most:
        return ""
    return f"A sprint compares {fewest} to {most} arms (prompts times models), not {order.arms}."


def wrong_end(order: Order, today: date) -> str:
    """What is wrong with the day on which a sprint ends, "" for nothing."""
    if order.ends_on is None:
        return "Choose the day on which the sprint ends."
    if today < order.ends_on <= today + timedelta(days=SPRINT_DAYS):
        return ""
    return f"A sprint ends on a day from tomorrow on, at most {SPRINT_DAYS} days from now."


def _take(words: Sequence[str], wanted: ExperimentWanted) -> tuple[int, ExperimentWanted]:
    """Understands the first word with what follows it; how many words that took, and what is known then."""
    word, following = words[0].lower(), words[1] if len(words) > 1 else ""
    if found := _REPEATS.fullmatch(word):
        return 1, replace(wanted, repeats=_within(int(found[1]), 1, MOST_REPEATS, "k"))
    if word in {"on", "models", "model"}:
        return 2, replace(wanted, models=(*wanted.models, *_listed(following, "on", "on gpt,claude")))
    if word in {"set", "cases", "dataset"} and following and not following.isdigit():
        return 2, replace(wanted, dataset=following)
    if word in {"max", "cap"}:
        return 2, replace(wanted, cap=_money(following))
    if word == "base":
        return 2, replace(wanted, base=_said(following, "base", "base reply@3"))
    if word == "first":
        return 2, replace(wanted, cases=_number(following, "first"))
    if word in {"until", "ends"}:
        return 2, replace(wanted, ends_on=_day(following))
    if word in {"because", "goal"}:
        return len(words), replace(wanted, goal=" ".join(words[1:]))
    if word.isdigit() and following.lower() in {"cases", "case"}:
        return 2, replace(wanted, cases=_within(int(word), 1, MOST_CASES, "cases"))
    if word in _NOISE:
        return 1, wanted
    return 1, replace(wanted, prompts=(*wanted.prompts, *_listed(words[0], "", EXAMPLE)))


def _listed(text: str, word: str, example: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in _said(text, word, example).split(",") if part.strip())
    if not parts:
        raise InputError(f"“{text}” names nothing.", hint=f"For example: {example}")
    return parts


def _said(text: str, word: str, example: str) -> str:
    if not text:
        raise InputError(f"Something is missing behind “{word}”.", hint=f"For example: {example}")
    return text


def _money(text: str) -> float:
    found = _MONEY.fullmatch(text)
    if found is None or not 0 <= float(found[1]) <= MOST_CAP:
        raise InputError(
            f"“max {text}” is no amount of money up to ${MOST_CAP:.0f}.", hint="For example: max $2"
        )
    return float(found[1])


def _number(text: str, word: str) -> int:
    if not text.isdigit():
        raise InputError(f"“{word} {text}” needs a number.", hint="For example: first 20")
    return _within(int(text), 1, MOST_CASES, word)


def _within(value: int, low: int, high: int, name: str) -> int:
    if low <= value <= high:
        return value
    raise InputError(f"{name} goes from {low} to {high}, not {value}.", hint=f"For example: {EXAMPLE}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"“{text}” is no day.", hint="For example: until 2026-12-04") from None
