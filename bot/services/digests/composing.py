"""Composing a digest: every feature's week, the flywheel, what was learned, what models cost."""

from collections.abc import Sequence

from bot.domain.digests import Digest, Learned, Waiting
from bot.domain.features import Watched
from bot.domain.weeks import Week, newest_complete
from bot.ports import Clock
from bot.services.digests.writing import needs
from bot.services.features import FeatureService
from bot.services.flywheel import CountService
from bot.services.themes import ThemeService
from bot.services.weekly import WeeklyService
from bot.store import Store

DAYS = 7.0


class DigestService:
    """Digests of one team. The same week composed twice is the same digest, but for data that came late."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        features: FeatureService,
        weekly: WeeklyService,
        counts: CountService,
        themes: ThemeService,
    ) -> None:
        self._store = store
        self._clock = clock
        self._features = features
        self._weekly = weekly
        self._counts = counts
        self._themes = themes

    async def compose(
        self, names: Sequence[str] = (), *, week: Week | None = None, zone: str = "UTC", channel: str = ""
    ) -> Digest:
        """Of these features, or of every one; ``week`` by default the last that is over in ``zone``.
        ``channel``: what came from another private channel is left out.

        Raises:
            NotFound: no such feature. InputError: no such time zone.
        """
        week = week or newest_complete(self._clock.now(), zone)
        features = [await self._features.get(name) for name in names] or await self._features.all()
        weeks = [await self._weekly.week(feature, week) for feature in features]
        async with self._store.read() as unit:
            spent = await unit.spending.between(week.since, week.until)
            sets = await unit.datasets.overview()
        written = await needs(self._store, self._themes, week, channel)
        mine = {feature.dataset for feature in features if feature.dataset}
        return Digest(
            week=week,
            features=tuple(weeks),
            flywheel=await self._counts.counts(_only(features), DAYS, until=week.until),
            learned=tuple(await self._learned(week, channel)),
            spent=spent,
            needs=written.needs,
            tickets=written.tickets,
            grouped=written.grouped,
            waiting=tuple(
                Waiting(each.name, each.candidates)
                for each in sets
                if each.name in mine and each.candidates and each.channel in ("", channel)
            ),
        )

    async def _learned(self, week: Week, channel: str) -> list[Learned]:
        """Experiments that were finished in the week and closed with a note."""
        async with self._store.read() as unit:
            found = await unit.experiments.all()
        return [
            Learned(each.id, each.decision.value if each.decision else "", each.learned)
            for each in found
            if each.learned and each.channel in ("", channel)
            if each.finished_at is not None and week.since <= each.finished_at < week.until
        ]


def _only(features: Sequence[Watched]) -> str:
    return features[0].name if len(features) == 1 else ""
