"""HTTP: signed requests from Slack, looked at before Bolt sees them, served within the running loop."""

import asyncio
import logging
import socket
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

import uvicorn
from slack_bolt.adapter.starlette.async_handler import (
    AsyncSlackRequestHandler,
    to_async_bolt_request,
    to_starlette_response,
)
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.errors import SettingsError
from bot.settings import Settings
from handlers.manifest import EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH

LARGEST_BODY = 1_000_000  # bytes
STALE = 300.0  # seconds
GRACE = 5  # seconds that open requests have when the server stops


class _Refused(Exception):
    """What came is not from Slack, or not for us."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def slack_routes(app: AsyncApp, settings: Settings) -> list[BaseRoute]:
    """Events, commands, interactivity and options.

    Raises:
        SettingsError: there is no signing secret.
    """
    if settings.slack_signing_secret is None:
        raise SettingsError(
            "HTTP needs the signing secret.",
            hint="Set PLUMB_SLACK_SIGNING_SECRET (Basic Information > App Credentials).",
        )
    verifier = SignatureVerifier(settings.slack_signing_secret.get_secret_value())
    # On a bad signature Bolt logs the whole body, which holds what customers wrote.
    logging.getLogger("slack_bolt.RequestVerification").setLevel(logging.WARNING)

    async def take(request: Request) -> Response:
        try:
            body = await _verified_body(request, verifier)
        except _Refused as refused:
            return PlainTextResponse(refused.reason, refused.status)
        except ClientDisconnect:
            return Response(status_code=400)
        return to_starlette_response(await app.async_dispatch(to_async_bolt_request(request, body)))

    return [Route(EVENTS_PATH, take, methods=["POST"])]


def install_routes(app: AsyncApp) -> list[BaseRoute]:
    """The two pages of OAuth, where ``app`` serves several workspaces; they go with either transport."""
    if app.oauth_flow is None:
        return []
    bolt = AsyncSlackRequestHandler(app)

    async def show(request: Request) -> Response:
        return await bolt.handle(request)

    return [Route(path, show, methods=["GET"]) for path in (INSTALL_PATH, REDIRECT_PATH)]


async def _verified_body(request: Request, verifier: SignatureVerifier) -> bytes:
    timestamp, signature = _signature(request.headers)
    body = await _body(request)
    try:
        valid = verifier.is_valid(body, timestamp, signature)
    except UnicodeDecodeError:
        valid = False
    if not valid:
        raise _Refused(401, "The signature does not fit.")
    return body


def _signature(headers: Headers) -> tuple[str, str]:
    timestamp = headers.get("x-slack-request-timestamp", "")
    signature = headers.get("x-slack-signature", "")
    if not timestamp or not signature:
        raise _Refused(401, "The request is not signed.")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise _Refused(401, "The timestamp is no number.")
    if abs(time.time() - int(timestamp)) > STALE:
        raise _Refused(401, "The request is too old.")
    if not signature.isascii():
        raise _Refused(401, "The signature does not fit.")
    return timestamp, signature


async def _body(request: Request) -> bytes:
    """At most LARGEST_BODY, whatever the headers promise."""
    chunks, taken = [], 0
    async for chunk in request.stream():
        taken += len(chunk)
        if taken > LARGEST_BODY:
            raise _Refused(413, "The request is too large.")
        chunks.append(chunk)
    return b"".join(chunks)


class _Server(uvicorn.Server):
    """Signals are the bot's to handle, not the server's."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]  # a context manager too
        return nullcontext()


class HttpServer:
    """Serves routes on the settings' address, in the running loop, until stopped."""

    def __init__(self, routes: Sequence[BaseRoute], *, host: str, port: int) -> None:
        self._routes = list(routes)
        self._host = host
        self._port = port
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """The port it listens on; while 0 was asked for and it is not started, 0."""
        return self._port

    @property
    def connected(self) -> bool:
        return self._server is not None and self._server.started and not self._server.should_exit

    async def start(self) -> None:
        """Listen. Raises SettingsError where the address cannot be had."""
        listening = self._bind()
        self._port = int(listening.getsockname()[1])
        config = uvicorn.Config(
            Starlette(routes=self._routes),
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listening]))
        await self._server.listening.wait()

    async def stop(self) -> None:
        """Take nothing more; requests that are open get GRACE seconds. Listeners go on."""
        if self._server is not None and self._serving is not None:
            self._server.should_exit = True
            await self._serving

    def _bind(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        try:
            return socket.create_server((self._host, self._port), family=family, backlog=512)
        except OSError as error:
            raise SettingsError(
                f"Nothing can listen on {self._host}:{self._port} ({error.strerror}).",
                hint="Set PLUMB_HTTP_HOST and PLUMB_HTTP_PORT to an address that is free.",
            ) from error
