"""In what order cells are sent: cases in random order, drawn from a seed, the arms of a case together."""

import random
from collections.abc import Iterator

from bot.domain.experiments.cells import CellKey
from bot.domain.experiments.plan import Plan


def in_random_order(plan: Plan, seed: int) -> Iterator[CellKey]:
    """Every cell of the plan. A later repeat of all cases comes after the earlier one."""
    repeats: dict[int, dict[str, list[CellKey]]] = {}
    for key in plan.cells():
        repeats.setdefault(key.repeat, {}).setdefault(key.case, []).append(key)
    dice = random.Random(seed)  # noqa: S311  nothing to guess: it must be repeatable
    for _, cases in sorted(repeats.items()):
        rows = list(cases.values())
        dice.shuffle(rows)
        for arms in rows:
            dice.shuffle(arms)
            yield from arms
