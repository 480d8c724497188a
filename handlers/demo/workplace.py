"""Sandbox and bot together, with the sample log lying in a channel."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from bot.domain.posts import Post
from bot.errors import PlumblineError
from bot.logs import LOGGER
from bot.sandbox import Person, Sandbox
from bot.settings import Settings
from handlers.ask import Ask
from handlers.demo.assistant import TRY, furnish
from handlers.demo.people import ADA, CHLOE, SUPPORT, TEAM
from handlers.desk import Desk
from handlers.features import FEATURES
from handlers.manifest import manifest
from handlers.running import Bot
from handlers.views import welcome

SAMPLE_FILE = "sillgrove-support.csv"


@dataclass(frozen=True, slots=True)
class Workplace:
    """A workspace in which the bot is at work. ``file_id`` is the sample log in #support; ``address`` opens
    the page where the bot has said hello. ``furnished`` ends when the sample prompts and questions are there:
    a moment later, so that nobody waits for them."""

    sandbox: Sandbox
    bot: Bot
    file_id: str
    address: str
    furnished: asyncio.Task[None]

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
                desk = await bot.desks.at(Ask(kind="event", key="welcome", team=TEAM, user=welcome_to))
                channel = await _welcome(desk, settings, welcome_to, file_id)
                furnished = asyncio.create_task(_furnish(desk))
                try:
                    yield Workplace(sandbox, bot, file_id, f"{sandbox.url}/#/{channel}", furnished)
                finally:
                    furnished.cancel()
                    await asyncio.gather(furnished, return_exceptions=True)


def sandbox_settings(sandbox: Sandbox, folder: Path, **more: object) -> Settings:
    """Settings for a bot in the sandbox: nothing of the environment's tokens or models gets in."""
    return Settings.model_validate(
        {
            "data_dir": folder,
            "database_url": "",
            "model": "offline",
            "experiment_models": {},
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


async def _furnish(desk: Desk) -> None:
    try:
        await furnish(desk)
    except PlumblineError as error:  # the rest of the demo works without
        LOGGER.warning("the sample prompts are not there: %s", error.message)


async def _welcome(desk: Desk, settings: Settings, user: str, file_id: str) -> str:
    """The guided first message; returns the direct conversation it stands in."""
    message = welcome.welcome(settings.slack_command, sample=f"{file_id}|{SAMPLE_FILE}", compare=TRY)
    channel = await desk.slack.direct_channel(user)
    await desk.outbox.publish(
        Post(key=f"welcome:{user}", channel=channel, text=message.text, blocks=message.blocks)
    )
    return channel
