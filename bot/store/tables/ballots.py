"""Blind votes: what was put to people, and how each chose. Outputs stay in the cells."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables.base import json_column, moment_column


class BallotRow(SQLModel, table=True):
    """``key`` names the ask that opened it, so that a second run finds it. ``cases``: [case, left, right]."""

    __tablename__ = "ballot"
    __table_args__ = (
        UniqueConstraint("team", "key"),
        UniqueConstraint("team", "number", name="uq_ballot_number"),
    )

    id: int | None = Field(default=None, primary_key=True)
    team: str
    number: int
    key: str
    experiment: str
    baseline: str
    candidate: str
    cases: list[Any] = json_column()
    opened_by: str
    opened_at: datetime = moment_column()
    closed_by: str = ""
    closed_at: datetime | None = moment_column(nullable=True)


class BallotVoteRow(SQLModel, table=True):
    """One person's choice on one case of a ballot (its number from 1); the last one counts."""

    __tablename__ = "ballot_vote"

    team: str = Field(primary_key=True)
    ballot: int = Field(primary_key=True)
    case_number: int = Field(primary_key=True)
    user: str = Field(primary_key=True)
    choice: str
    voted_at: datetime = moment_column()
