"""Schedules of digests on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, time

from bot.domain.digests import DigestSchedule, Profile
from bot.store import Store

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
MOSS = DigestSchedule("C0MOSS", 0, time(9), "Europe/Berlin", AT, by="U0ADA")
LEADS = DigestSchedule(
    "C0LEADS", 4, time(17, 30), "Asia/Tokyo", AT, Profile.EXEC, ("reply", "triage"), True, "U0BEN"
)


async def test_a_schedule_comes_back_as_it_was_set_one_a_channel(store: Store) -> None:
    changed = replace(MOSS, day=2, zone="UTC", paused=True)
    async with store.write() as unit:
        for schedule in (MOSS, LEADS, changed):
            await unit.digests.put(schedule)
    async with store.for_team("other").write() as unit:
        await unit.digests.put(MOSS)
    async with store.read() as unit:
        assert await unit.digests.all() == [LEADS, changed]
        assert await unit.digests.get("C0MOSS") == changed
        assert await unit.digests.get("C0NONE") is None
