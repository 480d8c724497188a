"""`plumb exp run --pairwise`: after the run, both arms' outputs side by side before a judge."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.experiments.plan import Plan
from bot.errors import InputError
from bot.promptfoo.judged import HOW
from bot.services.runs import Caps, RunOutcome
from bot.services.runs.money import Ledger, Purse

if TYPE_CHECKING:
    from bot.domain.experiments.preference import Preference
    from bot.scorers.tools import Tools


@dataclass(frozen=True, slots=True)
class Compared:
    """``spent``: US dollars of the run with this."""

    preferred: "tuple[Preference, str]"
    spent: float


def check_pairwise(plan: Plan, judge: str) -> None:
    """Raises InputError where there are not two arms, or nobody to ask; nothing has been spent by then."""
    if len(plan.arms) != 2:
        raise InputError(
            f"--pairwise lays two arms side by side, and this run has {len(plan.arms)}.",
            hint="Choose two with --arm, or leave it out.",
        )
    if not judge:
        raise InputError("--pairwise needs a judge model.", hint=f"{HOW[0].upper()}{HOW[1:]}.")


async def compare_outputs(
    plan: Plan, outcome: RunOutcome, criterion: str, tools: "Tools", caps: Caps, ledger: Ledger
) -> Compared:
    """Within what the run has left of its money."""
    from bot.services.runs.side_by_side import side_by_side  # statistics are not waited for by the first call

    purse = Purse(caps.max_cost, outcome.spent, ledger)
    try:
        preferred = await side_by_side(plan, outcome.cells, criterion, tools, purse)
    finally:
        await purse.close()
    return Compared(preferred, purse.spent)
