"""reactions.*"""

import re

from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.model import JSON
from bot.sandbox.shapes import message_shape

EMOJI = re.compile(r"[a-z0-9_+'-]+(?:::skin-tone-[2-6])?")


def emoji(name: str) -> str:
    """Without colons; SlackError where it can be no emoji."""
    name = name.strip(":") if not name.startswith("::") else name
    if not EMOJI.fullmatch(name):
        raise SlackError("invalid_name" if name else "no_item_specified")
    return name


async def add(call: Call) -> JSON:
    call.world.react(call.own_channel(), call.text("timestamp"), call.bot, emoji(call.required("name")))
    return {}


async def remove(call: Call) -> JSON:
    call.world.unreact(call.own_channel(), call.text("timestamp"), call.bot, emoji(call.required("name")))
    return {}


async def get(call: Call) -> JSON:
    channel = call.channel()
    message = call.world.message(channel, call.text("timestamp"))
    return {"type": "message", "channel": channel.id, "message": message_shape(message)}


async def listing(call: Call) -> JSON:
    """What somebody (the bot, unless ``user`` says who) reacted to, where the bot is."""
    user = call.text("user") or call.bot
    items = [
        {"type": "message", "channel": channel.id, "message": message_shape(message)}
        for channel in call.world.joined(call.bot)
        for message in channel.messages.values()
        if any(user in reaction["users"] for reaction in message.get("reactions", ()))
    ]
    part, metadata = call.page(items)
    return {"items": part, "response_metadata": metadata}


METHODS = {
    "reactions.add": Method(add, ("reactions:write",)),
    "reactions.remove": Method(remove, ("reactions:write",), tier=2),
    "reactions.get": Method(get, ("reactions:read",)),
    "reactions.list": Method(listing, ("reactions:read",), tier=2),
}
