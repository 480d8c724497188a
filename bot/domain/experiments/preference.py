"""Two arms side by side: on each case a judge says which output is better, in both orders."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.domain.statistics.paired import mid_p_mcnemar

Choice = Literal["baseline", "candidate", "tie", "inconsistent"]


@dataclass(frozen=True, slots=True)
class Preference:
    """What a judge preferred by ``criterion``. ``inconsistent``: with the outputs in the other order it said
    something else, which counts for neither. ``p`` is the mid-p of wins against losses."""

    baseline: str
    candidate: str
    criterion: str
    wins: int
    losses: int
    ties: int
    inconsistent: int

    @property
    def n(self) -> int:
        return self.wins + self.losses + self.ties + self.inconsistent

    @property
    def p(self) -> float:
        return mid_p_mcnemar(self.wins, self.losses)

    @property
    def sentence(self) -> str:
        """What was found, and that it is the judge's view."""
        if not self.n:
            return "Side by side: no case has an output of both arms"
        cases = f"{self.n} case{'' if self.n == 1 else 's'}"
        turned = f", {self.inconsistent} where it changed its mind with the order" * bool(self.inconsistent)
        return (
            f"Side by side on {cases} (“{self.criterion}”), asked in both orders, the judge prefers "
            f"{self.candidate} in {self.wins} and {self.baseline} in {self.losses}; {self.ties} "
            f"alike{turned} (p {self.p:.3f})"
        )


def preference(baseline: str, candidate: str, criterion: str, choices: Iterable[Choice]) -> Preference:
    said = list(choices)
    return Preference(
        baseline, candidate, criterion,
        *(said.count(choice) for choice in ("candidate", "baseline", "tie", "inconsistent")),
    )  # fmt: skip
