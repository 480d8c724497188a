"""Which channel gets a digest, and when."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from bot.store.tables.base import json_column, moment_column


class DigestScheduleRow(SQLModel, table=True):
    """One channel's: ``day`` 0 is Monday, ``at`` "09:00" by the clocks of ``zone``; no ``features``: every
    one."""

    __tablename__ = "digest_schedule"

    team: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    day: int
    at: str
    zone: str
    profile: str
    features: list[Any] = json_column()
    paused: bool
    by: str
    changed_at: datetime = moment_column()
