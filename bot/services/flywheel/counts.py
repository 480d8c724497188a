"""How far feedback came in a span: from 👎 to a release, each with the ids behind it."""

from datetime import datetime, timedelta

from bot.domain.flywheel import Counted, FlywheelCounts
from bot.errors import NotFound
from bot.ports import Clock
from bot.services.flywheel.whose import set_of
from bot.store import Store, UnitOfWork
from bot.store.flywheel import Span

IDS = 200  # ids that are named of each stage; more are counted


class CountService:
    """``FlywheelCounts`` of a team or of one feature."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def counts(
        self, feature: str = "", days: float = 30.0, until: datetime | None = None
    ) -> FlywheelCounts:
        """What happened in the ``days`` before ``until`` (by default now).

        Raises:
            NotFound: nobody knows a feature of that name.
        """
        end = until or self._clock.now() + timedelta(microseconds=1)  # what happens right now is in it
        async with self._store.read() as unit:
            span = await _span(unit, feature, end - timedelta(days=days), end)
            wheel = unit.flywheel
            return FlywheelCounts(
                feature=feature,
                since=span.since,
                until=span.until,
                thumbs_down=Counted(*_named(await wheel.thumbs_down(span, IDS))),
                candidates=Counted(*_named(await wheel.corrected(span, IDS, accepted=False))),
                accepted=Counted(*_named(await wheel.corrected(span, IDS, accepted=True))),
                experiments=Counted(*_named(await wheel.experiments(span, IDS))),
                releases=Counted(*_named(await wheel.releases(span, IDS))),
            )


def _named(found: tuple[int, list[str]]) -> tuple[int, tuple[str, ...]]:
    return found[0], tuple(found[1])


async def _span(unit: UnitOfWork, feature: str, since: datetime, until: datetime) -> Span:
    if not feature:
        return Span(since, until)
    watched = await unit.features.get(feature)
    if watched is not None:
        prompts = tuple(dict.fromkeys((*watched.prompts, feature)))
        return Span(since, until, (feature,), (set_of(watched),), prompts)
    known = [each.name for each in await unit.features.all()]
    if feature not in await unit.interactions.features():
        raise NotFound(
            f"There is no feature {feature[:60]}.",
            hint=f"There are {', '.join(known[:12])}." if known else "plumb feature add makes one.",
        )
    return Span(since, until, (feature,), (feature,), (feature,))
