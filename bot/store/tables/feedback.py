"""What people think of outputs: marks and the votes they make, outputs that are tracked, labels."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from bot.store.tables.base import json_column, moment_column


class VoteRow(SQLModel, table=True):
    """The vote that stands, made of marks and explanation in the transaction that changes them."""

    __tablename__ = "vote"
    __table_args__ = (Index("ix_vote_given_at", "team", "given_at"),)

    team: str = Field(primary_key=True)
    output: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    thumb: str
    reasons: list[str] = json_column()
    comment: str = ""
    correction: str = ""
    given_at: datetime = moment_column()


class VoteMarkRow(SQLModel, table=True):
    """What a person last did at one source; ``thumb`` is "" once it was taken away."""

    __tablename__ = "vote_mark"

    team: str = Field(primary_key=True)
    output: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    source: str = Field(primary_key=True)
    thumb: str
    at: datetime = moment_column()


class VoteExplanationRow(SQLModel, table=True):
    """Why somebody does not like an output, redacted; it counts while their vote is 👎."""

    __tablename__ = "vote_explanation"

    team: str = Field(primary_key=True)
    output: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    reasons: list[str] = json_column()
    comment: str
    correction: str
    at: datetime = moment_column()


class TrackedOutputRow(SQLModel, table=True):
    """An output that may be judged, its texts redacted."""

    __tablename__ = "tracked_output"
    __table_args__ = (Index("ix_tracked_output_feature", "team", "feature", "created_at"),)

    team: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    kind: str
    feature: str
    title: str
    text: str
    input: dict[str, Any] = json_column()
    prompt: str
    fingerprint: str
    model: str
    trace: dict[str, Any] = json_column()
    channel: str
    tracked_by: str
    created_at: datetime = moment_column()


class OutputMessageRow(SQLModel, table=True):
    """A message in Slack that shows an output."""

    __tablename__ = "output_message"

    team: str = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    ts: str = Field(primary_key=True)
    output: str


class OutputLabelRow(SQLModel, table=True):
    """One person's look at one output: agree, disagree or unsure. The note is redacted."""

    __tablename__ = "output_label"

    team: str = Field(primary_key=True)
    output: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    label: str
    note: str
    at: datetime = moment_column()
