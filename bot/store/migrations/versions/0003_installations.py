"""Workspaces that installed the app by OAuth."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "slack_installations",
        *_app("enterprise_url"),
        sa.Column("user_id", sa.String(32), nullable=False),
        *_texts("user_token"),
        sa.Column("user_scopes", sa.String(1000)),
        *_texts("user_refresh_token"),
        sa.Column("user_token_expires_at", sa.DateTime()),
        *_texts("incoming_webhook_url", "incoming_webhook_channel"),
        *_texts("incoming_webhook_channel_id", "incoming_webhook_configuration_url"),
        sa.Column("token_type", sa.String(32)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slack_installations")),
    )
    op.create_index(
        "slack_installations_idx",
        "slack_installations",
        ["client_id", "enterprise_id", "team_id", "user_id", "installed_at"],
    )
    op.create_table("slack_bots", *_app(), sa.PrimaryKeyConstraint("id", name=op.f("pk_slack_bots")))
    op.create_index("slack_bots_idx", "slack_bots", ["client_id", "enterprise_id", "team_id", "installed_at"])
    op.create_table(
        "slack_oauth_states",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(200), nullable=False),
        sa.Column("expire_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slack_oauth_states")),
    )


def _app(*more: str) -> list[sa.Column[object]]:
    """What both kinds of row hold of an installation."""
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(32), nullable=False),
        sa.Column("app_id", sa.String(32), nullable=False),
        sa.Column("enterprise_id", sa.String(32)),
        *_texts("enterprise_name", *more),
        sa.Column("team_id", sa.String(32)),
        *_texts("team_name", "bot_token"),
        sa.Column("bot_id", sa.String(32)),
        sa.Column("bot_user_id", sa.String(32)),
        sa.Column("bot_scopes", sa.String(1000)),
        *_texts("bot_refresh_token"),
        sa.Column("bot_token_expires_at", sa.DateTime()),
        sa.Column("is_enterprise_install", sa.Boolean(), nullable=False),
        sa.Column("installed_at", sa.DateTime(), nullable=False),
    ]


def _texts(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.String(200)) for name in names]


def downgrade() -> None:
    for table in ("slack_oauth_states", "slack_bots", "slack_installations"):
        op.drop_table(table)
