"""The flywheel in numbers: how much of what people said came how far."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Counted:
    """How many, and the ids of the first of them."""

    count: int
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlywheelCounts:
    """What happened from ``since`` until before ``until``, of one feature or (``feature`` "") of all. Stages
    are counted by when they happened: an experiment may be on cases of weeks before."""

    feature: str
    since: datetime
    until: datetime
    thumbs_down: Counted
    candidates: Counted  # made of corrections
    accepted: Counted  # of candidates made of corrections
    experiments: Counted
    releases: Counted

    @property
    def stages(self) -> tuple[tuple[str, Counted], ...]:
        """In words, in order."""
        return (
            ("👎", self.thumbs_down),
            (_noun(self.candidates, "candidate", "candidates"), self.candidates),
            ("accepted", self.accepted),
            (_noun(self.experiments, "experiment", "experiments"), self.experiments),
            (_noun(self.releases, "release", "releases"), self.releases),
        )

    @property
    def sentence(self) -> str:
        """ "41 👎 → 12 candidates → 8 accepted → 2 experiments → 1 release"."""
        return " → ".join(f"{counted.count:,} {noun}" for noun, counted in self.stages)


def _noun(counted: Counted, one: str, several: str) -> str:
    return one if counted.count == 1 else several
