"""A sandbox, a person at its page, and the official Python SDK talking to it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Patience, Person, Sandbox
from bot.sandbox.seed import ADA

QUICK = Patience(ack=0.5, retries=(0.05, 0.05, 0.05))


class Clock:
    """A clock that stands still until told otherwise."""

    def __init__(self, now: float = 1_795_000_000.0) -> None:
        self.time = now

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def now() -> Clock:
    return Clock()


@pytest.fixture
async def sandbox(now: Clock) -> AsyncIterator[Sandbox]:
    async with Sandbox(patience=QUICK, now=now) as sandbox:
        yield sandbox


@pytest.fixture
def client(sandbox: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)


@pytest.fixture
async def ada(sandbox: Sandbox) -> AsyncIterator[Person]:
    async with sandbox.person(ADA) as person:
        yield person


@pytest.fixture
def app(client: AsyncWebClient, sandbox: Sandbox) -> AsyncApp:
    return AsyncApp(client=client, signing_secret=sandbox.signing_secret)


async def until(holds: Callable[[], bool], seconds: float = 10.0) -> None:
    """Waits until it holds; TimeoutError if it never does."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110  what is waited for happens in a library without an event
            await asyncio.sleep(0.01)


@asynccontextmanager
async def connected(app: AsyncApp, sandbox: Sandbox) -> AsyncIterator[AsyncSocketModeHandler]:
    """The Bolt app on Socket Mode."""
    handler = AsyncSocketModeHandler(app, sandbox.app_token, ping_interval=0.5)
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]  # slack_bolt leaves it untyped
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # same
