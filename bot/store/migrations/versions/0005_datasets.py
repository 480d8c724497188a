"""Datasets."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "dataset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataset")),
        sa.UniqueConstraint("team", "name", name=op.f("uq_dataset_team")),
    )
    op.create_table(
        "dataset_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("cases", "added", "changed", "removed")),
        sa.Column("created_at", MOMENT, nullable=False),
        *_of_a_set("dataset_version"),
        sa.UniqueConstraint("dataset_id", "number", name=op.f("uq_dataset_version_dataset_id")),
    )
    op.create_table(
        "dataset_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        *_of_a_set("dataset_case"),
        sa.UniqueConstraint("dataset_id", "case_id", "since", name=op.f("uq_dataset_case_dataset_id")),
    )
    with op.batch_alter_table("dataset_case", schema=None) as batch_op:
        batch_op.create_index("ix_dataset_case_until", ["dataset_id", "until"], unique=False)
    op.create_table(
        "dataset_candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("input_key", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        *_of_a_set("dataset_candidate"),
        sa.UniqueConstraint("dataset_id", "number", name=op.f("uq_dataset_candidate_dataset_id")),
        sa.UniqueConstraint("dataset_id", "input_key", name="uq_dataset_candidate_input"),
    )


def _of_a_set(table: str) -> tuple[sa.Constraint, sa.Constraint]:
    return (
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["dataset_id"], ["dataset.id"], name=op.f(f"fk_{table}_dataset_id_dataset")),
    )


def downgrade() -> None:
    for table in ("dataset_candidate", "dataset_case", "dataset_version", "dataset"):
        op.drop_table(table)
