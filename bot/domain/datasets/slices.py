"""How many cases each slice has, and which have too few to judge."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.experiments.cells import Case

FEWEST = 12  # independent cases below which nothing is said of a slice


@dataclass(frozen=True, slots=True)
class SliceCount:
    """``clusters`` are independent groups: cases of one customer or thread count as one."""

    column: str
    value: str
    n: int
    clusters: int

    @property
    def enough(self) -> bool:
        return self.clusters >= FEWEST


def slice_counts(cases: Sequence[Case]) -> list[SliceCount]:
    """Column by column in order of name, the largest value first."""
    sizes = Counter[tuple[str, str]]()
    clusters: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for case in cases:
        for pair in case.slices.items():
            sizes[pair] += 1
            clusters[pair].add(case.cluster or f"case {case.id}")
    order = sorted(sizes, key=lambda pair: (pair[0], -sizes[pair], pair[1]))
    return [SliceCount(*pair, sizes[pair], len(clusters[pair])) for pair in order]
