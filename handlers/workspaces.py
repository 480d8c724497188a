"""Which workspaces the bot serves: one by its token, or all that installed it by OAuth."""

from typing import Protocol

from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import SettingsError
from bot.settings import Settings
from bot.store.database import open_engine
from handlers.manifest import INSTALL_PATH, REDIRECT_PATH
from handlers.transport.client import web_client

STATE_SECONDS = 600  # between "Add to Slack" and coming back
AUTHORIZE_PATH = "oauth/v2/authorize"


class Workspaces(Protocol):
    """``app`` knows whose token a request works with; ``token_of`` says it for work that goes on later."""

    app: AsyncApp

    async def token_of(self, team: str) -> str:
        """Raises errors.SettingsError where the app is not installed (any more)."""
        ...

    async def teams(self) -> list[str]:
        """Every workspace there is work for; "" stands for the only one."""
        ...

    async def close(self) -> None: ...


def open_workspaces(settings: Settings, scopes: frozenset[str]) -> Workspaces:
    """Several with a client id, else one. ``scopes`` are asked for when somebody installs the app.

    Raises:
        SettingsError: neither a bot token nor a complete set of OAuth settings is there.
    """
    return ManyWorkspaces(settings, scopes) if settings.slack_client_id else OneWorkspace(settings)


class OneWorkspace:
    """The workspace that the bot token belongs to."""

    def __init__(self, settings: Settings) -> None:
        if settings.slack_bot_token is None:
            raise SettingsError(
                "There is no bot token.",
                hint="Set PLUMB_SLACK_BOT_TOKEN (OAuth & Permissions), or look around first: make demo",
            )
        self._token = settings.slack_bot_token.get_secret_value()
        self.app = AsyncApp(
            name="plumbline", client=web_client(settings, self._token), signing_secret=_signing(settings)
        )

    async def token_of(self, team: str) -> str:
        return self._token

    async def teams(self) -> list[str]:
        return [""]

    async def close(self) -> None:
        pass


class ManyWorkspaces:
    """All that installed the app; their tokens are in the application's database."""

    def __init__(self, settings: Settings, scopes: frozenset[str]) -> None:
        self._engine = open_engine(settings.database)
        self._store = Installations(settings.slack_client_id, self._engine)
        client = web_client(settings)
        self.app = AsyncApp(
            name="plumbline",
            client=client,
            signing_secret=_signing(settings),
            oauth_flow=AsyncOAuthFlow(
                client=client, settings=_oauth(settings, scopes, self._store, self._engine)
            ),
        )
        self.app.enable_token_revocation_listeners()

    async def token_of(self, team: str) -> str:
        token = await self._store.token_of(team)
        if token is None:
            raise SettingsError(
                f"The app is not installed in workspace {team}.", hint="Somebody there has to add it again."
            )
        return token

    async def teams(self) -> list[str]:
        return await self._store.teams()

    async def close(self) -> None:
        await self._engine.dispose()


class Installations(AsyncSQLAlchemyInstallationStore):
    """Tokens by workspace. Reading them waits for no writer: it happens before every ack."""

    def __init__(self, client_id: str, engine: AsyncEngine) -> None:
        super().__init__(client_id, engine)
        self._reading = AsyncSQLAlchemyInstallationStore(client_id, engine.execution_options(read_only=True))

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        return await self._reading.async_find_bot(
            enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=is_enterprise_install
        )

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        return await self._reading.async_find_installation(
            enterprise_id=enterprise_id,
            team_id=team_id,
            user_id=user_id,
            is_enterprise_install=is_enterprise_install,
        )

    async def token_of(self, team: str) -> str | None:
        """The newest bot token of a workspace, whatever organisation it belongs to."""
        bots = self.bots.c
        newest = (
            select(bots.bot_token)
            .where(bots.client_id == self.client_id, bots.team_id == team, bots.bot_token.is_not(None))
            .order_by(bots.installed_at.desc())
            .limit(1)
        )
        async with self._reading.engine.connect() as connection:
            token = (await connection.execute(newest)).scalar()
        return None if token is None else str(token)

    async def teams(self) -> list[str]:
        """Workspaces with a bot token."""
        bots = self.bots.c
        wanted = select(bots.team_id).where(
            bots.client_id == self.client_id, bots.bot_token.is_not(None), bots.team_id.is_not(None)
        )
        async with self._reading.engine.connect() as connection:
            return sorted({str(team) for team in (await connection.execute(wanted)).scalars()})


def _oauth(
    settings: Settings, scopes: frozenset[str], store: Installations, engine: AsyncEngine
) -> AsyncOAuthSettings:
    if settings.slack_client_secret is None or not settings.public_url:
        raise SettingsError(
            "Several workspaces need the client secret and an address.",
            hint="Set PLUMB_SLACK_CLIENT_SECRET and PLUMB_PUBLIC_URL beside PLUMB_SLACK_CLIENT_ID.",
        )
    oauth = AsyncOAuthSettings(
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret.get_secret_value(),
        scopes=sorted(scopes),
        user_scopes=[],
        redirect_uri=settings.public_url.rstrip("/") + REDIRECT_PATH,
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
        authorization_url=settings.slack_api_url.removesuffix("/").removesuffix("api") + AUTHORIZE_PATH,
        installation_store=store,
        installation_store_bot_only=True,
        state_store=AsyncSQLAlchemyOAuthStateStore(STATE_SECONDS, engine),
        state_expiration_seconds=STATE_SECONDS,
    )
    oauth.authorize.cache_enabled = True  # type: ignore[attr-defined]  # else every request calls auth.test before its ack
    return oauth


def _signing(settings: Settings) -> str:
    secret = settings.slack_signing_secret
    return secret.get_secret_value() if secret else ""
