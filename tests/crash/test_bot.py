"""The whole bot killed again and again while people draft: every command answered, nothing posted twice.

Counted at the sandbox, which outlives the bot. In CI it is 50 drafts on each database, elsewhere fewer.
"""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.sandbox import Person, Sandbox
from handlers.features import FEATURES
from handlers.manifest import manifest
from tests.slack.office import ADA, BEN, CHLOE, DEV, EMI, MOSS, small_log

DRAFTS = 50 if os.environ.get("CI") else 8
KILLS = 10 if os.environ.get("CI") else 3
PEOPLE = (ADA, BEN, CHLOE, DEV, EMI)
PATIENCE = 240.0


class Running:
    """`plumb run` as a process that can be killed and started again."""

    def __init__(self, sandbox: Sandbox, folder: Path, database: str) -> None:
        self._sandbox = sandbox
        self._environment = {
            **os.environ,
            "PLUMB_DATA_DIR": str(folder),
            "PLUMB_DATABASE_URL": database,
            "PLUMB_SLACK_BOT_TOKEN": sandbox.bot_token,
            "PLUMB_SLACK_APP_TOKEN": sandbox.app_token,
            "PLUMB_SLACK_API_URL": sandbox.api_url,
            "PLUMB_WORKERS": "0",
        }
        self._process: asyncio.subprocess.Process

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=self._environment
        )
        after = 0
        async with asyncio.timeout(60):
            while not self._sandbox.hub.sockets.count:
                assert self._process.returncode is None, "the bot did not start"
                entries = await self._sandbox.log.wait(after, "socket", 0.2)
                after = entries[-1]["n"] if entries else after

    async def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        await self._process.wait()

    async def stop(self) -> int:
        self._process.terminate()
        return await asyncio.wait_for(self._process.wait(), 30)


@asynccontextmanager
async def workplace(folder: Path, database: str) -> AsyncIterator[tuple[Sandbox, Running]]:
    async with Sandbox() as sandbox:
        await sandbox.install(manifest(FEATURES))
        async with sandbox.person(ADA) as ada:
            await ada.upload("tickets.csv", small_log(), channel=MOSS)
        running = Running(sandbox, folder, database)
        await running.start()
        try:
            yield sandbox, running
        finally:
            await running.kill()


async def test_killed_on_sqlite(tmp_path: Path) -> None:
    await _killed(tmp_path, "")


async def test_killed_on_postgres(tmp_path: Path, empty_postgres_url: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "db", "upgrade",
        env={**os.environ, "PLUMB_DATA_DIR": str(tmp_path), "PLUMB_DATABASE_URL": empty_postgres_url},
    )  # fmt: skip
    assert await process.wait() == 0
    await _killed(tmp_path, empty_postgres_url)


async def _killed(folder: Path, database: str) -> None:
    rng = random.Random(7)
    async with workplace(folder, database) as (sandbox, running):
        people = [await sandbox.person(user).__aenter__() for user in PEOPLE]
        try:
            asking = asyncio.create_task(_ask(people, DRAFTS))
            for _ in range(KILLS):
                await asyncio.sleep(rng.uniform(0.2, 6.0))
                await running.kill()
                await running.start()
            await asking
            acked = _acked(sandbox)
            await _all_answered(sandbox, acked)
        finally:
            for person in people:
                await person.close()
        told = _posts(sandbox)
        twice = {key: n for key, n in told.items() if n > 1}
        print(f"{len(acked)} commands acked, {KILLS} kills, {sum(told.values())} posts, {len(twice)} twice")
        assert twice == {}
        for trigger in acked:
            assert told[f"cmd:T0SILLGROVE:{trigger}:plan"] == 1
            cards = [key for key in told if key.startswith(f"cmd:T0SILLGROVE:{trigger}:card ")]
            assert len(cards) == 1
        assert await running.stop() == 0


async def _ask(people: list[Person], count: int) -> None:
    """Types until so many commands are acked; what fails while the bot is down is typed again, as people do."""
    acked = 0
    async with asyncio.timeout(PATIENCE):
        while acked < count:
            person = people[acked % len(people)]
            answer = await person.command(MOSS, "/plumb story draft from tickets.csv top 1")
            acked += bool(answer["ok"])
            await asyncio.sleep(0.1)


def _acked(sandbox: Sandbox) -> list[str]:
    """Trigger ids of the commands that the bot took."""
    entries = sandbox.log.since(0, "delivery")
    return [x["payload"]["trigger_id"] for x in entries if x["type"] == "slash_commands" and x["acked"]]


async def _all_answered(sandbox: Sandbox, acked: list[str]) -> None:
    """Every plan ends: with its story, drawn in place."""
    async with asyncio.timeout(PATIENCE):
        while True:
            seen = sandbox.log.last
            told = _posts(sandbox)
            cards = {key.split(":card ")[0].rpartition(":")[2] for key in told if ":card " in key}
            if cards.issuperset(acked):
                return
            await sandbox.log.wait(seen, "api", 1.0)


def _posts(sandbox: Sandbox) -> Counter[str]:
    """How often a message with each key stands in the workspace."""
    found: Counter[str] = Counter()
    for channel in sandbox.world.channels.values():
        for message in [*channel.messages.values()]:
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("key"):
                found[payload["key"]] += 1
    return found
