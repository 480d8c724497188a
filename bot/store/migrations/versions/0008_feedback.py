"""Votes as marks, tracked outputs and labels."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)
TABLES = ("vote_mark", "vote_explanation", "tracked_output", "output_message", "output_label")

# Votes from before were kept without where they came from: each becomes the mark of the button.
MARKS = """
INSERT INTO vote_mark (team, output, "user", source, thumb, at)
SELECT team, output, "user", 'button', CASE WHEN thumb IN ('up', 'down') THEN thumb ELSE '' END, given_at
FROM vote
"""
EXPLANATIONS = """
INSERT INTO vote_explanation (team, output, "user", reasons, comment, correction, at)
SELECT team, output, "user", reasons, comment, correction, given_at FROM vote
WHERE comment <> '' OR correction <> '' OR CAST(reasons AS TEXT) <> '[]'
"""
TAKEN_BACK = "DELETE FROM vote WHERE thumb NOT IN ('up', 'down')"
WORDS_OF_UPS = "UPDATE vote SET reasons = '[]', comment = '', correction = '' WHERE thumb = 'up'"


def upgrade() -> None:
    _tables_of_votes()
    _tables_of_outputs()
    op.create_index("ix_vote_given_at", "vote", ["team", "given_at"], unique=False)
    for statement in (MARKS, EXPLANATIONS, TAKEN_BACK, WORDS_OF_UPS):
        op.execute(statement)


def _tables_of_votes() -> None:
    op.create_table(
        "vote_mark",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("output", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("thumb", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("team", "output", "user", "source", name=op.f("pk_vote_mark")),
    )
    op.create_table(
        "vote_explanation",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("output", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("correction", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("team", "output", "user", name=op.f("pk_vote_explanation")),
    )


def _tables_of_outputs() -> None:
    op.create_table(
        "tracked_output",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("feature", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("input", sa.JSON(), nullable=False),
        sa.Column("prompt", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("trace", sa.JSON(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("tracked_by", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("team", "name", name=op.f("pk_tracked_output")),
    )
    with op.batch_alter_table("tracked_output") as batch_op:
        batch_op.create_index("ix_tracked_output_feature", ["team", "feature", "created_at"], unique=False)
    op.create_table(
        "output_message",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("output", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("team", "channel", "ts", name=op.f("pk_output_message")),
    )
    op.create_table(
        "output_label",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("output", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("team", "output", "user", name=op.f("pk_output_label")),
    )


def downgrade() -> None:
    op.drop_index("ix_vote_given_at", "vote")
    for table in reversed(TABLES):
        op.drop_table(table)
