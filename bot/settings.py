"""Settings: one frozen object, the only reader of the environment (prefix PLUMB_)."""

import secrets
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError


class Settings(BaseSettings):
    """Everything that can be set, with its default. Every field is documented in the README."""

    model_config = SettingsConfigDict(
        env_prefix="PLUMB_",
        env_ignore_empty=True,  # compose files and units set what is not given to nothing
        frozen=True,
        extra="ignore",
        populate_by_name=True,
    )

    data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("plumbline", appauthor=False)),
        description="Folder of the database, the install key and the log file.",
    )
    database_url: str = Field(
        default="", description="SQLAlchemy async URL; empty means SQLite in the data folder."
    )
    team: str = Field(default="local", description="Team that rows belong to outside Slack.")
    model: str = Field(
        default="offline", description='"offline", or "provider:model", e.g. "anthropic:claude-sonnet-4-5".'
    )
    experiment_models: dict[str, str] = Field(
        default_factory=dict,
        description='Models for experiments by the names people type, e.g. {"gpt": "openai:gpt-5-mini"}.',
    )
    embeddings: str = Field(
        default="minilm", description='"minilm" (shipped), or "openai:model" for API embeddings.'
    )
    openai_api_key: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("PLUMB_OPENAI_API_KEY", "OPENAI_API_KEY"),
        description="Key for OpenAI or a compatible server.",
    )
    anthropic_api_key: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("PLUMB_ANTHROPIC_API_KEY", "ANTHROPIC_API_KEY"),
        description="Key for Anthropic.",
    )
    openai_base_url: str = Field(default="", description="OpenAI-compatible server; must be allowed below.")
    anthropic_base_url: str = Field(
        default="", description="Anthropic-compatible server; must be allowed below."
    )
    allowed_base_urls: tuple[str, ...] = Field(
        default=(), description='JSON list of base URLs that may be used, e.g. ["http://127.0.0.1:11434/v1"].'
    )
    model_timeout_s: float = Field(default=60.0, gt=0, description="Seconds one model call may take.")
    model_concurrency: int = Field(default=4, ge=1, le=64, description="Model calls in flight at once.")
    spend_cap_usd: float = Field(default=2.0, ge=0, description="Hard cap on model spending for one command.")
    daily_cap_usd: float = Field(
        default=20.0, ge=0, description="Hard cap on what a team's experiments may cost in a day (UTC)."
    )
    trace_models: bool = Field(
        default=False, description="Print every model request and response, redacted, to standard error."
    )
    workers: int = Field(
        default=2, ge=0, le=32, description="Worker processes for imports; 0 runs in process."
    )
    job_retention_days: int = Field(
        default=30,
        ge=1,
        description="Days that finished jobs are kept: what was asked, and each step's result.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Level of the log file."
    )
    log_stderr: bool = Field(
        default=False, description="Log to standard error too, redacted as the file is; for containers."
    )
    secret: SecretStr | None = Field(
        default=None, description="Key for hashing requesters; by default a file in the data folder."
    )

    slack_bot_token: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("PLUMB_SLACK_BOT_TOKEN", "SLACK_BOT_TOKEN"),
        description="Bot token, xoxb-…; with it `plumb run` serves one workspace.",
    )
    slack_app_token: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("PLUMB_SLACK_APP_TOKEN", "SLACK_APP_TOKEN"),
        description="App-level token, xapp-…, for Socket Mode.",
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("PLUMB_SLACK_SIGNING_SECRET", "SLACK_SIGNING_SECRET"),
        description="Signing secret, for HTTP.",
    )
    slack_client_id: str = Field(
        default="", description="OAuth client id; with it several workspaces install."
    )
    slack_client_secret: SecretStr | None = Field(default=None, description="OAuth client secret.")
    slack_transport: Literal["socket", "http"] = Field(
        default="socket", description='How Slack reaches the bot: "socket" (no public address) or "http".'
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/", description="Slack's Web API; the sandbox has its own."
    )
    slack_command: str = Field(
        default="plumb", pattern=r"^[a-z0-9_-]{1,31}$", description="Name of the root slash command."
    )
    http_host: str = Field(default="127.0.0.1", description="Address that HTTP listens on.")
    http_port: int = Field(
        default=0,
        ge=0,
        le=65535,
        description="Port for events over HTTP, /v1, /healthz, /readyz, /metrics; 0: none with Socket Mode.",
    )
    api_token: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="Bearer token for /v1, where your product reads its live prompts; of the team above.",
    )
    intake_rate: float = Field(
        default=5_000, gt=0, description="Records a second that one key may send, ten seconds of it at once."
    )
    intake_bytes_rate: float = Field(
        default=10_000_000, gt=0, description="Bytes a second, unpacked, that one key may send."
    )
    intake_max_bytes: int = Field(
        default=5_000_000, ge=1_000, le=100_000_000, description="Largest body of a request, unpacked."
    )
    public_url: str = Field(
        default="", description="HTTPS address Slack reaches this bot at, for HTTP and OAuth."
    )
    default_role: Literal["none", "viewer", "contributor", "reviewer"] = Field(
        default="reviewer", description="Role of a full member whom no admin gave another."
    )
    watch_days: int = Field(
        default=14, ge=1, le=365, description="Days that a release is watched: did its reason go away?"
    )
    suggest_after: int = Field(
        default=8, ge=1, description="New cases from corrections that are worth suggesting an experiment."
    )
    draft_examples: bool = Field(
        default=False, description="Let a model that drafts stories see corrections of earlier ones."
    )
    channel_history: bool = Field(
        default=False,
        description="Let drafts come `from #channel`; adds the history scopes to the manifest.",
    )

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'plumbline.db'}"

    def install_key(self) -> bytes:
        """The key requesters are hashed with; made once per data folder, readable by its owner only."""
        if self.secret is not None:
            return self.secret.get_secret_value().encode()
        path = self.data_dir / "install.key"
        try:
            return path.read_bytes()
        except FileNotFoundError:
            self.data_dir.mkdir(parents=True, exist_ok=True)
        try:
            path.touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            return path.read_bytes()
        path.write_bytes(secrets.token_hex(32).encode())
        return path.read_bytes()


def load_settings() -> Settings:
    """Read the environment; name everything that is wrong at once."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(f"{_variable(e['loc'])}: {e['msg']}" for e in error.errors(include_input=False))
        raise SettingsError(
            f"These settings cannot be used: {wrong}.", hint="Correct them in the environment."
        ) from None


def _variable(location: tuple[int | str, ...]) -> str:
    name = str(location[0]) if location else "?"
    return name if name.isupper() else f"PLUMB_{name.upper()}"
