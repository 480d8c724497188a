"""Labels: each move is a row of a log, and where a label stands is its last move."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.experiments.results import VerdictKind
from bot.domain.prompts.reference import PRODUCTION


@dataclass(frozen=True, slots=True)
class LabelMove:
    """Who moved a label, when, from where to where, and on what grounds: a mark on a chart.

    ``from_version`` None: it stood nowhere. ``verdict``: "EX-31: ship". ``override``: why without a verdict;
    ``alone``: why its author may be its reviewer. ``kind``: "promote" or "rollback".
    """

    name: str
    label: str
    kind: str
    from_version: int | None
    to_version: int
    by: str
    at: datetime
    reason: str = ""
    verdict: str = ""
    override: str = ""
    alone: str = ""

    @property
    def grounds(self) -> str:
        """Why, in one line: the verdict or the override, who looked at it, and the reason given."""
        parts = [
            self.verdict,
            f"without a verdict that carries it: {self.override}" if self.override else "",
            f"reviewed by its author alone: {self.alone}" if self.alone else "",
            self.reason,
        ]
        return "; ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class ExperimentVerdict:
    """How an experiment ended. ``candidates``: fingerprint by reference ("reply@4") of what the verdict is
    about; ``cheaper``: the candidate costs less beyond doubt. ``experiment``: "EX-31"."""

    experiment: str
    kind: VerdictKind
    concluded_at: datetime
    candidates: Mapping[str, str] = field(default_factory=dict)
    cheaper: bool = False

    def speaks_for(self, reference: str, fingerprint: str) -> bool:
        """Whether it says: this very text may go to production."""
        good = self.kind is VerdictKind.SHIP or (self.kind is VerdictKind.NO_DIFFERENCE and self.cheaper)
        return good and self.candidates.get(reference) == fingerprint

    def __str__(self) -> str:
        cheaper = ", cheaper" if self.kind is VerdictKind.NO_DIFFERENCE and self.cheaper else ""
        return f"{self.experiment}: {self.kind.value}{cheaper}"


def standing(moves: Iterable[LabelMove]) -> dict[str, dict[str, int]]:
    """Where labels stand, by prompt and label; ``moves`` oldest first."""
    found: dict[str, dict[str, int]] = {}
    for move in moves:
        found.setdefault(move.name, {})[move.label] = move.to_version
    return found


def label_before(moves: Sequence[LabelMove], label: str = PRODUCTION) -> int | None:
    """The version to go back to; ``moves`` of one prompt, oldest first.

    What was rolled back is passed over: after 1, 2, 3 and a rollback to 2 the next one leads to 1.
    """
    way: list[int] = []
    for move in moves:
        if move.label != label:
            continue
        if move.kind == "rollback" and move.to_version in way:
            del way[way.index(move.to_version) + 1 :]
        else:
            way.append(move.to_version)
    return way[-2] if len(way) > 1 else None
