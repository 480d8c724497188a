"""Where the app is installed by OAuth. The columns are those that Slack's SDK reads and writes; a test holds
them equal."""

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, String, Table
from sqlmodel import SQLModel


def _text(name: str, length: int) -> Column[str]:
    return Column(name, String(length))


INSTALLATIONS = Table(
    "slack_installations",
    SQLModel.metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("client_id", String(32), nullable=False),
    Column("app_id", String(32), nullable=False),
    _text("enterprise_id", 32),
    _text("enterprise_name", 200),
    _text("enterprise_url", 200),
    _text("team_id", 32),
    _text("team_name", 200),
    _text("bot_token", 200),
    _text("bot_id", 32),
    _text("bot_user_id", 32),
    _text("bot_scopes", 1000),
    _text("bot_refresh_token", 200),
    Column("bot_token_expires_at", DateTime),
    Column("user_id", String(32), nullable=False),
    _text("user_token", 200),
    _text("user_scopes", 1000),
    _text("user_refresh_token", 200),
    Column("user_token_expires_at", DateTime),
    _text("incoming_webhook_url", 200),
    _text("incoming_webhook_channel", 200),
    _text("incoming_webhook_channel_id", 200),
    _text("incoming_webhook_configuration_url", 200),
    Column("is_enterprise_install", Boolean, nullable=False),
    _text("token_type", 32),
    Column("installed_at", DateTime, nullable=False),
    Index("slack_installations_idx", "client_id", "enterprise_id", "team_id", "user_id", "installed_at"),
)

BOTS = Table(
    "slack_bots",
    SQLModel.metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("client_id", String(32), nullable=False),
    Column("app_id", String(32), nullable=False),
    _text("enterprise_id", 32),
    _text("enterprise_name", 200),
    _text("team_id", 32),
    _text("team_name", 200),
    _text("bot_token", 200),
    _text("bot_id", 32),
    _text("bot_user_id", 32),
    _text("bot_scopes", 1000),
    _text("bot_refresh_token", 200),
    Column("bot_token_expires_at", DateTime),
    Column("is_enterprise_install", Boolean, nullable=False),
    Column("installed_at", DateTime, nullable=False),
    Index("slack_bots_idx", "client_id", "enterprise_id", "team_id", "installed_at"),
)

OAUTH_STATES = Table(
    "slack_oauth_states",
    SQLModel.metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("state", String(200), nullable=False),
    Column("expire_at", DateTime, nullable=False),
)
