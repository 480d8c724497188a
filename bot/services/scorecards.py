"""A feature's scorecard: what its interactions, votes and labels say between two moments."""

import asyncio
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.features import Watched
from bot.domain.interactions import Outcome
from bot.domain.metrics.derived import BusinessNumber, Counted, Quantile, Scorecard, scorecard
from bot.domain.statistics.clusters import ClusterSums, effective_number
from bot.domain.statistics.distributions import two_sided_z
from bot.ports import Clock
from bot.services.features import FeatureService
from bot.store import Store, UnitOfWork
from bot.store.derived import OUTCOMES, Edit, Window

LAST = 30  # days looked at unless somebody says otherwise
EDITS = 500
"""Edited outputs whose distance is measured: the newest ones. Enough for an interval of a few points."""
MANY, FRESH = 20_000, timedelta(minutes=1)
"""From so many calls on, whoever opens App Home sees what somebody else saw within so long."""
LABELS = "by labels; their queue begins with doubtful outputs"
THUMBS = "by thumbs, nobody has labelled"
QUANTILES = {"latency_p50": 0.5, "latency_p95": 0.95}


class ScorecardService:
    """Scorecards of one team's features; what they show is summed up by the database."""

    def __init__(self, store: Store, clock: Clock, features: FeatureService) -> None:
        self._store = store
        self._clock = clock
        self._features = features
        self._kept: dict[tuple[str, float], Scorecard] = {}

    async def of(self, name: str, days: float = LAST) -> Scorecard:
        """The last days until now. Raises NotFound."""
        return await self.between(await self._features.get(name), *self._last(days))

    async def all(self, days: float = LAST) -> list[Scorecard]:
        """Of each feature, by name; of one with many calls as it stood up to a minute ago."""
        return [await self._recent(feature, days) for feature in await self._features.all()]

    async def _recent(self, feature: Watched, days: float) -> Scorecard:
        since, until = self._last(days)
        kept = self._kept.get((feature.name, days))
        if kept is not None and kept.feature == feature and until - kept.until < FRESH:
            return kept
        card = await self.between(feature, since, until)
        if card.interactions >= MANY:
            self._kept[feature.name, days] = card
        return card

    async def between(self, feature: Watched, since: datetime, until: datetime) -> Scorecard:
        """From ``since`` until before ``until``."""
        window = Window(feature.name, since, until)
        async with self._store.read() as unit:
            counted = await _counted(unit, window, feature.confident)
            edits = await unit.derived.edits(window, EDITS)
            business = await _business(unit, feature, window)
        distance = await asyncio.to_thread(edit_distance, edits)
        edited = counted.outcomes.get(Outcome.EDITED, 0)
        measured = f"the newest {len(edits):,} of {edited:,}" if edits and len(edits) < edited else ""
        whole = Counted(
            interactions=counted.interactions,
            users=counted.users,
            sums={**counted.sums, "edit_distance": distance},
            quantiles=counted.quantiles,
            outcomes=counted.outcomes,
            spent=counted.spent,
            sources={**counted.sources, "edit_distance": measured},
        )
        return scorecard(feature, whole, since, until, business)

    def _last(self, days: float) -> tuple[datetime, datetime]:
        now = self._clock.now()
        return now - timedelta(days=days), now


async def _counted(unit: UnitOfWork, window: Window, confident: float) -> Counted:
    """All that one moment of the database says; the distance of edits is measured outside of it."""
    summed = await unit.derived.sums(window, confident)
    sums = summed.sums
    votes, labels = await unit.derived.votes(window), await unit.derived.labels(window)
    judged = labels if labels.n else votes
    return Counted(
        interactions=sums["error_rate"].n,
        users=summed.users,
        sums={**sums, "positive_rate": votes, "accuracy": judged},
        quantiles=await _quantiles(unit, window, sums["latency"]),
        outcomes={outcome.value: int(sums[name].x) for name, outcome in OUTCOMES.items()},
        spent=sums["cost"].x,
        sources={"accuracy": LABELS if labels.n else THUMBS if votes.n else ""},
    )


async def _quantiles(unit: UnitOfWork, window: Window, waits: ClusterSums) -> Mapping[str, Quantile]:
    """Each with its interval after Woodruff (1952): an interval of the share of calls under it, turned back
    into waits. Calls of one user count as alike here too, as far as they are in the mean wait."""
    if not waits.n:
        return {}
    effective = effective_number(waits)
    at = {name: _places(share, waits.n, effective) for name, share in QUANTILES.items()}
    found = await unit.derived.waits(window, {place for places in at.values() for place in places})
    return {
        name: Quantile(found[middle], found.get(low, 0.0), found.get(high, math.inf), waits.n)
        for name, (low, middle, high) in at.items()
    }


def _places(share: float, n: int, effective: float) -> tuple[int, int, int]:
    """Where a quantile and the ends of its interval are, counted from 1; 0 and n + 1 are beyond what was
    seen."""
    half = two_sided_z(0.95) * math.sqrt(share * (1 - share) / max(1.0, effective))
    low, high = math.floor(n * (share - half)), math.ceil(n * (share + half)) + 1
    return max(0, low), max(1, math.ceil(share * n)), min(n + 1, high)


async def _business(unit: UnitOfWork, feature: Watched, window: Window) -> BusinessNumber | None:
    """The newest number of the metric it should move, sent in the window."""
    if not feature.business:
        return None
    found = await unit.numbers.between(feature.name, feature.business, window.since, window.until)
    return BusinessNumber(feature.business, found[-1].value, found[-1].at, found[-1].n) if found else None


def edit_distance(edits: Sequence[Edit]) -> ClusterSums:
    """The share of an output that its edit changed (normalised Levenshtein distance), by user."""
    from rapidfuzz.distance import Levenshtein

    by_user: dict[str, list[float]] = defaultdict(list)
    for number, edit in enumerate(edits):
        distance = Levenshtein.normalized_distance(edit.output, edit.final)
        by_user[edit.user or f"\n{number}"].append(distance)
    sums = ClusterSums()
    for distances in by_user.values():
        x, n = math.fsum(distances), len(distances)
        squares = math.fsum(each * each for each in distances)
        sums += ClusterSums(1, x, n, x * x, x * n, n * n, squares)
    return sums
