"""The client that calls Slack's Web API."""

import ipaddress
from urllib.parse import urlsplit

from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings

TIMEOUT = 30  # seconds


def web_client(settings: Settings, token: str = "", *, repeats: bool = True) -> AsyncWebClient:
    """A client for one token. With ``repeats`` it tries again by itself after a dropped connection, a rate
    limit (waiting as long as Slack says) or a server error; the outbox's must not."""
    client = AsyncWebClient(
        token=token or None,
        base_url=settings.slack_api_url,
        timeout=TIMEOUT,
        retry_handlers=[
            AsyncConnectionErrorRetryHandler(max_retry_count=2),
            AsyncRateLimitErrorRetryHandler(max_retry_count=3),
            AsyncServerErrorRetryHandler(max_retry_count=2),
        ]
        if repeats
        else [],
    )
    if _is_loopback(settings.slack_api_url):
        client.proxy = None  # the client takes one from the environment, which knows no sandbox
    return client


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
