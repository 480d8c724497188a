"""How far people who labelled the same outputs agree with one another."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from bot.domain.experiments.results import Interval
from bot.domain.feedback.labelling import Label, labels_by_output
from bot.domain.statistics.raters import alpha_interval, cohen_kappa, krippendorff_alpha

FEWEST = 12  # items with two labels or more


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two people's Cohen's kappa on the ``n`` outputs that both labelled; None where it is undefined."""

    first: str
    second: str
    n: int
    agreed: int
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """``items`` outputs have labels of two people or more, of ``labels`` labels in all. ``alpha`` is
    Krippendorff's, with agree, disagree and unsure as three categories without order. ``enough`` False: too
    few to judge, whatever the numbers say."""

    items: int
    labels: int
    people: int
    alpha: float | None
    interval: Interval | None
    pairs: tuple[PairAgreement, ...]

    @property
    def enough(self) -> bool:
        return self.items >= FEWEST

    @property
    def sentence(self) -> str:
        outputs = f"{self.items} output{'' if self.items == 1 else 's'}"
        if not self.enough:
            return f"Too few to judge: {outputs} labelled by two people or more; it takes {FEWEST}"
        if self.alpha is None or self.interval is None:
            return f"Everybody gave one and the same label to {outputs}: nothing to agree about yet"
        span = f"{self.interval.low:.2f} to {self.interval.high:.2f}"
        return (
            f"Krippendorff's alpha {self.alpha:.2f} (95 % {span}) on {outputs} labelled by two people or "
            f"more, {self.people} people"
        )


def agreement(labels: Iterable[Label]) -> Agreement:
    """Of all who labelled, overall and by pairs; a person's newest label of an output counts."""
    labels = list(labels)
    by_output = [found for found in labels_by_output(labels).values() if len(found) > 1]
    items = [tuple(found.values()) for found in by_output]
    people = sorted({user for found in by_output for user in found})
    pairs = []
    for first, second in combinations(people, 2):
        both = [(found[first], found[second]) for found in by_output if first in found and second in found]
        if both:
            agreed = sum(a == b for a, b in both)
            pairs.append(PairAgreement(first, second, len(both), agreed, cohen_kappa(both)))
    return Agreement(
        items=len(items),
        labels=len(labels),
        people=len(people),
        alpha=krippendorff_alpha(items),
        interval=alpha_interval(items),
        pairs=tuple(pairs),
    )
