"""Experiments, their cells, and what people say of outputs."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables.base import json_column, moment_column


class ExperimentRow(SQLModel, table=True):
    """What was ordered and where it stands; ``number`` counts within the team and makes the id EX-number.

    ``spec`` is what was run (arms, cases) as JSON, ``plan_hash`` the sha256 of all that decides its cells.
    """

    __tablename__ = "experiment"
    __table_args__ = (UniqueConstraint("team", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    team: str
    number: int
    channel: str = ""
    state: str
    by: str
    dataset: str = ""
    ordered: dict[str, Any] = json_column()
    spec: dict[str, Any] = json_column()
    plan_hash: str = ""
    spent: float = 0.0
    why: str = ""
    decision: str = ""
    learned: str = ""
    closed_by: str = ""
    created_at: datetime = moment_column()
    finished_at: datetime | None = moment_column(nullable=True)


class CellRow(SQLModel, table=True):
    """One cell, its texts redacted. The key is what keeps a call from being paid for twice."""

    __tablename__ = "experiment_cell"

    experiment_id: int = Field(foreign_key="experiment.id", primary_key=True)
    arm: str = Field(primary_key=True)
    case: str = Field(primary_key=True)
    repeat: int = Field(primary_key=True)
    output: str
    passed: bool | None = None
    score: float | None = None
    named_scores: dict[str, float] = json_column()
    reason: str
    error: str
    latency_ms: float | None = None
    first_token_ms: float | None = None
    cost: float | None = None
    input_tokens: int
    output_tokens: int
    cached: bool
    parts: list[dict[str, Any]] = json_column()


class JudgeLabelRow(SQLModel, table=True):
    """What a person says of one output, to hold a judge against; the last word counts."""

    __tablename__ = "judge_label"

    experiment_id: int = Field(foreign_key="experiment.id", primary_key=True)
    arm: str = Field(primary_key=True)
    case: str = Field(primary_key=True)
    repeat: int = Field(primary_key=True)
    user: str = Field(primary_key=True)
    passed: bool
    given_at: datetime = moment_column()
