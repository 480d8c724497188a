"""The outbox: every message before it is sent, and what became of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables.base import json_column, moment_column


class OutboxRow(SQLModel, table=True):
    """One message. Whoever sends it holds it, as ``holder``, until ``held_until``; ``ts`` is Slack's."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("team", "key"),
        Index("ix_outbox_place", "team", "channel", "ts"),
        Index("ix_outbox_about", "team", "about"),
    )

    id: int | None = Field(default=None, primary_key=True)
    team: str
    key: str
    channel: str
    thread_ts: str = ""
    about: str = ""
    text: str
    blocks: list[dict[str, Any]] = json_column()
    state: str
    attempts: int = 0
    holder: str = ""
    held_until: datetime | None = moment_column(nullable=True)
    first_attempt_at: datetime | None = moment_column(nullable=True)
    ts: str = ""
    error: str = ""
    created_at: datetime = moment_column()
