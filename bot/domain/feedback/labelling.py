"""Which outputs to lay before somebody next, and what they said of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import blake2b

from bot.domain.feedback.outputs import TrackedOutput
from bot.domain.feedback.votes import Vote

LOW = 0.5
"""A product's own confidence below which an output is worth a look."""


class Opinion(StrEnum):
    """Whether somebody agrees with an output: would it have been theirs?"""

    AGREE = "agree"
    DISAGREE = "disagree"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Label:
    """What one person said of one output; ``label`` is a value of Opinion, the note redacted."""

    output: str
    user: str
    label: str
    at: datetime
    note: str = ""


class Why(StrEnum):
    """Why an output is worth a label, the most telling first."""

    DISPUTED = "people disagree about it"
    UNEXPLAINED = "somebody disliked it without a reason"
    UNCERTAIN = "the product was not sure of it"
    DRAWN = "drawn at random"


@dataclass(frozen=True, slots=True)
class Queued:
    """An output with the reason why it is worth a label, and how people voted."""

    output: TrackedOutput
    why: Why
    up: int = 0
    down: int = 0


def queue(
    outputs: Iterable[TrackedOutput],
    votes: Iterable[Vote],
    labelled: Collection[str],
    user: str,
    day: date,
    size: int = 10,
) -> list[Queued]:
    """The next ``size`` outputs for this person: disputed, then disliked without a reason, then uncertain,
    then drawn at random. Within each the order is random too, another one for every person, the same all day:
    two who label at once do not do the same ones first, and nobody sees only the newest.

    ``labelled`` are the outputs this person has labelled; those without text are left out, for there is
    nothing to look at.
    """
    by_output: dict[str, list[Vote]] = {}
    for vote in votes:
        by_output.setdefault(vote.output, []).append(vote)
    found = [
        _queued(output, by_output.get(output.name, ()))
        for output in outputs
        if output.text and output.name not in labelled
    ]
    order = {why: place for place, why in enumerate(Why)}
    found.sort(key=lambda each: (order[each.why], _draw(each.output.name, user, day)))
    return found[:size]


def _queued(output: TrackedOutput, votes: Sequence[Vote]) -> Queued:
    up = sum(vote.thumb == "up" for vote in votes)
    down = len(votes) - up
    return Queued(output, _why(output, votes, up, down), up, down)


def _why(output: TrackedOutput, votes: Sequence[Vote], up: int, down: int) -> Why:
    if up and down:
        return Why.DISPUTED
    if any(vote.thumb == "down" and not (vote.reasons or vote.comment or vote.correction) for vote in votes):
        return Why.UNEXPLAINED
    if output.confidence is not None and output.confidence < LOW:
        return Why.UNCERTAIN
    return Why.DRAWN


def _draw(name: str, user: str, day: date) -> bytes:
    return blake2b(f"{name}\n{user}\n{day}".encode("utf-8", "replace"), digest_size=8).digest()


def labels_by_output(labels: Iterable[Label]) -> Mapping[str, Mapping[str, str]]:
    """What each person said, by output and person."""
    found: dict[str, dict[str, str]] = {}
    for label in labels:
        found.setdefault(label.output, {})[label.user] = label.label
    return found
