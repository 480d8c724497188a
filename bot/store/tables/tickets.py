"""Sources, imports and their tickets."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables.base import json_column, moment_column


class SourceRow(SQLModel, table=True):
    """A named support log; imports with the same name add to it."""

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("team", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    team: str
    channel: str = ""
    name: str
    kind: str
    owner: str = ""
    licence: str = ""
    consent: str = ""
    note: str = ""
    created_at: datetime = moment_column()


class ImportRow(SQLModel, table=True):
    """One run of an import: what it took, skipped and why."""

    __tablename__ = "import_run"

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id", index=True)
    filename: str
    accepted: int
    skipped: int
    duplicates: int
    problems: list[dict[str, Any]] = json_column()
    notes: list[str] = json_column()
    audit: dict[str, Any] = json_column()
    grade: str
    override_reason: str = ""
    imported_at: datetime = moment_column()


class TicketRow(SQLModel, table=True):
    """One redacted ticket; ``text_hash`` is the blake2b-128 of the redacted text."""

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("source_id", "ticket_id"),
        Index("ix_ticket_created", "source_id", "created_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    ticket_id: str
    text: str
    text_hash: bytes = Field(sa_column=Column(LargeBinary(16), nullable=False))
    created_at: datetime | None = moment_column(nullable=True)
    requester: str | None = None
    fields: dict[str, str] = json_column()
    pii: dict[str, int] = json_column()
