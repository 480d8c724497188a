"""Where and when digests go: one schedule a channel."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.digests.schedule import DigestSchedule, Due, Profile, Wanted
from bot.errors import NotFound
from bot.ports import Clock
from bot.services.features import FeatureService
from bot.store import Store


class DigestScheduleService:
    """Schedules of one team. Each change begins anew: what was due before it is not made up for."""

    def __init__(self, store: Store, clock: Clock, features: FeatureService) -> None:
        self._store = store
        self._clock = clock
        self._features = features

    async def all(self) -> list[DigestSchedule]:
        """By channel."""
        async with self._store.read() as unit:
            return await unit.digests.all()

    async def find(self, channel: str) -> DigestSchedule | None:
        async with self._store.read() as unit:
            return await unit.digests.get(channel)

    async def get(self, channel: str) -> DigestSchedule:
        """Raises NotFound."""
        found = await self.find(channel)
        if found is None:
            raise NotFound(
                "No digest is scheduled in this channel.", hint="digest schedule mon 09:00 Europe/Berlin"
            )
        return found

    async def schedule(self, channel: str, wanted: Wanted, by: str) -> DigestSchedule:
        """Set the channel's, or change it; without a profile the one before stays. Raises NotFound for a
        feature that is not there."""
        for name in wanted.features:
            await self._features.get(name)
        before = await self.find(channel)
        profile = wanted.profile or (before.profile if before else Profile.BUILD)
        made = DigestSchedule(
            channel, wanted.day, wanted.at, wanted.zone, self._clock.now(), profile, wanted.features, by=by
        )
        return await self._put(made)

    async def profile(self, channel: str, profile: Profile, by: str) -> DigestSchedule:
        """Raises NotFound."""
        found = await self.get(channel)
        return await self._put(replace(found, profile=profile, by=by, changed_at=self._clock.now()))

    async def pause(self, channel: str, by: str, *, paused: bool) -> DigestSchedule:
        """Raises NotFound."""
        found = await self.get(channel)
        return await self._put(replace(found, paused=paused, by=by, changed_at=self._clock.now()))

    async def due(self, now: datetime) -> Sequence[tuple[DigestSchedule, Due]]:
        """Of every channel the newest digest whose time has come; whether it is out is known by its key."""
        found = [(each, each.newest(now)) for each in await self.all()]
        return [(schedule, due) for schedule, due in found if due is not None]

    async def _put(self, schedule: DigestSchedule) -> DigestSchedule:
        async with self._store.write() as unit:
            await unit.digests.put(schedule)
        return schedule
