"""How many cases: what a number of them can show before a run, and how many more would settle it after."""

import math
from dataclasses import dataclass
from functools import partial

from bot.domain.experiments.results import Comparison
from bot.domain.statistics import exact
from bot.domain.statistics.power import detectable_share, settled, smallest

POWER = 0.8
MOST = 10_000  # more cases than this nobody collects to compare two prompts
FEWEST = 5  # fewer more are not worth another look
DISCORDANT = 0.2  # share of cases on which two decent arms usually disagree


@dataclass(frozen=True, slots=True)
class Size:
    """What ``n`` cases can show: the smallest difference of pass rates (None: none at all)."""

    n: int
    detectable: float | None
    sentence: str


def smallest_shown(
    n: int, *, candidates: int = 1, discordant: float = DISCORDANT, alpha: float = 0.05
) -> float | None:
    """The smallest difference of pass rates that n cases show with power .8, None for none: exactly where
    they are few, by a formula where they are many."""
    each = alpha / max(candidates, 1)
    by = exact.detectable if n <= exact.LARGEST else detectable_share
    return by(n, discordant, alpha=each, power=POWER)


def advise(n: int, *, candidates: int = 1, discordant: float = DISCORDANT, alpha: float = 0.05) -> Size:
    """Before anything is spent: the difference that n cases show four times in five, in plain words.

    ``discordant`` is the share of cases expected to come out differently.
    """
    found = smallest_shown(n, candidates=candidates, discordant=discordant, alpha=alpha)
    cases = f"{n:,} case{'' if n == 1 else 's'}"
    if found is None:
        return Size(n, None, f"{cases} can prove no difference at all")
    return Size(
        n, found, f"{cases} show a difference of about {math.ceil(100 * found)} points or more, 4 times in 5"
    )


def cases_to_show(
    delta: float, *, candidates: int = 1, discordant: float = DISCORDANT, alpha: float = 0.05
) -> int | None:
    """How many cases it takes to show a difference of ``delta`` (0.05: five points) four times in five."""

    def shows(n: int) -> bool:
        found = smallest_shown(n, candidates=candidates, discordant=discordant, alpha=alpha)
        return found is not None and found <= delta

    return smallest(shows, 1) if delta > 0 else None


def needed_cases(comparison: Comparison, *, margin: float, cheaper: bool) -> int | None:
    """How many more cases would settle it four times in five, whether the truth is what was seen or that
    there is no difference.

    Settled is any of better, worse, within the margin, or (where ``cheaper`` is proven) no worse than the
    margin; without a margin no number settles that there is no difference. None where it takes more than
    10,000 cases, or where too little was seen to say. Simulated in tests/benchmarks/bench_statistics.
    """
    if comparison.difference is None or comparison.spread is None or comparison.interval is None:
        return None
    alpha = 1 - comparison.interval.level
    per_unit = comparison.n / comparison.clusters
    true, spread = comparison.difference, comparison.spread

    def enough(n: int) -> bool:
        asked = partial(settled, n, spread=spread, margin=margin, alpha=alpha, cheaper=cheaper)
        if asked(true) < POWER:
            return False
        return margin <= 0 or asked(0.0, seen=comparison.clusters, mean=true) >= POWER

    total = smallest(enough, comparison.clusters)
    if total is None:
        return None
    more = max(FEWEST, math.ceil((total - comparison.clusters) * per_unit))
    return None if comparison.n + more > MOST else _about(more)


def _about(n: int) -> int:
    """Rounded up to two digits: nobody needs 113 more cases rather than 120."""
    step = int(10 ** max(0, len(str(n)) - 2))
    return -(-n // step) * step
