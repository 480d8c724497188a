"""HTTP: signed requests from Slack, looked at before Bolt sees them."""

import logging
import time

from slack_bolt.adapter.starlette.async_handler import (
    AsyncSlackRequestHandler,
    to_async_bolt_request,
    to_starlette_response,
)
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.errors import SettingsError
from bot.settings import Settings
from handlers.manifest import EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH

LARGEST_BODY = 1_000_000  # bytes
STALE = 300.0  # seconds


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
