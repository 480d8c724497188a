"""What digests need of the database: their schedules, one a channel, and which tickets came when."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import Row, select

from bot.domain.digests.schedule import DigestSchedule, Profile
from bot.store.repositories import Repository
from bot.store.tables import METADATA

SCHEDULE = METADATA.tables["digest_schedule"]
SOURCE = METADATA.tables["source"]
TICKET = METADATA.tables["ticket"]


@dataclass(frozen=True, slots=True)
class Arrived:
    """A ticket, its source, and the private channel that came from ("" for none)."""

    source: str
    channel: str
    ticket: str
    at: datetime


class DigestSchedules(Repository):
    """The schedules of a team, by channel."""

    async def get(self, channel: str) -> DigestSchedule | None:
        found = await self._rows(self._select().where(SCHEDULE.c.channel == channel))
        return _schedule(found[0]) if found else None

    async def all(self) -> list[DigestSchedule]:
        """By channel."""
        return [_schedule(row) for row in await self._rows(self._select().order_by(SCHEDULE.c.channel))]

    async def put(self, schedule: DigestSchedule) -> None:
        """Insert it, or replace the channel's."""
        row = {
            "team": self._team,
            **{name: getattr(schedule, name) for name in ("channel", "day", "zone", "paused", "by")},
            "at": f"{schedule.at:%H:%M}",
            "profile": schedule.profile.value,
            "features": list(schedule.features),
            "changed_at": schedule.changed_at,
        }
        await self._upsert(SCHEDULE, row)

    def _select(self) -> Any:
        return select(SCHEDULE).where(SCHEDULE.c.team == self._team)


class Arrivals(Repository):
    """Tickets by when they were written."""

    async def between(self, since: datetime, until: datetime) -> list[Arrived]:
        """By source, oldest first; those without a date are in no week."""
        statement = (
            select(SOURCE.c.name, SOURCE.c.channel, TICKET.c.ticket_id, TICKET.c.created_at)
            .join(SOURCE, SOURCE.c.id == TICKET.c.source_id)
            .where(SOURCE.c.team == self._team)
            .where(TICKET.c.created_at >= since, TICKET.c.created_at < until)
            .order_by(SOURCE.c.name, TICKET.c.created_at, TICKET.c.ticket_id)
        )
        found = await self._rows(statement)
        return [Arrived(row.name, row.channel, row.ticket_id, row.created_at) for row in found]


def _schedule(row: Row[Any]) -> DigestSchedule:
    return DigestSchedule(
        channel=row.channel,
        day=row.day,
        at=time.fromisoformat(row.at),
        zone=row.zone,
        changed_at=row.changed_at,
        profile=Profile(row.profile),
        features=tuple(row.features),
        paused=row.paused,
        by=row.by,
    )
