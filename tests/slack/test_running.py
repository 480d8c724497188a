"""`plumb run` as a process: both ways Slack reaches it, its health, and how it stops."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox import Patience, Sandbox
from bot.sandbox.seed import ADA, GENERAL
from handlers.features import FEATURES
from handlers.manifest import EVENTS_PATH, manifest

START_SECONDS, STOP_SECONDS = 60.0, 20.0


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(patience=Patience(ack=3.0)) as sandbox:
        yield sandbox


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@dataclass(frozen=True)
class Started:
    """The process and where its health is."""

    process: asyncio.subprocess.Process
    url: str

    async def get(self, path: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.get(self.url + path) as answer:
            return answer.status, await answer.text()

    async def until(self, path: str, status: int) -> str:
        async with asyncio.timeout(START_SECONDS):
            while True:
                try:
                    found, text = await self.get(path)
                except aiohttp.ClientConnectionError:
                    found, text = 0, ""
                if found == status:
                    return text
                assert self.process.returncode is None, "it ended"
                await asyncio.sleep(0.05)

    async def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(STOP_SECONDS):
            return await self.process.wait()


@asynccontextmanager
async def started(sandbox: Sandbox, folder: Path, **settings: str) -> AsyncIterator[Started]:
    port = free_port()
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PLUMB_", "SLACK_"))
    }
    environment |= {
        "PLUMB_DATA_DIR": str(folder),
        "PLUMB_WORKERS": "0",
        "PLUMB_HTTP_PORT": str(port),
        "PLUMB_SLACK_API_URL": sandbox.api_url,
        "PLUMB_SLACK_BOT_TOKEN": sandbox.bot_token,
        "PLUMB_SLACK_APP_TOKEN": sandbox.app_token,
        "PLUMB_SLACK_SIGNING_SECRET": sandbox.signing_secret,
        **settings,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield Started(process, f"http://127.0.0.1:{port}")
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_it_answers_is_healthy_and_stops_when_told(
    sandbox: Sandbox, tmp_path: Path, transport: str
) -> None:
    async with started(sandbox, tmp_path, PLUMB_SLACK_TRANSPORT=transport) as bot:
        assert await bot.until("/readyz", 200) == "ready\n"
        assert await bot.get("/healthz") == (200, "ok\n")
        assert (await bot.get("/v1/prompts/reply"))[0] == 403, "live prompts need a token that is not set"
        url = bot.url + EVENTS_PATH if transport == "http" else ""
        await sandbox.install(
            manifest(FEATURES, transport="http", public_url="https://x.example.com")
            if url
            else manifest(FEATURES),
            request_url=url,
        )
        async with sandbox.person(ADA) as ada:
            assert (await ada.command(GENERAL, "/plumb help"))["ok"]
            await ada.wait_for_message(lambda message: "story draft" in str(message), 20)
        _, figures = await bot.get("/metrics")
        assert 'plumbline_ack_seconds_count{kind="command"} 1' in figures.splitlines()
        assert "plumbline_slack_connected 1" in figures.splitlines()
        begun = time.perf_counter()
        assert await bot.stop() == 0
        assert time.perf_counter() - begun < STOP_SECONDS
    said = (
        (tmp_path / "plumbline.log").read_text(encoding="utf-8")
        if (tmp_path / "plumbline.log").exists()
        else ""
    )
    assert sandbox.bot_token not in said
    assert sandbox.app_token not in said


async def test_it_lives_but_is_not_ready_while_slack_is_away(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.hub.faults.add({"on": "api:apps.connections.open", "what": "status", "times": -1, "status": 503})
    async with started(sandbox, tmp_path) as bot:
        assert await bot.until("/readyz", 503) == "Slack: not connected\n"
        assert await bot.get("/healthz") == (200, "ok\n")
        sandbox.hub.faults.clear()
        await bot.until("/readyz", 200)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"PLUMB_SLACK_BOT_TOKEN": ""}, "PLUMB_SLACK_BOT_TOKEN"),
        ({"PLUMB_SLACK_APP_TOKEN": "xapp-canary"}, "PLUMB_SLACK_APP_TOKEN"),
    ],
    ids=["no bot token", "wrong app token"],
)
async def test_what_keeps_it_from_starting_is_one_sentence(
    sandbox: Sandbox, tmp_path: Path, settings: dict[str, str], says: str
) -> None:
    async with started(sandbox, tmp_path, **settings) as bot:
        async with asyncio.timeout(START_SECONDS):
            printed, _ = await bot.process.communicate()
        text = printed.decode()
        assert bot.process.returncode == 3, text
        assert says in text
        assert "Traceback" not in text
        assert "canary" not in text
