"""Messages that people judge, for tests of feedback at the wire."""

from typing import Any

from bot.domain.feedback import TrackedOutput, message_name
from bot.sandbox.seed import bot_user
from handlers.ask import Ask
from handlers.desk import Desk
from handlers.views.kit import feedback, line, message, rich_text
from tests.slack.office import SUPPORT, Office

TEAM, HELPBOT = "T0SILLGROVE", "U0HELPBOT"


async def desk_of(office: Office, user: str = "", key: str = "test") -> tuple[Ask, Desk]:
    ask = Ask(kind="event", key=key, team=TEAM, user=user)
    return ask, await office.bot.desks.at(ask)


def foreign_bot(office: Office) -> str:
    """Another app's bot in the workspace."""
    world = office.sandbox.world
    if HELPBOT not in world.users:
        world.add_user(bot_user(HELPBOT, "B0HELPBOT", TEAM, "Answers"))
    return HELPBOT


def said_by_bot(office: Office, text: str, channel: str = SUPPORT, thread_ts: str = "") -> str:
    """The ts of a message of another bot."""
    bot = office.sandbox.world.user(foreign_bot(office))
    told: dict[str, Any] = {"user": bot.id, "bot_id": bot.bot_id, "text": text}
    if thread_ts:
        told["thread_ts"] = thread_ts
    world = office.sandbox.world
    return str(world.post(world.channel(channel), told)["ts"])


async def judged_message(
    office: Office, by: str, text: str, channel: str = SUPPORT, *, feature: str = "", origin: str = ""
) -> tuple[str, str]:
    """A message of the bot's with thumbs on an output, in a channel: the output's name and the ts."""
    ask, desk = await desk_of(office, by, key=f"judged {text}")
    name = message_name(channel, f"made-{sum(map(ord, text))}")
    output = TrackedOutput(name, text=text, feature=feature, channel=origin, tracked_by=by)
    await office.bot.services.outputs.track(output)
    told = message(rich_text(line(text)), feedback(name))
    return name, await desk.post(ask, "card", channel, told)
