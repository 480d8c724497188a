"""Releases: a prompt that went live, what it was to mend, and what was seen after."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.experiments.results import Interval
from bot.domain.statistics.intervals import newcombe

ENOUGH = 12  # ratings on each side; fewer are too few to judge


class Ending(StrEnum):
    """How a release ended. STANDING: it is live."""

    STANDING = ""
    ROLLED_BACK = "rolled back"
    REPLACED = "replaced"


class Watched(StrEnum):
    """What may be said of a reason after a release."""

    WENT_AWAY = "the reason went away"
    STAYED = "the reason did not go away"
    UNKNOWN = "cannot tell whether the reason went away"
    TOO_FEW = "too few to judge"


@dataclass(frozen=True, slots=True)
class Ratings:
    """Votes of one span: how many, how many 👍, and how many 👎 that gave the reason."""

    n: int
    positive: int
    reason: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """The span after a release against the same span before it; shares in 0-1, differences after minus
    before with their 95 % intervals (Newcombe 1998)."""

    reason: str
    before: Ratings
    after: Ratings
    verdict: Watched
    reason_change: Interval
    positive_change: Interval
    worse: bool = False  # beyond noise: fewer 👍, or more of the reason

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Judgement":
        return cls(
            reason=data["reason"],
            before=Ratings(**data["before"]),
            after=Ratings(**data["after"]),
            verdict=Watched(data["verdict"]),
            reason_change=Interval(**data["reason_change"]),
            positive_change=Interval(**data["positive_change"]),
            worse=data["worse"],
        )


@dataclass(frozen=True, slots=True)
class Release:
    """``id`` is "REL-3". ``mends`` are reasons with how many corrections among the set's cases gave each, the
    commonest first; ``dataset`` is "refunds@3", "" where no experiment spoke for it."""

    id: str
    prompt: str
    to_version: int
    by: str
    at: datetime
    watch_days: int
    from_version: int | None = None
    experiment: str = ""
    dataset: str = ""
    mends: tuple[tuple[str, int], ...] = ()
    grounds: str = ""
    ended: Ending = Ending.STANDING
    ended_by: str = ""
    ended_at: datetime | None = None
    judgement: Judgement | None = None

    @property
    def reference(self) -> str:
        return f"{self.prompt}@{self.to_version}"

    @property
    def reason(self) -> str:
        """What it was to mend first of all."""
        return self.mends[0][0] if self.mends else ""

    @property
    def watched_until(self) -> datetime:
        return self.at + timedelta(days=self.watch_days)


def judged(reason: str, before: Ratings, after: Ratings) -> Judgement:
    """Whether a reason went away. It did when its share fell beyond noise and at least by half; it did not
    when a fall by half is beyond what the interval allows."""
    reasons = newcombe(after.reason, after.n, before.reason, before.n)
    positive = newcombe(after.positive, after.n, before.positive, before.n)
    few = min(before.n, after.n) < ENOUGH
    worse = not few and (positive.high < 0 or (bool(reason) and reasons.low > 0))
    verdict = Watched.TOO_FEW if few else _verdict(before, after, reasons)
    return Judgement(reason, before, after, verdict, reasons, positive, worse)


def _verdict(before: Ratings, after: Ratings, change: Interval) -> Watched:
    if not before.reason:
        return Watched.UNKNOWN
    half = before.reason / before.n / 2
    if change.high < 0 and after.reason / after.n <= half:
        return Watched.WENT_AWAY
    return Watched.STAYED if change.low > -half else Watched.UNKNOWN


def commonest(reasons: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Each reason with how often it was given, the commonest first, then by name."""
    counts = {reason: reasons.count(reason) for reason in set(reasons)}
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
