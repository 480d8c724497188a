"""Sandbox and bot together, with the sample log lying in a channel."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from bot.domain.posts import Post
from bot.sandbox import Person, Sandbox
from bot.settings import Settings
from handlers.ask import Ask
from handlers.features import FEATURES
from handlers.manifest import manifest
from handlers.running import Bot
from handlers.views import welcome

SAMPLE_FILE = "sillgrove-support.csv"
ADA, BEN, CHLOE = "U0ADA", "U0BEN", "U0CHLOE"
SUPPORT, MOSS = "C0SUPPORT", "C0MOSS"
TEAM = "T0SILLGROVE"


@dataclass(frozen=True, slots=True)
class Workplace:
    """A workspace in which the bot is at work. ``file_id`` is the sample log in #support; ``address`` opens
    the page where the bot has said hello."""

    sandbox: Sandbox
    bot: Bot
    file_id: str
    address: str

    def person(self, user: str) -> Person:
        return Person(self.sandbox.url, user)


@asynccontextmanager
async def open_workplace(
    port: int = 0, *, welcome_to: str = ADA, folder: Path | None = None
) -> AsyncIterator[Workplace]:
    """Leaves nothing behind but what ``folder`` holds, where one is given.

    Raises:
        OSError: the port is taken.
    """
    with tempfile.TemporaryDirectory(prefix="plumbline-demo-") as temporary:
        async with Sandbox(port=port) as sandbox:
            await sandbox.install(manifest(FEATURES, history=True))
            async with Person(sandbox.url, CHLOE) as chloe:
                file_id = await _share_sample(chloe)
            settings = sandbox_settings(sandbox, folder or Path(temporary))
            async with Bot(settings) as bot:
                channel = await _welcome(bot, settings, welcome_to, file_id)
                yield Workplace(sandbox, bot, file_id, f"{sandbox.url}/#/{channel}")


def sandbox_settings(sandbox: Sandbox, folder: Path, **more: object) -> Settings:
    """Settings for a bot in the sandbox: nothing of the environment's tokens or models gets in."""
    return Settings.model_validate(
        {
            "data_dir": folder,
            "database_url": "",
            "model": "offline",
            "embeddings": "minilm",
            "slack_bot_token": sandbox.bot_token,
            "slack_app_token": sandbox.app_token,
            "slack_signing_secret": sandbox.signing_secret,
            "slack_api_url": sandbox.api_url,
            "slack_client_id": "",
            "slack_command": "plumb",
            "channel_history": True,
            **more,
        }
    )


async def _share_sample(chloe: Person) -> str:
    path = resources.files("bot.sample") / "support_log.csv"
    said = "Here is the whole export of the last twelve weeks, as it came out of the help desk."
    answer = await chloe.upload(
        SAMPLE_FILE, path.read_bytes(), channel=SUPPORT, text=said, content_type="text/csv"
    )
    return str(answer["files"][0]["id"])


async def _welcome(bot: Bot, settings: Settings, user: str, file_id: str) -> str:
    """The guided first message; returns the direct conversation it stands in."""
    desk = await bot.desks.at(Ask(kind="event", key="welcome", team=TEAM, user=user))
    message = welcome.welcome(settings.slack_command, sample=f"{file_id}|{SAMPLE_FILE}")
    channel = await desk.slack.direct_channel(user)
    await desk.outbox.publish(
        Post(key=f"welcome:{user}", channel=channel, text=message.text, blocks=message.blocks)
    )
    return channel
