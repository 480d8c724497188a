"""Work that came in, and which processes are alive. Process-wide: the payload names the team."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from bot.store.tables.base import json_column, moment_column


class InboxRow(SQLModel, table=True):
    """One ask that was accepted; ``key`` makes a second delivery of it harmless."""

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_done_at", "done_at"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    job: str
    payload: dict[str, Any] = json_column()
    received_at: datetime = moment_column()
    taken_at: datetime | None = moment_column(nullable=True)
    done_at: datetime | None = moment_column(nullable=True)
    executor: str = ""


class HeartbeatRow(SQLModel, table=True):
    """When a process last said that it is alive."""

    __tablename__ = "heartbeat"

    executor: str = Field(primary_key=True)
    beat_at: datetime = moment_column()
