"""Socket Mode: a connection that the bot opens, watches, and replaces when it is dead."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.errors import DeliveryError, SettingsError
from bot.logs import LOGGER, log_failure
from bot.settings import Settings
from handlers.transport.client import web_client

UNREACHABLE = (SlackClientError, aiohttp.ClientError, OSError, TimeoutError)
BAD_TOKEN = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "not_allowed_token_type"}
)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: between pings; to wait for Slack's hello; between two looks at the connection; how long it
    may be down, be without a pong, or bring nothing at all before it is replaced; that a listener has to ack
    once the bot is stopping."""

    ping: float = 10.0
    hello: float = 15.0
    look: float = 10.0
    down: float = 20.0
    pong: float = 60.0
    silence: float = 900.0
    ack: float = 3.0


class _Connection(AsyncSocketModeHandler):
    """One client with its socket. Made within the running loop."""

    client: SocketModeClient

    def __init__(self, app: AsyncApp, settings: Settings, token: str, patience: Patience) -> None:
        super().__init__(
            app, app_token=token, web_client=web_client(settings), ping_interval=patience.ping, logger=LOGGER
        )
        self.client.proxy = self.client.web_client.proxy
        self.client.message_listeners.append(self._heard)
        self._hello = asyncio.Event()
        self._taking = True
        self._underway: set[asyncio.Task[Any]] = set()
        self.heard_at = time.monotonic()

    async def open(self, seconds: float) -> None:
        """Connect and wait for Slack's hello. Raises what Slack or the network raised."""
        # Not the client's own way to it, which fails on an error page that is no JSON.
        answer = await self.client.web_client.apps_connections_open(app_token=self.app_token)
        self.client.wss_uri = str(answer["url"])
        async with asyncio.timeout(seconds):
            await self.connect_async()  # type: ignore[no-untyped-call]  # as slack_bolt has it
            await self._hello.wait()

    @property
    def alive(self) -> bool:
        session = self.client.current_session
        return (
            self._hello.is_set()
            and not self.client.closed
            and not self.client.stale
            and session is not None
            and not session.closed
        )

    @property
    def pong_age(self) -> float:
        last = self.client.last_ping_pong_time
        return time.time() - last if last else 0.0

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        """What comes in while stopping is left to Slack, which sends it again."""
        task = asyncio.current_task()
        if not self._taking or task is None:
            return
        self._underway.add(task)
        try:
            await super().handle(self.client, req)
        finally:
            self._underway.discard(task)

    async def close(self, seconds: float) -> None:
        """Take nothing more, let what came in be acked, hang up."""
        self._taking = False
        if self._underway:
            await asyncio.wait(self._underway, timeout=seconds)
        with suppress(*UNREACHABLE):
            await self.close_async()  # type: ignore[no-untyped-call]  # as slack_bolt has it

    async def _heard(self, _client: object, message: dict[str, Any], _raw: str | None = None) -> None:
        self.heard_at = time.monotonic()
        if message.get("type") == "hello":
            self._hello.set()


class SocketTransport:
    """Keeps one live connection to Slack from ``start`` to ``stop``."""

    def __init__(self, app: AsyncApp, settings: Settings, *, patience: Patience = Patience()) -> None:
        self._app = app
        self._settings = settings
        self._patience = patience
        self._connection: _Connection | None = None
        self._watch: asyncio.Task[None] | None = None

    @property
    def connected(self) -> bool:
        return self._connection is not None and self._connection.alive

    async def start(self) -> None:
        """Connect. When Slack cannot be reached the bot goes on trying, and is not ready until it is.

        Raises:
            SettingsError: there is no app-level token, or Slack does not take it.
        """
        try:
            await self._replace()
        except DeliveryError as error:
            LOGGER.warning("%s", error.message)
        self._watch = asyncio.create_task(self._watch_over())

    async def stop(self) -> None:
        """Take nothing more and hang up. Listeners go on; only their acks are waited for."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.wait([self._watch])
        if self._connection is not None:
            await self._connection.close(self._patience.ack)

    async def _replace(self) -> None:
        """A new connection first, then an end to the old one: nothing is missed in between."""
        new = _Connection(self._app, self._settings, self._token(), self._patience)
        try:
            await new.open(self._patience.hello)
        except SlackApiError as error:
            await new.close(0)
            raise _refused(error) from error
        except UNREACHABLE as error:
            await new.close(0)
            raise DeliveryError("Slack cannot be reached; trying again.") from error
        except BaseException:
            await new.close(0)
            raise
        old, self._connection = self._connection, new
        if old is not None:
            await old.close(self._patience.ack)

    def _token(self) -> str:
        token = self._settings.slack_app_token
        if token is None:
            raise SettingsError(
                "Socket Mode needs an app-level token.",
                hint="Set PLUMB_SLACK_APP_TOKEN (Basic Information > App-Level Tokens, connections:write).",
            )
        return token.get_secret_value()

    async def _watch_over(self) -> None:
        down_since: float | None = None
        while True:
            await asyncio.sleep(self._patience.look)
            now = time.monotonic()
            down_since = None if self.connected else (down_since or now)
            down_for = now - down_since if down_since is not None else 0.0
            try:
                if self._connection is None or down_for >= self._patience.down or await self._is_dead():
                    await self._replace()
                    LOGGER.info("a new connection to Slack was opened")
            except (DeliveryError, SettingsError) as error:
                LOGGER.warning("%s", error.message)
            except Exception as error:  # noqa: BLE001  the watch must not end
                log_failure(error)

    async def _is_dead(self) -> bool:
        """It looks alive, but brings no pongs, or nothing at all for long, while Slack itself answers."""
        connection = self._connection
        if connection is None or not connection.alive:
            return False
        silent_for = time.monotonic() - connection.heard_at
        if connection.pong_age < self._patience.pong and silent_for < self._patience.silence:
            return False
        try:
            await self._app.client.auth_test()
        except SlackApiError as error:
            return _said(error) is not None  # an answer in its own words; it may well be that of no token
        except UNREACHABLE:
            return False
        return True


def _refused(error: SlackApiError) -> Exception:
    reason = _said(error) or "an error page"
    if reason in BAD_TOKEN:
        return SettingsError(
            f"Slack does not take the app-level token ({reason}).",
            hint="Check PLUMB_SLACK_APP_TOKEN: it starts with xapp- and has connections:write.",
        )
    return DeliveryError(f"Slack opened no connection ({reason}); trying again.")


def _said(error: SlackApiError) -> str | None:
    """Slack's own word for what is wrong; None where what came is not Slack's."""
    answer = getattr(error.response, "data", None)
    return str(answer.get("error", "")) if isinstance(answer, dict) else None
