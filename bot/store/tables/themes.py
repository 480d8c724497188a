"""Vectors, themes and what people change about them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel

from bot.store.tables.base import json_column, moment_column


class EmbeddingRow(SQLModel, table=True):
    """A stored vector, float16, keyed by model and text hash, so that a re-run embeds only what is new."""

    __tablename__ = "embedding"

    model: str = Field(primary_key=True)
    text_hash: bytes = Field(sa_column=Column(LargeBinary(16), primary_key=True))
    vector: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class ThemeRunRow(SQLModel, table=True):
    """One grouping of a source's tickets; the newest of a scope is the one in force."""

    __tablename__ = "theme_run"

    id: int | None = Field(default=None, primary_key=True)
    team: str = Field(index=True)
    scope: str = Field(index=True)
    granularity: str
    themes: list[dict[str, Any]] = json_column()
    created_at: datetime = moment_column()


class ThemeEditRow(SQLModel, table=True):
    """A person's change to the themes of a scope, applied again after every run, in order of id."""

    __tablename__ = "theme_edit"

    id: int | None = Field(default=None, primary_key=True)
    team: str = Field(index=True)
    scope: str = Field(index=True)
    edit: dict[str, Any] = json_column()
    author: str
    created_at: datetime = moment_column()
