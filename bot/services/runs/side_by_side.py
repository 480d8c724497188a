"""Asking a judge, case by case, which of two arms' outputs is better: both orders, within the run's money."""

import asyncio
from collections.abc import Mapping, Sequence

from bot.domain.experiments.cells import Case, Cell
from bot.domain.experiments.plan import Plan
from bot.domain.experiments.preference import Choice, Preference, preference
from bot.errors import BudgetReached
from bot.scorers.pairwise import Winner, pairwise
from bot.scorers.tools import Tools
from bot.services.runs.judging import paid
from bot.services.runs.money import Purse

AT_ONCE = 4
_CHOSEN: Mapping[Winner, Choice] = {"first": "baseline", "second": "candidate", "tie": "tie"}


async def side_by_side(
    plan: Plan, cells: Sequence[Cell], criterion: str, tools: Tools, purse: Purse
) -> tuple[Preference, str]:
    """What the judge prefers over the cases that both arms answered (their first repeat), and why it was not
    asked about all of them, "" where it was.

    Raises:
        Unsupported: there is no judge. ModelError and its kinds: it did not answer.
    """
    baseline, candidate = (planned.arm.id for planned in plan.arms)
    outputs = {
        (cell.key.arm, cell.key.case): cell.output for cell in cells if not cell.error and not cell.key.repeat
    }
    both = [case for case in plan.cases if {(baseline, case.id), (candidate, case.id)} <= outputs.keys()]
    judge, places, why = paid(tools, purse), asyncio.Semaphore(AT_ONCE), ""

    async def choose(case: Case) -> Choice | None:
        nonlocal why
        async with places:
            if why:
                return None
            try:
                found = await pairwise(
                    criterion, _asked(case), outputs[baseline, case.id], outputs[candidate, case.id], judge
                )
            except BudgetReached as error:
                why = f"The judge was not asked about every pair. {error.message}"
                return None
        return _CHOSEN[found.winner] if found.consistent else "inconsistent"

    chosen = await asyncio.gather(*map(choose, both))
    made = preference(baseline, candidate, criterion, (each for each in chosen if each is not None))
    return made, why


def _asked(case: Case) -> str:
    if len(case.vars) == 1:
        return str(next(iter(case.vars.values())))
    return "\n".join(f"{name}: {value}" for name, value in case.vars.items())
