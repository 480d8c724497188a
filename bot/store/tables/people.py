"""What people may do."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from bot.store.tables.base import moment_column


class PersonRoleRow(SQLModel, table=True):
    """The role an admin gave somebody; ``role`` is a name of domain.people.Role in lower case."""

    __tablename__ = "person_role"

    team: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    role: str
    given_by: str
    given_at: datetime = moment_column()
