"""What people may do, and what they think."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from bot.store.tables.base import json_column, moment_column


class PersonRoleRow(SQLModel, table=True):
    """The role an admin gave somebody; ``role`` is a name of domain.people.Role in lower case."""

    __tablename__ = "person_role"

    team: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    role: str
    given_by: str
    given_at: datetime = moment_column()


class VoteRow(SQLModel, table=True):
    """One person's thumb on one output; the last one wins. Comment and correction are redacted."""

    __tablename__ = "vote"

    team: str = Field(primary_key=True)
    output: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    thumb: str
    reasons: list[str] = json_column()
    comment: str = ""
    correction: str = ""
    given_at: datetime = moment_column()
