"""Prompts that teams saved, and where their labels stood; rows are added, never changed."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables.base import moment_column


class PromptVersionRow(SQLModel, table=True):
    """One version. The migration has a trigger that refuses every update."""

    __tablename__ = "prompt_version"
    __table_args__ = (UniqueConstraint("team", "name", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    team: str
    name: str
    version: int
    body: str
    fingerprint: str
    model: str
    author: str
    owner: str
    note: str
    created_at: datetime = moment_column()


class PromptMoveRow(SQLModel, table=True):
    """One move of a label; the last one says where it stands. The same trigger."""

    __tablename__ = "prompt_move"
    __table_args__ = (Index("ix_prompt_move_label", "team", "name", "label"),)

    id: int | None = Field(default=None, primary_key=True)
    team: str
    name: str
    label: str
    kind: str
    from_version: int | None
    to_version: int
    moved_by: str
    moved_at: datetime = moment_column()
    reason: str
    verdict: str
    override: str
    alone: str
