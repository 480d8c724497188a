"""Shares of 👍 that know how many people gave them, and changes of them. Shares are within 0..1."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.domain.experiments.results import Interval
from bot.domain.experiments.telling import SHARE, change, change_span, level, span
from bot.domain.feedback.votes import Vote
from bot.domain.statistics.clusters import ClusterSums, clustered_share, effective_number
from bot.domain.statistics.intervals import newcombe

FEWEST = 12
"""Votes below which a rate is too few to judge."""


@dataclass(frozen=True, slots=True)
class Rate:
    """``up`` of ``n`` votes, which ``people`` gave. ``effective`` is how many votes of as many different
    people they are worth; the interval is Wilson's on that number."""

    up: int = 0
    n: int = 0
    people: int = 0
    effective: float = 0.0
    interval: Interval = field(default_factory=lambda: Interval(0.0, 1.0))

    @property
    def down(self) -> int:
        return self.n - self.up

    @property
    def share(self) -> float | None:
        return self.up / self.n if self.n else None

    @property
    def enough(self) -> bool:
        return self.n >= FEWEST

    @property
    def sentence(self) -> str:
        """ "78.3 % 👍 of 120 votes by 34 people (95 %: 70.1…84.8)", or that they are too few."""
        counted = f"{_count(self.n, 'vote', 'votes')} by {_count(self.people, 'person', 'people')}"
        if not self.enough:
            return f"Too few to judge: {counted}; it takes {FEWEST} votes" if self.n else "No votes"
        return f"{level(self.share, SHARE)} 👍 of {counted} (95 %: {span(self.interval, SHARE)})"


@dataclass(frozen=True, slots=True)
class Change:
    """What a rate is above another one, as shares; ``interval`` is Newcombe's on effective numbers."""

    before: Rate
    difference: float
    interval: Interval
    enough: bool

    @property
    def clear(self) -> bool:
        """Whether it is more than chance would do, at 95 %."""
        return self.enough and not self.interval.low <= 0 <= self.interval.high

    @property
    def sentence(self) -> str:
        """ "+6 pts against the same span before (95 %: −2…+14, n 98)"."""
        if not self.enough:
            return "Too few votes, now or in the same span before, to speak of a change"
        beyond = "" if self.clear else ": no more than chance would do"
        between = f"({change_span(self.interval, SHARE)}, n {self.before.n})"
        return f"{change(self.difference, SHARE)} against the same span before {between}{beyond}"


def rate(votes: Iterable[Vote]) -> Rate:
    """The share of 👍 among these votes."""
    found = by_person((vote.user, vote.thumb == "up") for vote in votes)
    if not found.n:
        return Rate()
    effective = effective_number(found)
    return Rate(int(found.x), found.n, found.clusters, effective, clustered_share(found))


def compare(now: Rate, before: Rate) -> Change | None:
    """None where there is no vote on either side."""
    if now.share is None or before.share is None:
        return None
    interval = newcombe(
        now.share * now.effective, now.effective, before.share * before.effective, before.effective
    )
    return Change(before, now.share - before.share, interval, now.enough and before.enough)


def by_person(answers: Iterable[tuple[str, bool]]) -> ClusterSums:
    """Sums over people of their answers, for intervals that know how few they are."""
    counts: dict[str, list[int]] = {}
    for user, yes in answers:
        mine = counts.setdefault(user, [0, 0])
        mine[0] += yes
        mine[1] += 1
    return sum((ClusterSums(1, x, n, x * x, x * n, n * n) for x, n in counts.values()), ClusterSums())


def _count(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"
