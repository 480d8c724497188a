"""Features under watch, and a log of their changes that is only added to."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision: str | None = "0009"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "feature",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("team", "name", name=op.f("pk_feature")),
    )
    op.create_table(
        "feature_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("feature", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feature_change")),
    )
    op.create_index("ix_feature_change_feature", "feature_change", ["team", "feature"])
    _freeze()


def downgrade() -> None:
    op.drop_table("feature_change")
    op.drop_table("feature")


def _freeze() -> None:
    """Changes may be added, and erased with their team; none is rewritten. ``refuse_change`` is of 0004."""
    refuse = "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    if op.get_bind().dialect.name == "sqlite":
        refuse = "BEGIN SELECT RAISE(ABORT, 'feature_change rows never change'); END"
    op.execute(f"CREATE TRIGGER feature_change_unchanging BEFORE UPDATE ON feature_change {refuse}")
