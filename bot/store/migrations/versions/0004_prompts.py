"""Prompts that teams save, and the moves of their labels: rows that are added and never changed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)
UNCHANGING = ("prompt_version", "prompt_move")


def upgrade() -> None:
    op.create_table(
        "prompt_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt_version")),
        sa.UniqueConstraint("team", "name", "version", name=op.f("uq_prompt_version_team")),
    )
    op.create_table(
        "prompt_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("from_version", sa.Integer(), nullable=True),
        sa.Column("to_version", sa.Integer(), nullable=False),
        sa.Column("moved_by", sa.String(), nullable=False),
        sa.Column("moved_at", MOMENT, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("override", sa.String(), nullable=False),
        sa.Column("alone", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt_move")),
    )
    with op.batch_alter_table("prompt_move", schema=None) as batch_op:
        batch_op.create_index("ix_prompt_move_label", ["team", "name", "label"], unique=False)
    _freeze()


def downgrade() -> None:
    for table in UNCHANGING:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def _freeze() -> None:
    """Rows may be added, and erased with their team; no statement changes one.

    A later migration that alters one of these tables on SQLite copies it, and has to do this again.
    """
    if op.get_bind().dialect.name == "sqlite":
        for table in UNCHANGING:
            op.execute(
                f"CREATE TRIGGER {table}_unchanging BEFORE UPDATE ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} rows never change'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION '% rows never change', TG_TABLE_NAME; END $$"
    )
    for table in UNCHANGING:
        op.execute(
            f"CREATE TRIGGER {table}_unchanging BEFORE UPDATE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
