"""Tables. Every row belongs to a team; what came from a Slack channel carries it."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    Index,
    LargeBinary,
    MetaData,
    TypeDecorator,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in Python on both databases; SQLite keeps no offset of its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value


def _json(nullable: bool = False) -> Any:
    return Field(sa_column=Column(JSON, nullable=nullable))


def _moment(nullable: bool = False) -> Any:
    return Field(default=None, sa_column=Column(UtcDateTime(), nullable=nullable))


class SourceRow(SQLModel, table=True):
    """A named support log; imports with the same name add to it."""

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("team", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    team: str
    channel: str = ""
    name: str
    kind: str
    owner: str = ""
    licence: str = ""
    consent: str = ""
    note: str = ""
    created_at: datetime = _moment()


class ImportRow(SQLModel, table=True):
    """One run of an import: what it took, skipped and why."""

    __tablename__ = "import_run"

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id", index=True)
    filename: str
    accepted: int
    skipped: int
    duplicates: int
    problems: list[dict[str, Any]] = _json()
    notes: list[str] = _json()
    audit: dict[str, Any] = _json()
    grade: str
    override_reason: str = ""
    imported_at: datetime = _moment()


class TicketRow(SQLModel, table=True):
    """One redacted ticket; ``text_hash`` is the blake2b-128 of the redacted text."""

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("source_id", "ticket_id"),
        Index("ix_ticket_created", "source_id", "created_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    ticket_id: str
    text: str
    text_hash: bytes = Field(sa_column=Column(LargeBinary(16), nullable=False))
    created_at: datetime | None = _moment(nullable=True)
    requester: str | None = None
    fields: dict[str, str] = _json()
    pii: dict[str, int] = _json()


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
    themes: list[dict[str, Any]] = _json()
    created_at: datetime = _moment()


class ThemeEditRow(SQLModel, table=True):
    """A person's change to the themes of a scope, applied again after every run, in order of id."""

    __tablename__ = "theme_edit"

    id: int | None = Field(default=None, primary_key=True)
    team: str = Field(index=True)
    scope: str = Field(index=True)
    edit: dict[str, Any] = _json()
    author: str
    created_at: datetime = _moment()


class StoryRow(SQLModel, table=True):
    """A story; ``number`` counts within the team and makes the id ST-number."""

    __tablename__ = "story"
    __table_args__ = (
        UniqueConstraint("team", "number"),
        Index("ix_story_theme", "team", "scope", "theme_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    team: str
    channel: str = ""
    number: int
    scope: str
    theme_id: str
    state: str
    story: dict[str, Any] = _json()
    created_at: datetime = _moment()
    updated_at: datetime = _moment()


class StoryChangeRow(SQLModel, table=True):
    """What a person changed in a story: an edit (a correction to learn from) or a step of its state."""

    __tablename__ = "story_change"

    id: int | None = Field(default=None, primary_key=True)
    story_id: int = Field(foreign_key="story.id", index=True)
    kind: str
    field: str = ""
    before: str = ""
    after: str = ""
    author: str
    created_at: datetime = _moment()


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
    created_at: datetime = _moment()


class ResponseRow(SQLModel, table=True):
    """A cached model response by request hash."""

    __tablename__ = "response_cache"

    key: str = Field(primary_key=True)
    response: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created_at: datetime = _moment()


METADATA: MetaData = SQLModel.metadata
