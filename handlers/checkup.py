"""What `plumb doctor` says about Slack: tokens, scopes, connections and views, each with the mend."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.cli.checks import Check
from bot.settings import Settings
from handlers.features import FEATURES
from handlers.manifest import scopes
from handlers.publisher import SLACK_TIMEOUT
from handlers.transport.client import web_client

BOT_TOKEN, APP_TOKEN = "xoxb-", "xapp-"
INSTALL = "Update the app with the output of `plumb manifest`, then install it again"
PATIENCE = 15.0  # seconds that one question to Slack may take

Answer = Mapping[str, Any]


def examine(settings: Settings) -> list[Check]:
    """Every check in a fixed order. Secrets are looked at and never shown; nothing is changed."""
    return asyncio.run(_examine(settings))


async def _examine(settings: Settings) -> list[Check]:
    bot = settings.slack_bot_token
    if bot is None and not settings.slack_client_id:
        return [Check("Slack", True, "not connected; `make demo` shows the bot without Slack")]
    checks = [check async for check in _reached(settings)]
    if bot is None:
        return checks
    shaped = _shaped("Bot token", bot, BOT_TOKEN, "PLUMB_SLACK_BOT_TOKEN")
    if not shaped.ok:
        return [shaped, *checks]
    client = web_client(settings, bot.get_secret_value())
    return [shaped, *checks, *[check async for check in _workspace(client, settings)]]


async def _reached(settings: Settings) -> AsyncIterator[Check]:
    """The way in: Socket Mode with its token, or HTTP with its secret and address."""
    if settings.slack_transport == "socket":
        yield await _socket(settings)
    else:
        secret = settings.slack_signing_secret
        yield _present("Signing secret", secret is not None, "PLUMB_SLACK_SIGNING_SECRET")
    if settings.slack_transport == "http" or settings.slack_client_id:
        yield _present("Port", settings.http_port > 0, "PLUMB_HTTP_PORT")
        yield _address(settings.public_url)
    if settings.slack_client_id:
        yield _present("Client secret", settings.slack_client_secret is not None, "PLUMB_SLACK_CLIENT_SECRET")


async def _socket(settings: Settings) -> Check:
    token = settings.slack_app_token
    if token is None:
        return _present("App-level token", False, "PLUMB_SLACK_APP_TOKEN")
    shaped = _shaped("App-level token", token, APP_TOKEN, "PLUMB_SLACK_APP_TOKEN")
    if not shaped.ok:
        return shaped
    opened = await _asked(web_client(settings).apps_connections_open(app_token=token.get_secret_value()))
    if isinstance(opened, str):
        return Check(
            "Socket Mode",
            False,
            opened,
            "Turn Socket Mode on, and make an app-level token with connections:write",
        )
    return Check("Socket Mode", True, "a connection can be opened")


async def _workspace(client: AsyncWebClient, settings: Settings) -> AsyncIterator[Check]:
    """Whose token it is, what it may do, and whether Slack takes every view."""
    answer = await _asked(client.auth_test())
    if isinstance(answer, str):
        yield Check("Workspace", False, answer, "Copy the bot token again, or install the app again")
        return
    yield Check("Workspace", True, f"{answer.get('team')}, as @{answer.get('user')}")
    yield _scopes(getattr(answer, "headers", {}), settings)
    yield await _views(client)


def _scopes(headers: Mapping[str, str], settings: Settings) -> Check:
    granted = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), None)
    if granted is None:
        return Check("Scopes", True, "Slack did not say which the token has")
    has = {scope.strip() for scope in granted.split(",")}
    missing = sorted(scopes(FEATURES, history=settings.channel_history) - has)
    if missing:
        return Check("Scopes", False, f"missing: {', '.join(missing)}", INSTALL)
    return Check("Scopes", True, f"all {len(has)} that are needed")


async def _views(client: AsyncWebClient) -> Check:
    """Every kind of message and window, judged by Slack itself."""
    from handlers.views.gallery import GALLERY
    from handlers.views.kit import Message

    refused = []
    for name, make in GALLERY.items():
        view = make()
        key, value = ("blocks", view.blocks) if isinstance(view, Message) else ("view", view)
        # In the body: the client's own method puts it into the address, which has not the room.
        answer = await _asked(client.api_call("blocks.validate", data={key: json.dumps(value)}))
        if isinstance(answer, str):
            refused.append(f"{name} ({answer})")
    if refused:
        return Check("Views", False, f"Slack refuses {', '.join(refused)}", "Report this with the version")
    return Check("Views", True, f"Slack takes all {len(GALLERY)}")


async def _asked(call: Any) -> Answer | str:
    """Slack's answer, or in words why there is none."""
    try:
        async with asyncio.timeout(PATIENCE):
            answer: Answer = await call
    except SlackApiError as error:
        data = getattr(error.response, "data", None)
        reason = data.get("error") if isinstance(data, dict) else None
        return f"Slack says {reason}" if reason else "Slack answers with an error page"
    except SLACK_TIMEOUT:
        return "Slack cannot be reached: check the network and the proxy"
    return answer


def _shaped(what: str, token: SecretStr, start: str, variable: str) -> Check:
    value = token.get_secret_value()
    fits = value.startswith(start) and len(value) > len(start) and not any(c.isspace() for c in value)
    found = f"{start}…" if fits else f"does not start with {start}, or holds spaces"
    return Check(what, fits, found, "" if fits else f"Copy it again into {variable}")


def _present(what: str, there: bool, variable: str) -> Check:
    return Check(what, there, "set" if there else "missing", "" if there else f"Set {variable}")


def _address(url: str) -> Check:
    parts = urlsplit(url)
    fits = parts.scheme == "https" and bool(parts.hostname)
    return Check(
        "Public address",
        fits,
        url or "missing",
        "" if fits else "Set PLUMB_PUBLIC_URL to https://… as Slack reaches it",
    )
