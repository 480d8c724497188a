"""A feature week by week: complete weeks, what moved against the weeks before, and what came before that."""

from bot.domain.digests import Event, FeatureWeek
from bot.domain.features import Watched
from bot.domain.metrics.changes import changes
from bot.domain.metrics.derived import Scorecard
from bot.domain.weeks import Week, weeks_until
from bot.services.features import FeatureService
from bot.services.scorecards import ScorecardService
from bot.store import Store

AGAINST, SHOWN = 4, 8  # weeks pooled to compare with; weeks that charts and the wobble go by


class WeeklyService:
    """Weeks of one team's features. Nothing is said of a week that is not over."""

    def __init__(self, store: Store, features: FeatureService, scorecards: ScorecardService) -> None:
        self._store = store
        self._features = features
        self._scorecards = scorecards

    async def weeks(self, feature: Watched, last: Week, count: int = SHOWN) -> list[Scorecard]:
        """The ``count`` weeks until ``last``, oldest first; one without calls is there, empty."""
        return [
            await self._scorecards.between(feature, week.since, week.until)
            for week in weeks_until(last, count)
        ]

    async def week(self, feature: Watched, week: Week) -> FeatureWeek:
        """A week, what moved in it against the AGAINST weeks before it, and what changed in that time."""
        cards = await self.weeks(feature, week)
        pooled = await self._scorecards.between(feature, week.before(AGAINST).since, week.since)
        earlier = [card.figures for card in cards[:-1]]
        return FeatureWeek(
            feature=feature,
            week=week,
            cards=tuple(cards),
            before=pooled,
            changes=tuple(changes(cards[-1].figures, pooled.figures, earlier)),
            events=tuple(await self.events(feature, week.before(AGAINST), week)),
        )

    async def events(self, feature: Watched, first: Week, last: Week) -> list[Event]:
        """Moves of its prompts' production label and of its stage in these weeks, oldest first."""
        async with self._store.read() as unit:
            moves = [
                move
                for name in dict.fromkeys((*feature.prompts, feature.name))
                for move in await unit.prompts.moves(name, "production")
            ]
            changed = await unit.features.changes(feature.name)
        found = [
            Event(move.at, f"{move.name}@{move.to_version}", "rolled back to" if _back(move.kind) else "live")
            for move in moves
        ]
        found += [Event(each.at, f"stage {each.after}", "") for each in changed if each.field == "stage"]
        return sorted((e for e in found if first.since <= e.at < last.until), key=lambda event: event.at)


def _back(kind: str) -> bool:
    return kind == "rollback"
