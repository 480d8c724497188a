"""Schedules of digests, and what people wrote about in a week, on both databases."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.domain.digests import DigestSchedule, Need, Profile
from bot.domain.themes import Member, Theme, Trend
from bot.domain.tickets import Ticket
from bot.domain.weeks import Week
from bot.ports import Embedder
from bot.services.digests.writing import Written, needs
from bot.services.themes import OfflineNamer, ThemeService
from bot.services.vectors import Vectorizer
from bot.store import Store
from tests.conftest import FixedClock

WEEK = Week(date(2026, 11, 9), "Europe/Berlin")

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


async def test_what_people_wrote_about_is_counted_by_week_and_kept_to_its_channel(
    store: Store, clock: FixedClock
) -> None:
    """A private source has the larger theme; a ticket of the week is in no theme, one has no date."""
    monday = WEEK.since
    days = {"t1": 0, "t2": 3, "t3": 6, "t4": -1, "t5": -8, "t6": 7}
    public = [ticket(name, monday + timedelta(days=day)) for name, day in days.items()]
    public.append(ticket("t7", None))
    private = [ticket(f"p{n}", monday + timedelta(hours=n)) for n in range(9)]
    async with store.write() as unit:
        for name, channel, tickets, members in (
            ("mail", "", public, ("t1", "t2", "t4", "t5", "t6", "t7")),
            ("leads", "C0LEADS", private, tuple(f"p{n}" for n in range(9))),
        ):
            source = await unit.sources.get_or_add(name, "csv", AT, channel)
            await unit.tickets.add(source.id, tickets)
            await unit.themes.add(name, "normal", [dumped(f"About {name}", members)], AT)
    themes = ThemeService(store, clock, Vectorizer(store, unopened), OfflineNamer())
    assert await needs(store, themes, WEEK, "C0MOSS") == Written(
        (Need("About mail", 2, 1, "Where is it?", "t1"),), tickets=3, grouped=2
    )
    there = await needs(store, themes, WEEK, "C0LEADS")
    assert [(need.name, need.tickets) for need in there.needs] == [("About leads", 9), ("About mail", 2)]
    assert (there.tickets, there.grouped) == (12, 11)


def ticket(name: str, at: datetime | None) -> Ticket:
    return Ticket(ticket_id=name, text=f"Where is {name}?", created_at=at)


def dumped(name: str, members: tuple[str, ...]) -> dict[str, Any]:
    found = tuple(Member(member, 0.9, 0.1) for member in members)
    theme = Theme(f"TH-{name}", name, (), "Where is it?", "t1", found, 1, Trend())
    return asdict(theme)


def unopened() -> Embedder:
    raise AssertionError("nothing is embedded to count")
