"""Eight weeks of an invented product's calls: the sample's questions answered by the sample's first prompt.

What is wrong with that prompt shows in them: it names the wrong day on which boxes lock, and knows nothing of
damage, cancelling or safety. The same day gives the same calls, votes and labels.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from importlib import resources

from bot.domain.feedback import BUTTON, Explanation, Given, Mark
from bot.domain.feedback.labelling import Label, Opinion
from bot.domain.interactions import Interaction, Outcome
from bot.domain.pseudonyms import product_user
from bot.sample.dice import Dice

CALLS, DAYS, USERS = 600, 56, 170
LABELLED = 60
HANDED_ON = "I do not know that. Shall I pass you on to a person?"
MODEL = "small-b-0611"
TIMEOUT = "timeout after 10 s"
_KEY = b"invented people"

GOOD = (Outcome.ACCEPTED, Outcome.EDITED, Outcome.OVERRIDDEN, Outcome.ESCALATED, Outcome.UNKNOWN)
OUTCOMES = {"right": (71, 17, 2, 3, 7), "wrong": (12, 33, 36, 11, 8), "passed on": (4, 4, 14, 70, 8)}
"""How often each outcome of GOOD follows; wrong answers are mostly noticed, not always."""
VOTES = {"right": (0.24, 0.93), "wrong": (0.5, 0.14), "passed on": (0.3, 0.4)}
"""How many vote, and how many of those are glad."""
SURE = {"right": (68, 98), "wrong": (60, 95), "passed on": (15, 55)}
"""Confidence in percent: it is as sure of the wrong day as of the right one."""
WHY = {
    "wrong": (("wrong_facts",), "It is not what the e-mail says"),
    "passed on": (("missed_the_point",), "That is answered on the help page"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its topic, the first prompt's answer to it, what the second one would say ("" where
    that says nothing), and how good the first is: "right", "wrong" or "passed on"."""

    text: str
    topic: str
    answer: str
    better: str
    quality: str


@dataclass(frozen=True, slots=True)
class Calls:
    """What came in over eight weeks, and what people made of it."""

    interactions: tuple[Interaction, ...]
    given: tuple[Given, ...]
    labels: tuple[Label, ...]
    solved: tuple[tuple[datetime, float, int], ...] = field(default=())
    """The business metric day by day: when, questions solved without a person, of how many."""


def calls(feature: str, until: datetime, *, prompt: str, fingerprint: str = "", labeller: str) -> Calls:
    """The eight weeks before the day of ``until``, oldest first."""
    midnight = until.replace(hour=0, minute=0, second=0, microsecond=0)
    dice = Dice(f"calls|{feature}")
    questions = load_questions()
    drawn = [_call(Dice(f"call|{number}"), questions, midnight, number) for number in range(CALLS)]
    found = [
        (replace(call, feature=feature, prompt=prompt, fingerprint=fingerprint), question)
        for call, question in sorted(drawn, key=lambda pair: pair[0].at)
    ]
    given = tuple(each for call, question in found for each in _votes(call, question))
    looked_at = dice.shuffled([pair for pair in found if not pair[0].error])[:LABELLED]
    labels = tuple(_label(call, question, labeller) for call, question in looked_at)
    return Calls(tuple(call for call, _ in found), given, labels, tuple(_solved(found, midnight)))


@cache
def load_questions() -> tuple[Question, ...]:
    folder = resources.files("bot.sample") / "assistant"
    first, second = (_known((folder / f"reply-{version}.txt").read_text("utf-8")) for version in (1, 2))
    rows = list(csv.DictReader((folder / "questions.csv").read_text("utf-8").splitlines()))
    return tuple(
        _question(row["message"], row["expected"], row["slice_topic"], first, second) for row in rows
    )


def _known(prompt: str) -> list[str]:
    """The lines that a prompt knows."""
    return [line.removeprefix("- ") for line in prompt.splitlines() if line.startswith("- ")]


def _question(text: str, expected: str, topic: str, first: list[str], second: list[str]) -> Question:
    wanted = expected.removeprefix("icontains: ")
    if wanted == "person":
        return Question(text, topic, HANDED_ON, "", "right")
    right = next((line for line in first if wanted in line.lower()), "")
    better = right or next((line for line in second if wanted in line.lower()), "")
    if right:
        return Question(text, topic, right, better, "right")
    if topic == "cut-off":
        return Question(text, topic, first[0], better, "wrong")
    return Question(text, topic, HANDED_ON, better, "passed on")


def _call(
    dice: Dice, questions: tuple[Question, ...], midnight: datetime, number: int
) -> tuple[Interaction, Question]:
    """More come lately, and more of them ask when boxes lock."""
    ago = min(dice.between(1, DAYS), dice.between(1, DAYS + 40))
    asked = (
        [each for each in questions if each.topic == "cut-off"]
        if ago < 20 and dice.chance(0.1)
        else questions
    )
    question = dice.pick(asked)
    at = midnight - timedelta(days=ago) + timedelta(hours=dice.between(6, 22), seconds=dice.between(0, 3599))
    user = product_user(f"grower {dice.below(USERS) * dice.below(USERS) // USERS}", _KEY)
    failed = dice.chance(0.015)
    known = Interaction(
        id=f"call-{number + 1:03}",
        feature="",
        at=at,
        input=question.text,
        model=MODEL,
        latency_ms=10_000.0 if failed else _wait(dice),
        cost=dice.between(18, 46) / 10_000,
        input_tokens=dice.between(310, 380),
        user=user,
        segment={"topic": question.topic, "plan": dice.pick(("Mild", "Full", "School"))},
        error=TIMEOUT if failed else "",
    )
    return (known if failed else _answered(known, question, dice)), question


def _answered(call: Interaction, question: Question, dice: Dice) -> Interaction:
    outcome = dice.weighted(GOOD, OUTCOMES[question.quality])
    edited = outcome is Outcome.EDITED
    return replace(
        call,
        output=question.answer,
        output_tokens=len(question.answer) // 4,
        confidence=dice.between(*SURE[question.quality]) / 100,
        outcome=outcome,
        final=_edited(question, dice) if edited else "",
    )


def _edited(question: Question, dice: Dice) -> str:
    """What a person sends instead: the right line, or the same with a word of their own."""
    if question.better and question.better != question.answer:
        return question.better
    return dice.pick(("Hello. {}", "{} Tell us how it goes.", "{} Your Sillgrove team")).format(
        question.answer
    )


def _wait(dice: Dice) -> float:
    """Milliseconds: most near a second, some far longer."""
    return 420.0 + dice.between(0, 600) + dice.between(0, 40) ** 2 * dice.chance(0.5)


def _votes(call: Interaction, question: Question) -> Iterator[Given]:
    dice = Dice(f"vote|{call.id}")
    many, glad = VOTES[question.quality]
    if call.error or not dice.chance(many):
        return
    at = call.at + timedelta(minutes=dice.between(1, 40))
    up = dice.chance(glad)
    yield Given(call.name, call.user, Mark(BUTTON, "up" if up else "down", at))
    if not up and question.quality in WHY and dice.chance(0.7):
        reasons, comment = WHY[question.quality]
        said = comment if dice.chance(0.5) else ""
        better = question.better if dice.chance(0.6) else ""
        yield Given(call.name, call.user, Explanation(at, reasons, said, better))


def _label(call: Interaction, question: Question, labeller: str) -> Label:
    """Whoever labels knows the answers, and is unsure where the prompt passes on what it should know."""
    doubtful = question.quality == "passed on" and Dice(f"label|{call.id}").chance(0.3)
    opinion = Opinion.AGREE if question.quality == "right" else Opinion.DISAGREE
    return Label(call.name, labeller, Opinion.UNSURE if doubtful else opinion, call.at + timedelta(hours=4))


def _solved(
    found: list[tuple[Interaction, Question]], midnight: datetime
) -> Iterator[tuple[datetime, float, int]]:
    for ago in range(DAYS, 0, -1):
        day = midnight - timedelta(days=ago)
        asked = [call for call, _ in found if day <= call.at < day + timedelta(days=1)]
        if asked:
            alone = sum(call.outcome in {Outcome.ACCEPTED, Outcome.EDITED} for call in asked)
            yield day + timedelta(hours=23), float(alone), len(asked)
