"""Prompts that went live, what was seen after, and experiments that were suggested."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables.base import json_column, moment_column


class ReleaseRow(SQLModel, table=True):
    """A promotion to production; ``number`` counts within the team and makes the id REL-number. ``mends``:
    reasons with how many corrections gave each, [[reason, count]]. ``judgement`` the watch's, {} before."""

    __tablename__ = "prompt_release"
    __table_args__ = (
        UniqueConstraint("team", "number"),
        UniqueConstraint("team", "prompt", "released_at", name="uq_prompt_release_moment"),
    )

    id: int | None = Field(default=None, primary_key=True)
    team: str
    number: int
    prompt: str
    from_version: int | None
    to_version: int
    experiment: str
    dataset: str
    mends: list[Any] = json_column()
    grounds: str
    released_by: str
    released_at: datetime = moment_column()
    watch_days: int
    ended: str = ""
    ended_by: str = ""
    ended_at: datetime | None = moment_column(nullable=True)
    judgement: dict[str, Any] = json_column()
    judged_at: datetime | None = moment_column(nullable=True)


class SuggestionRow(SQLModel, table=True):
    """An experiment that was suggested, one for each version of a set, and what its person made of it."""

    __tablename__ = "suggestion"

    team: str = Field(primary_key=True)
    dataset: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    prompt: str
    draft: str
    person: str
    cases: int
    reason: str
    answer: str
    offered_at: datetime = moment_column()
