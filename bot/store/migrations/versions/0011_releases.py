"""Releases, their watch windows, and suggestions."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision: str | None = "0010"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "prompt_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("prompt", sa.String(), nullable=False),
        sa.Column("from_version", sa.Integer(), nullable=True),
        sa.Column("to_version", sa.Integer(), nullable=False),
        sa.Column("experiment", sa.String(), nullable=False),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("mends", sa.JSON(), nullable=False),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("released_by", sa.String(), nullable=False),
        sa.Column("released_at", MOMENT, nullable=False),
        sa.Column("watch_days", sa.Integer(), nullable=False),
        sa.Column("ended", sa.String(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("judgement", sa.JSON(), nullable=False),
        sa.Column("judged_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt_release")),
        sa.UniqueConstraint("team", "number", name=op.f("uq_prompt_release_team")),
        sa.UniqueConstraint("team", "prompt", "released_at", name="uq_prompt_release_moment"),
    )
    op.create_table(
        "suggestion",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("prompt", sa.String(), nullable=False),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("offered_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("team", "dataset", "version", name=op.f("pk_suggestion")),
    )


def downgrade() -> None:
    op.drop_table("suggestion")
    op.drop_table("prompt_release")
