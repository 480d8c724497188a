"""Interactions of products, what their users said of them, keys to send with, and business numbers."""

from datetime import datetime

from sqlalchemy import Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.store.tables.base import UtcDateTime, json_column, moment_column


class InteractionRow(SQLModel, table=True):
    """One call of a product's AI feature; ``key`` is the product's own id of it. Texts are redacted, people
    hashed. "", {} and NULL: nobody has said yet."""

    __tablename__ = "interaction"
    __table_args__ = (
        UniqueConstraint("team", "feature", "key"),
        Index("ix_interaction_occurred", "team", "feature", "occurred_at"),
        Index("ix_interaction_trace", "team", "trace"),
    )

    id: int | None = Field(default=None, primary_key=True)
    team: str
    feature: str
    key: str
    occurred_at: datetime = moment_column()
    received_at: datetime = moment_column()
    input: str
    output: str
    model: str
    prompt: str
    fingerprint: str
    latency_ms: float | None = None
    cost: float | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    confidence: float | None = None
    outcome: str
    final: str
    error: str
    session: str
    user: str
    segment: dict[str, str] = json_column()
    trace: str
    span: str


class ProductFeedbackRow(SQLModel, table=True):
    """Feedback as a product sent it; ``key`` is the product's own id of it, by which it counts once. It is of
    the interaction with that id, or the newest of that trace. Once it is ``applied`` (it is a vote on a known
    interaction) its words are with the votes only. ``thumb`` "none": taken back."""

    __tablename__ = "product_feedback"
    __table_args__ = (Index("ix_product_feedback_applied", "team", "applied", "feature", "interaction"),)

    team: str = Field(primary_key=True)
    feature: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    interaction: str
    trace: str
    user: str
    thumb: str
    score: float | None = None
    reasons: list[str] = json_column()
    comment: str
    correction: str
    outcome: str
    at: datetime = moment_column()
    received_at: datetime = moment_column()
    applied: bool


class IntakeKeyRow(SQLModel, table=True):
    """A secret that a product sends with, for one feature. Kept: its SHA-256, and how it begins."""

    __tablename__ = "intake_key"
    __table_args__ = (UniqueConstraint("hash"),)

    id: int | None = Field(default=None, primary_key=True)
    team: str
    feature: str
    name: str
    prefix: str
    hash: str
    created_by: str
    created_at: datetime = moment_column()
    revoked_at: datetime | None = moment_column(nullable=True)
    last_used_at: datetime | None = moment_column(nullable=True)


class BusinessNumberRow(SQLModel, table=True):
    """A business metric's value at a moment, of ``n`` cases where known. The last one sent counts."""

    __tablename__ = "business_number"

    team: str = Field(primary_key=True)
    feature: str = Field(primary_key=True)
    metric: str = Field(primary_key=True)
    at: datetime = Field(sa_column=Column(UtcDateTime(), primary_key=True))
    value: float
    n: int | None = None
