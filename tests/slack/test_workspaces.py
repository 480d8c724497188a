"""Installing the app into workspaces by OAuth, working with each one's token, and being taken away again."""

import asyncio
import html
import re
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import MetaData, Table

from bot.errors import SettingsError
from bot.sandbox import Patience, Sandbox
from bot.sandbox.methods.oauth import CLIENT_ID, CLIENT_SECRET
from bot.sandbox.seed import ADA, GENERAL
from bot.settings import Settings
from bot.store.database import open_engine, upgrade
from bot.store.tables import METADATA
from handlers.features import FEATURES
from handlers.manifest import EVENTS_PATH, INSTALL_PATH, manifest
from handlers.running import Bot
from handlers.transport import HttpServer, install_routes, slack_routes
from handlers.workspaces import ManyWorkspaces, OneWorkspace, open_workspaces

SCOPES = frozenset({"commands", "chat:write"})


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    made = f"sqlite+aiosqlite:///{tmp_path / 'app.db'}"
    upgrade(made)
    return made


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(patience=Patience(ack=2.0)) as sandbox:
        yield sandbox


def settings_for(sandbox: Sandbox, url: str, **more: Any) -> Settings:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return Settings(
        **{
            "slack_api_url": sandbox.api_url,
            "slack_signing_secret": sandbox.signing_secret,
            "slack_client_id": CLIENT_ID,
            "slack_client_secret": CLIENT_SECRET,
            "slack_transport": "http",
            "http_port": port,
            "public_url": f"http://127.0.0.1:{port}",
            "database_url": url,
            **more,
        }
    )


@asynccontextmanager
async def served(settings: Settings) -> AsyncIterator[ManyWorkspaces]:
    workspaces = open_workspaces(settings, SCOPES)
    assert isinstance(workspaces, ManyWorkspaces)
    routes = slack_routes(workspaces.app, settings) + install_routes(workspaces.app)
    server = HttpServer(routes, host=settings.http_host, port=settings.http_port)
    await server.start()
    try:
        yield workspaces
    finally:
        await server.stop()
        await workspaces.close()


async def add_to_slack(settings: Settings, team: str) -> tuple[int, str]:
    """What a browser does: the page, Slack's consent, and back with code and cookie."""
    async with aiohttp.ClientSession() as session:
        async with session.get(settings.public_url + INSTALL_PATH) as page:
            text = await page.text()
            cookie = page.headers["Set-Cookie"].split(";")[0]
        consent = html.unescape(re.findall(r'href="([^"]*/oauth/v2/authorize[^"]*)"', text)[0])
        assert set(parse_qs(urlsplit(consent).query)["scope"][0].split(",")) >= SCOPES
        async with session.get(f"{consent}&team={team}", allow_redirects=False) as allowed:
            back = allowed.headers["Location"]
        async with session.get(back, headers={"Cookie": cookie}) as done:
            return done.status, await done.text()


# slack_sdk 3.47 sends the client's secret by what aiohttp 3.14 deprecates.
@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
async def test_installing_working_and_being_taken_away(sandbox: Sandbox, url: str) -> None:
    settings = settings_for(sandbox, url)
    team = next(iter(sandbox.world.teams))
    async with served(settings) as workspaces, sandbox.person(ADA) as ada:
        heard: list[tuple[str, str]] = []

        async def listen(ack: Any, client: Any, body: dict[str, Any]) -> None:
            await ack()
            heard.append((body["text"], client.token))

        workspaces.app.command("/plumb")(listen)
        with pytest.raises(SettingsError, match="not installed"):
            await workspaces.token_of(team)
        status, _ = await add_to_slack(settings, team)
        assert status == 200
        token = sandbox.world.teams[team].bot_token
        assert await workspaces.token_of(team) == token

        await sandbox.install(
            manifest((), transport="http", public_url="https://bot.example.com"),
            request_url=settings.public_url + EVENTS_PATH,
        )
        asked = len(sandbox.calls("auth.test"))
        for words in ("one", "two", "three"):
            assert (await ada.command(GENERAL, f"/plumb {words}"))["ok"]
        assert heard == [("one", token), ("two", token), ("three", token)]
        assert len(sandbox.calls("auth.test")) <= asked + 1, "every request asked Slack before its ack"

        async with aiohttp.ClientSession() as session:
            event = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0APP"]}}
            await session.post(f"{sandbox.url}/control/event", json={"event": event})
        async with asyncio.timeout(10):
            while await installed(workspaces, team):  # noqa: ASYNC110  the database tells nobody
                await asyncio.sleep(0.02)


async def installed(workspaces: ManyWorkspaces, team: str) -> bool:
    try:
        await workspaces.token_of(team)
    except SettingsError:
        return False
    return True


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
async def test_the_bot_itself_serves_whoever_installed_it(sandbox: Sandbox, tmp_path: Path) -> None:
    settings = settings_for(sandbox, "", data_dir=tmp_path, workers=0)
    async with Bot(settings) as bot, sandbox.person(ADA) as ada:
        assert bot.connected
        assert (await add_to_slack(settings, "T0SILLGROVE"))[0] == 200
        made = manifest(FEATURES, transport="http", public_url="https://bot.example.com")
        await sandbox.install(made, request_url=settings.public_url + EVENTS_PATH)
        assert (await ada.command(GENERAL, "/plumb help"))["ok"]
        await ada.wait_for_message(lambda message: "story draft" in str(message), 20)
        assert bot.desks.team("T0SILLGROVE") == "T0SILLGROVE", "each workspace has rows of its own"


async def test_a_code_without_the_browser_that_asked_for_it_is_refused(sandbox: Sandbox, url: str) -> None:
    settings = settings_for(sandbox, url)
    async with served(settings) as workspaces, aiohttp.ClientSession() as session:
        forged = f"{settings.public_url}/slack/oauth_redirect?code=stolen&state=guessed"
        async with session.get(forged) as answer:
            assert answer.status == 400
        with pytest.raises(SettingsError):
            await workspaces.token_of("T0SILLGROVE")


async def test_reading_a_token_waits_for_no_writer(sandbox: Sandbox, tmp_path: Path) -> None:
    """An import holds the writing lock for seconds; requests are acked meanwhile."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'app.db'}"
    upgrade(url)
    workspaces = ManyWorkspaces(settings_for(sandbox, url), SCOPES)
    writer = open_engine(url)
    async with writer.begin():
        begun = time.perf_counter()
        assert not await installed(workspaces, "T0")
        assert time.perf_counter() - begun < 1.0
    await writer.dispose()
    await workspaces.close()


@pytest.mark.parametrize("missing", ["slack_client_secret", "public_url"])
def test_half_a_set_of_oauth_settings_is_one_sentence(tmp_path: Path, missing: str) -> None:
    complete: dict[str, Any] = {
        "slack_client_id": "1.2",
        "slack_client_secret": "canary",
        "public_url": "https://bot.example.com",
    }
    del complete[missing]
    settings = Settings(data_dir=tmp_path, **complete)
    with pytest.raises(SettingsError) as caught:
        open_workspaces(settings, SCOPES)
    assert f"PLUMB_{missing.upper()}" in caught.value.hint
    assert "canary" not in str(caught.value)


async def test_one_workspace_needs_its_token(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        open_workspaces(Settings(data_dir=tmp_path), SCOPES)
    assert "PLUMB_SLACK_BOT_TOKEN" in caught.value.hint
    one = open_workspaces(Settings(data_dir=tmp_path, slack_bot_token="xoxb-1"), SCOPES)
    assert isinstance(one, OneWorkspace)
    assert await one.token_of("T1") == await one.token_of("T2") == "xoxb-1"
    await one.close()


def test_the_tables_are_those_of_slacks_sdk() -> None:
    theirs = (
        SQLAlchemyInstallationStore.build_installations_table(MetaData(), "slack_installations"),
        SQLAlchemyInstallationStore.build_bots_table(MetaData(), "slack_bots"),
        SQLAlchemyOAuthStateStore.build_oauth_states_table(MetaData(), "slack_oauth_states"),
    )

    def columns(table: Table) -> dict[str, tuple[str, bool | None]]:
        return {column.name: (repr(column.type), column.nullable) for column in table.columns}

    for table in theirs:
        assert columns(METADATA.tables[table.name]) == columns(table)
