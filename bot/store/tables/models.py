"""Paid calls of language models, and their kept answers."""

from datetime import datetime

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel

from bot.store.tables.base import moment_column


class ModelCallRow(SQLModel, table=True):
    """One paid model call: reserved before it is sent, settled after."""

    __tablename__ = "model_call"

    id: int | None = Field(default=None, primary_key=True)
    team: str = Field(index=True)
    model: str
    prompt: str = ""
    reserved: float
    cost: float | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    created_at: datetime = moment_column()


class ResponseRow(SQLModel, table=True):
    """A cached model response by request hash."""

    __tablename__ = "response_cache"

    key: str = Field(primary_key=True)
    response: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created_at: datetime = moment_column()
