"""Everything that a report of an experiment shows, as one frozen value."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.experiments.cells import Cell
from bot.domain.experiments.plan import Plan, PlannedArm
from bot.domain.experiments.results import ArmSummary, Comparison, Verdict


@dataclass(frozen=True, slots=True)
class SliceFinding:
    """A comparison within one slice: ``column`` "language", ``value`` "de"; ``judged`` False: too few."""

    column: str
    value: str
    comparison: Comparison
    judged: bool = True


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What ``conclude`` makes of the cells. The first arm is the baseline; a comparison per candidate."""

    arms: tuple[ArmSummary, ...]
    comparisons: tuple[Comparison, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    overall: Verdict | None = None
    cheapest_within_margin: str | None = None
    slices: tuple[SliceFinding, ...] = ()
    disagreements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExperimentReport:
    """``name`` is the experiment's id ("EX-31") or its config's file name; ``cases`` names the set
    ("refunds@2"). ``cells`` may be fewer than planned where a run was stopped; ``stopped`` then says why.

    ``spent`` and ``cap`` in US dollars, ``cap`` None without one. ``margin``: how much worse still counts as
    equal, in the measure's own unit. ``judge`` is one line on how the judge agrees with people, or "".
    """

    title: str
    name: str
    at: datetime
    plan: Plan
    cells: tuple[Cell, ...]
    conclusion: Conclusion
    cases: str = ""
    margin: float = 0.0
    seed: int | None = None
    spent: float = 0.0
    cap: float | None = None
    seconds: float | None = None
    stopped: str = ""
    judge: str = ""
    notes: tuple[str, ...] = field(default_factory=tuple)

    @property
    def baseline(self) -> PlannedArm | None:
        return self.plan.arms[0] if self.plan.arms else None

    @property
    def missing(self) -> int:
        """Planned cells that nothing came of, neither an output nor an error."""
        done = {cell.key for cell in self.cells}
        return sum(key not in done for key in self.plan.cells())
