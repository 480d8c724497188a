"""A browser at the sandbox's page, and a small Bolt app behind it."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright
from slack_bolt.async_app import AsyncApp

from bot.sandbox import Sandbox
from tests.browser.sample_app import MANIFEST, sample_app
from tests.sandbox.conftest import connected

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 10_000


def chromium() -> str:
    """Debian's browser. Without one these tests are skipped, except in CI, where that is a failure."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("CI has no Chromium: install the package `chromium`")
    if found is None:
        pytest.skip("no Chromium on this machine (package `chromium`): the page is not tested")
    return found


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def browser() -> AsyncIterator[Browser]:
    path = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="package")
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        yield sandbox


@pytest_asyncio.fixture(loop_scope="package")
async def app(sandbox: Sandbox) -> AsyncIterator[AsyncApp]:
    """Installed and connected."""
    await sandbox.install(MANIFEST)
    app = sample_app(sandbox)
    async with connected(app, sandbox):
        yield app


class Seat:
    """Somebody in front of the page. Leaving it fails the test if the page complained of anything."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        self._url = url
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    async def go(self, place: str = "", user: str = "U0ADA") -> Page:
        """Opens a channel (``C0GENERAL``), a thread (``C0GENERAL/1.2``) or App Home (``D0…?home``)."""
        await self.page.goto(f"{self._url}/?user={user}{f'#/{place}' if place else ''}")
        await self.page.locator(".channel-head").wait_for()
        return self.page


@asynccontextmanager
async def sitting(browser: Browser, sandbox: Sandbox, **looks: object) -> AsyncIterator[Seat]:
    context = await browser.new_context(
        viewport={"width": 1440, "height": 900}, reduced_motion="reduce", locale="en-GB",
        timezone_id="UTC", **looks,  # type: ignore[arg-type]  # playwright spells out every option
    )  # fmt: skip
    seat = Seat(await context.new_page(), sandbox.url)
    try:
        yield seat
    finally:
        await context.close()
    assert seat.complaints == []


@pytest_asyncio.fixture(loop_scope="package")
async def seat(browser: Browser, sandbox: Sandbox) -> AsyncIterator[Seat]:
    async with sitting(browser, sandbox) as seat:
        yield seat
