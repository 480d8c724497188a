"""What a digest tells of a week: every feature, what moved, what came before it, what was learned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.features import Watched
from bot.domain.flywheel import FlywheelCounts
from bot.domain.metrics.changes import Change, Judged
from bot.domain.metrics.derived import Scorecard
from bot.domain.weeks import Week


@dataclass(frozen=True, slots=True)
class Event:
    """Something was changed: ``what`` ("reply@4", "stage pilot") and ``how`` ("live", "rolled back to")."""

    at: datetime
    what: str
    how: str

    def __str__(self) -> str:
        return (
            f"{self.how} {self.what}".strip()
            if self.how.endswith("to")
            else f"{self.what} {self.how}".strip()
        )


@dataclass(frozen=True, slots=True)
class FeatureWeek:
    """A feature in a week. ``cards`` are the weeks until it, oldest first, itself last; ``before`` the weeks
    it is compared with, pooled; ``events`` what was changed from the first of those on."""

    feature: Watched
    week: Week
    cards: tuple[Scorecard, ...]
    before: Scorecard
    changes: tuple[Change, ...]
    events: tuple[Event, ...] = ()

    @property
    def card(self) -> Scorecard:
        return self.cards[-1]

    @property
    def silent(self) -> bool:
        """Nothing came in: said as such, never shown as zero."""
        return not self.card.interactions and not any(figure.n for figure in self.card.figures)

    @property
    def moved(self) -> Sequence[Change]:
        """What moved beyond noise: what got worse first, then by how sure that is."""
        found = [each for each in self.changes if each.moved]
        return sorted(found, key=lambda each: (each.judged is not Judged.WORSE, each.p or 0.0))


@dataclass(frozen=True, slots=True)
class Learned:
    """An experiment that was closed, and what its team took from it."""

    experiment: str
    decision: str
    note: str


@dataclass(frozen=True, slots=True)
class Need:
    """A theme of the tickets: how many this week, against the week before; ``quote`` is a ticket's own."""

    name: str
    tickets: int
    before: int
    quote: str = ""
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Cases that wait in a set until somebody accepts or rejects them."""

    dataset: str
    candidates: int


@dataclass(frozen=True, slots=True)
class Digest:
    """One week as one channel may see it. ``spent`` is what models cost the team in US dollars; ``waiting``
    are the features' sets with undecided cases, as they are now; of the week's ``tickets`` so many were
    ``grouped`` into themes when these were found last."""

    week: Week
    features: tuple[FeatureWeek, ...]
    flywheel: FlywheelCounts
    learned: tuple[Learned, ...] = ()
    needs: tuple[Need, ...] = ()
    spent: float = 0.0
    waiting: tuple[Waiting, ...] = ()
    tickets: int = 0
    grouped: int = 0

    @property
    def moved(self) -> Sequence[tuple[FeatureWeek, Change]]:
        """Everything that moved, the worst first."""
        found = [(each, change) for each in self.features for change in each.moved]
        return sorted(found, key=lambda pair: (pair[1].judged is not Judged.WORSE, pair[1].p or 0.0))

    @property
    def quiet(self) -> bool:
        return not self.moved
