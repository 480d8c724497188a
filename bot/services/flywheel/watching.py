"""The time after a release: did the reason it was to mend go away?"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.domain.prompts import Reference
from bot.domain.releases import Judgement, Ratings, Release, judged
from bot.ports import Clock
from bot.services.flywheel.whose import decides, features_on
from bot.store import Store, UnitOfWork

Occasion = Literal["end", "worse"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What is to be told of a release, to whom, and on what occasion."""

    release: Release
    judgement: Judgement
    person: str
    occasion: Occasion


class WatchService:
    """Judges releases that stand, day by day, until their watch is over."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def look(self) -> list[Seen]:
        """Keep how every watched release does so far; returns those whose watch is over and those that are
        clearly worse. One stays watched until it is ``settle``d, so that a look that was cut off is made
        again."""
        now = self._clock.now()
        async with self._store.read() as unit:
            seen = [await _look(unit, release, now) for release in await unit.releases.watched()]
        async with self._store.write() as unit:
            for each in seen:
                await unit.releases.judge(each.release.id, each.judgement, None)
        return [each for each in seen if each.occasion == "end" or each.judgement.worse]

    async def settle(self, release_id: str) -> None:
        """Its watch is over, and that was told."""
        async with self._store.write() as unit:
            found = await unit.releases.get(release_id)
            if found is not None and found.judgement is not None:
                await unit.releases.judge(found.id, found.judgement, self._clock.now())

    async def release(self, release_id: str) -> Release | None:
        async with self._store.read() as unit:
            return await unit.releases.get(release_id)


async def _look(unit: UnitOfWork, release: Release, now: datetime) -> Seen:
    features = await features_on(unit, release.prompt)
    names = [feature.name for feature in features] or [release.prompt]
    until = min(now, release.watched_until)
    lasted = until - release.at

    async def ratings(since: datetime, before: datetime) -> Ratings:
        return await unit.flywheel.ratings(names, release.prompt, since, before, release.reason)

    judgement = judged(
        release.reason, await ratings(release.at - lasted, release.at), await ratings(release.at, until)
    )
    version = await unit.prompts.get(Reference(release.prompt, release.to_version))
    person = decides(features, version) or release.by
    return Seen(
        replace(release, judgement=judgement),
        judgement,
        person,
        "end" if now >= release.watched_until else "worse",
    )
