"""Sets of eval cases: their versions, their cases through the versions, and candidates."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables.base import json_column, moment_column


class DatasetRow(SQLModel, table=True):
    """A named set. ``channel`` is the private one its cases came from, "" where they came from elsewhere."""

    __tablename__ = "dataset"
    __table_args__ = (UniqueConstraint("team", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    team: str
    channel: str = ""
    name: str
    created_at: datetime = moment_column()


class DatasetVersionRow(SQLModel, table=True):
    """One version of a set and what it changed; never updated."""

    __tablename__ = "dataset_version"
    __table_args__ = (UniqueConstraint("dataset_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    dataset_id: int = Field(foreign_key="dataset.id")
    number: int
    author: str
    note: str
    cases: int
    added: int
    changed: int
    removed: int
    created_at: datetime = moment_column()


class DatasetCaseRow(SQLModel, table=True):
    """A case as it stood from version ``since`` up to, not including, ``until`` (None: still); ``place`` is
    where it stands in the set. An edit ends one row and begins another."""

    __tablename__ = "dataset_case"
    __table_args__ = (
        UniqueConstraint("dataset_id", "case_id", "since"),
        Index("ix_dataset_case_until", "dataset_id", "until"),
    )

    id: int | None = Field(default=None, primary_key=True)
    dataset_id: int = Field(foreign_key="dataset.id")
    case_id: str
    since: int
    until: int | None = None
    place: int
    body: dict[str, Any] = json_column()


class DatasetCandidateRow(SQLModel, table=True):
    """A case that waits for a person, or that one decided on; ``input_key`` is the hash of its input, so that
    what was rejected is not proposed again."""

    __tablename__ = "dataset_candidate"
    __table_args__ = (
        UniqueConstraint("dataset_id", "number"),
        UniqueConstraint("dataset_id", "input_key", name="uq_dataset_candidate_input"),
    )

    id: int | None = Field(default=None, primary_key=True)
    dataset_id: int = Field(foreign_key="dataset.id")
    number: int
    input_key: str
    body: dict[str, Any] = json_column()
    why: str
    state: str
    proposed_by: str
    proposed_at: datetime = moment_column()
    decided_by: str = ""
    decided_at: datetime | None = moment_column(nullable=True)
    reason: str = ""
