"""Everything that a report of an experiment shows, as one frozen value."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.experiments.cells import Cell
from bot.domain.experiments.plan import Plan
from bot.domain.experiments.preference import Preference
from bot.domain.experiments.results import Conclusion


@dataclass(frozen=True, slots=True)
class ExperimentReport:
    """``name`` is the experiment's id ("EX-31") or its config's file name; ``cases`` names the set
    ("refunds@2"). ``cells`` may be fewer than planned where a run was stopped; ``stopped`` then says why.

    ``spent`` and ``cap`` in US dollars, ``cap`` None without one. ``judge`` is one line on how the judge
    agrees with people, or "". ``seconds``: how long the run took.
    ``pairwise``: what a judge preferred with both arms' outputs side by side.
    """

    title: str
    name: str
    at: datetime
    plan: Plan
    cells: tuple[Cell, ...]
    conclusion: Conclusion
    cases: str = ""
    seed: int | None = None
    spent: float = 0.0
    cap: float | None = None
    seconds: float | None = None
    stopped: str = ""
    judge: str = ""
    notes: tuple[str, ...] = ()
    pairwise: Preference | None = None

    @property
    def missing(self) -> int:
        """Planned cells that nothing came of, neither an output nor an error."""
        done = {cell.key for cell in self.cells}
        return sum(key not in done for key in self.plan.cells())
