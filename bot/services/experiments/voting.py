"""Blind votes: cases on which two arms differ, their outputs shuffled; people's choices, counted."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.experiments.cells import Cell, CellKey
from bot.domain.experiments.experiment import BlindCase, VoteCount
from bot.domain.experiments.report import ExperimentReport
from bot.errors import InputError, NotFound
from bot.store.ballots import KeptBallot, KeptVote

CHOICES = ("left", "right", "both", "neither")


@dataclass(frozen=True, slots=True)
class Ballot:
    """``id`` is "B-4". ``closed_by`` "" while people vote."""

    id: str
    experiment: str
    baseline: str
    candidate: str
    cases: tuple[BlindCase, ...]
    by: str
    closed_by: str = ""


def number_of(ballot_id: str) -> int:
    """Raises NotFound for what is no ballot's id."""
    digits = ballot_id.upper().removeprefix("B-")
    if not digits.isdecimal():
        raise NotFound(f"There is no vote {ballot_id[:20]}.", hint="Open one from an experiment's card.")
    return int(digits)


def pairs(report: ExperimentReport) -> list[tuple[str, str]]:
    """(baseline, candidate) that both have outputs."""
    told = {cell.key.arm for cell in report.cells if cell.output}
    base = report.conclusion.baseline
    if base not in told:
        return []
    return [(base, arm.arm.id) for arm in report.plan.arms if arm.arm.id != base and arm.arm.id in told]


def choose_cases(
    report: ExperimentReport, pair: tuple[str, str], most: int, seed: str
) -> list[tuple[str, str, str]]:
    """(case, left, right) for the cases to vote on: those the statistics call instructive first, then others
    whose outputs differ. Sides are drawn by ``seed`` and case.

    Raises:
        InputError: both arms say the same on every case.
    """
    outputs = first_outputs(report.cells)
    differing = [
        case.id
        for case in report.plan.cases
        if _told(outputs, pair[0], case.id) != _told(outputs, pair[1], case.id)
        and all((arm, case.id) in outputs for arm in pair)
    ]
    if not differing:
        raise InputError(
            f"{pair[0]} and {pair[1]} say the same on every case.", hint="There is nothing to vote on."
        )
    instructive = [each.case for each in report.conclusion.disagreements if each.case in differing]
    rest = sorted(set(differing) - set(instructive), key=lambda case: _draw(seed, case))
    chosen = [*instructive, *rest][:most]
    return [(case, *(pair if _draw(seed, case) % 2 else pair[::-1])) for case in chosen]


def first_outputs(cells: Sequence[Cell]) -> dict[tuple[str, str], Cell]:
    """The first repeat with an output, by (arm, case)."""
    found: dict[tuple[str, str], Cell] = {}
    for cell in sorted(cells, key=lambda cell: cell.key.repeat, reverse=True):
        if cell.output and not cell.error:
            found[cell.key.arm, cell.key.case] = cell
    return found


def shown(kept: KeptBallot, inputs: Mapping[str, str], cells: Sequence[Cell]) -> Ballot:
    """The ballot with its outputs; ``inputs`` by case id."""
    outputs = first_outputs(cells)
    cases = tuple(
        BlindCase(
            kept.experiment, case, inputs.get(case, case), left, right,
            _told(outputs, left, case), _told(outputs, right, case),
        )
        for case, left, right in kept.cases
    )  # fmt: skip
    return Ballot(
        f"B-{kept.number}",
        kept.experiment,
        kept.baseline,
        kept.candidate,
        cases,
        kept.opened_by,
        kept.closed_by,
    )


def check_vote(ballot: Ballot, number: int, choice: str) -> None:
    """``number`` counts from 1.

    Raises:
        InputError: no such case or choice, or the vote is closed.
    """
    if ballot.closed_by:
        raise InputError("That vote is closed.", hint="Its result stands above.")
    if not 1 <= number <= len(ballot.cases) or choice not in CHOICES:
        raise InputError("That is none of the choices.", hint="Press one of the buttons under a case.")


def voted(ballot: Ballot, votes: Sequence[KeptVote]) -> list[int]:
    """How many voted on each case so far."""
    by_case = Counter(vote.case_number for vote in votes)
    return [by_case[number] for number in range(1, len(ballot.cases) + 1)]


def count(ballot: Ballot, votes: Sequence[KeptVote], cells: Sequence[Cell]) -> VoteCount:
    """Tallies, and how often a choice agrees with the scores where those differ."""
    outputs = first_outputs(cells)
    chosen = [(ballot.cases[vote.case_number - 1], vote) for vote in votes]
    arms = Counter(_arm(case, vote.choice) for case, vote in chosen)
    agreeing = [
        agreed for case, vote in chosen if (agreed := _agrees(case, vote.choice, outputs)) is not None
    ]
    sides = Counter((case.case, vote.choice) for case, vote in chosen)
    return VoteCount(
        ballot.baseline,
        ballot.candidate,
        wins=arms[ballot.candidate],
        losses=arms[ballot.baseline],
        both=arms["both"],
        neither=arms["neither"],
        voters=len({vote.user for vote in votes}),
        agree=sum(agreeing) / len(agreeing) if agreeing else None,
        judged=len(agreeing),
        by_case={case.case: (sides[case.case, "left"], sides[case.case, "right"]) for case in ballot.cases},
    )


def labels(ballot: Ballot, votes: Sequence[KeptVote]) -> list[tuple[CellKey, str, bool]]:
    """What votes say of single outputs, (cell, user, passed): "both" and "neither" say it of both; that one
    is better than the other says nothing about whether either is right."""
    return [
        (CellKey(arm, ballot.cases[vote.case_number - 1].case), vote.user, vote.choice == "both")
        for vote in votes
        if vote.choice in {"both", "neither"}
        for arm in (ballot.baseline, ballot.candidate)
    ]


def _arm(case: BlindCase, choice: str) -> str:
    """The arm that was chosen; "both" and "neither" stay what they are."""
    return {"left": case.left, "right": case.right}.get(choice, choice)


def _agrees(case: BlindCase, choice: str, outputs: Mapping[tuple[str, str], Cell]) -> bool | None:
    left, right = outputs.get((case.left, case.case)), outputs.get((case.right, case.case))
    if left is None or right is None or left.score is None or right.score is None:
        return None
    if left.score == right.score or choice not in {"left", "right"}:
        return None
    return bool(left.score > right.score) == (choice == "left")


def _told(outputs: Mapping[tuple[str, str], Cell], arm: str, case: str) -> str:
    cell = outputs.get((arm, case))
    return cell.output if cell else ""


def _draw(seed: str, case: str) -> int:
    return hashlib.sha256(f"{seed}:{case}".encode()).digest()[0]
