"""Stories and their history."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables.base import json_column, moment_column


class StoryRow(SQLModel, table=True):
    """A story; ``number`` counts within the team and makes the id ST-number."""

    __tablename__ = "story"
    __table_args__ = (
        UniqueConstraint("team", "number"),
        Index("ix_story_theme", "team", "scope", "theme_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    team: str
    channel: str = ""
    number: int
    scope: str
    theme_id: str
    state: str
    story: dict[str, Any] = json_column()
    created_at: datetime = moment_column()
    updated_at: datetime = moment_column()


class StoryChangeRow(SQLModel, table=True):
    """What a person changed in a story: an edit (a correction to learn from) or a step of its state."""

    __tablename__ = "story_change"

    id: int | None = Field(default=None, primary_key=True)
    story_id: int = Field(foreign_key="story.id", index=True)
    kind: str
    field: str = ""
    before: str = ""
    after: str = ""
    author: str
    created_at: datetime = moment_column()
