"""What people said an output should have been, as cases: the input it was made from, and their words."""

from dataclasses import dataclass

from bot.domain.datasets.model import case_id_of
from bot.domain.experiments.cells import Case
from bot.domain.feedback import REASONS, TrackedOutput, Vote
from bot.services.feedback.origins import find
from bot.store import UnitOfWork

MOST_NOTED = 300  # characters of an output in the note of its case


@dataclass(frozen=True, slots=True)
class Corrections:
    """Cases with why each is proposed; ``without_input`` are corrections of outputs whose input is not kept,
    ``elsewhere`` those that a set of this place may not hold."""

    proposed: tuple[tuple[Case, str], ...]
    without_input: int = 0
    elsewhere: int = 0


async def corrections(unit: UnitOfWork, channel: str, features: frozenset[str] = frozenset()) -> Corrections:
    """Every correction that still stands, of some features' outputs or of all; ``channel`` is that of the set
    they are for, "" for an open one."""
    proposed: list[tuple[Case, str]] = []
    without_input = elsewhere = 0
    for vote in await unit.votes.corrections():
        found = await find(unit, vote.output)
        if features and (found is None or found.feature not in features):
            continue
        made = as_case(vote, found) if found is not None else None
        if found is None or made is None:
            without_input += 1
        elif found.channel not in ("", channel):
            elsewhere += 1
        else:
            proposed.append(made)
    return Corrections(tuple(proposed), without_input, elsewhere)


def as_case(vote: Vote, output: TrackedOutput) -> tuple[Case, str] | None:
    """The case that a correction makes, with all that is known of it, and why it is proposed; None where the
    output's input is not kept."""
    if not output.input:
        return None
    reasons = _reasons(vote)
    known = {"reason": reasons[0] if reasons else "", "prompt": output.prompt}
    case = Case(
        id=case_id_of(output.input),
        vars=dict(output.input),
        cluster=vote.output.partition(":")[2],
        origin=f"correction of {vote.output}",
        expected=vote.correction,
        description=_note(vote, output),
        slices={name: value for name, value in known.items() if value},
    )
    return case, f"correction of {vote.output}" + (f": {', '.join(reasons)}" if reasons else "")


def _reasons(vote: Vote) -> list[str]:
    return [REASONS[reason].lower() for reason in vote.reasons if reason in REASONS]


def _note(vote: Vote, output: TrackedOutput) -> str:
    """What was said of it, by whom, and what it had said."""
    said = " ".join(output.text.split())[:MOST_NOTED]
    by = "a user of the product" if vote.user.startswith("product:") else vote.user
    parts = [
        f"{by}: {' '.join(vote.comment.split())}" if vote.comment else f"corrected by {by}",
        f"it said: {said}" if said else "",
        f"by {output.prompt}" if output.prompt else "",
    ]
    return "; ".join(part for part in parts if part)
