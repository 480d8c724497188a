"""Experiments."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "experiment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *_texts("channel", "state", "by", "dataset"),
        sa.Column("ordered", sa.JSON(), nullable=False),
        sa.Column("spec", sa.JSON(), nullable=False),
        *_texts("plan_hash"),
        sa.Column("spent", sa.Float(), nullable=False),
        *_texts("why", "decision", "learned", "closed_by"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_experiment")),
        sa.UniqueConstraint("team", "number", name=op.f("uq_experiment_team")),
    )
    op.create_table(
        "experiment_cell",
        *_of_a_cell(),
        *_texts("output"),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("named_scores", sa.JSON(), nullable=False),
        *_texts("reason", "error"),
        *(sa.Column(name, sa.Float(), nullable=True) for name in ("latency_ms", "first_token_ms", "cost")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("input_tokens", "output_tokens")),
        sa.Column("cached", sa.Boolean(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        *_keys("experiment_cell", "experiment_id", "arm", "case", "repeat"),
    )
    op.create_table(
        "judge_label",
        *_of_a_cell(),
        *_texts("user"),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        *_keys("judge_label", "experiment_id", "arm", "case", "repeat", "user"),
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _of_a_cell() -> list[sa.Column[Any]]:
    experiment = sa.Column("experiment_id", sa.Integer(), nullable=False)
    return [experiment, *_texts("arm", "case"), sa.Column("repeat", sa.Integer(), nullable=False)]


def _keys(table: str, *primary: str) -> list[sa.Constraint]:
    owner = op.f(f"fk_{table}_experiment_id_experiment")
    return [
        sa.ForeignKeyConstraint(["experiment_id"], ["experiment.id"], name=owner),
        sa.PrimaryKeyConstraint(*primary, name=op.f(f"pk_{table}")),
    ]


def downgrade() -> None:
    for table in ("judge_label", "experiment_cell", "experiment"):
        op.drop_table(table)
