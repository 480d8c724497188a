"""Features under watch, and who changed what of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from bot.store.tables.base import json_column, moment_column


class FeatureRow(SQLModel, table=True):
    """One feature as it is set up now."""

    __tablename__ = "feature"

    team: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    settings: dict[str, Any] = json_column()
    created_by: str
    created_at: datetime = moment_column()
    updated_at: datetime = moment_column()


class FeatureChangeRow(SQLModel, table=True):
    """One field set to another value. The migration has a trigger that refuses every update."""

    __tablename__ = "feature_change"
    __table_args__ = (Index("ix_feature_change_feature", "team", "feature"),)

    id: int | None = Field(default=None, primary_key=True)
    team: str
    feature: str
    at: datetime = moment_column()
    by: str
    field: str
    before: str
    after: str
    note: str
