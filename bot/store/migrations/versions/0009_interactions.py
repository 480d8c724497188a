"""Interactions of products, what their users said of them, keys of their intake, and business numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)
TEXTS_BEFORE = ("input", "output", "model", "prompt", "fingerprint")
TEXTS_AFTER = ("outcome", "final", "error", "session", "user")


def upgrade() -> None:
    op.create_table(
        "interaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("feature", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("occurred_at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in TEXTS_BEFORE),
        sa.Column("latency_ms", sa.Float(), nullable=True),
        sa.Column("cost", sa.Float(), nullable=True),
        sa.Column("input_tokens", sa.Integer(), nullable=True),
        sa.Column("output_tokens", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in TEXTS_AFTER),
        sa.Column("segment", sa.JSON(), nullable=False),
        sa.Column("trace", sa.String(), nullable=False),
        sa.Column("span", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interaction")),
        sa.UniqueConstraint("team", "feature", "key", name=op.f("uq_interaction_team")),
    )
    op.create_index("ix_interaction_occurred", "interaction", ["team", "feature", "occurred_at"])
    op.create_index("ix_interaction_trace", "interaction", ["team", "trace"])
    op.create_table(
        "product_feedback",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("team", "feature", "key")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("interaction", "trace", "user", "thumb")),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("comment", "correction", "outcome")),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("applied", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("team", "feature", "key", name=op.f("pk_product_feedback")),
    )
    op.create_index(
        "ix_product_feedback_applied", "product_feedback", ["team", "applied", "feature", "interaction"]
    )
    op.create_table(
        "intake_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("feature", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("last_used_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_key")),
        sa.UniqueConstraint("hash", name=op.f("uq_intake_key_hash")),
    )
    op.create_table(
        "business_number",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("feature", sa.String(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("team", "feature", "metric", "at", name=op.f("pk_business_number")),
    )


def downgrade() -> None:
    op.drop_table("business_number")
    op.drop_table("intake_key")
    op.drop_table("product_feedback")
    op.drop_table("interaction")
