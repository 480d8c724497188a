"""chat.scheduleMessage and what belongs to it."""

import asyncio
from bisect import insort

from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.methods.chat import POST
from bot.sandbox.model import JSON
from bot.sandbox.saying import checked

FURTHEST = 120 * 86_400


async def schedule(call: Call) -> JSON:
    channel = call.own_channel()
    post_at = call.number("post_at")
    now = call.hub.ids.now()
    if post_at <= now:
        raise SlackError("time_in_past")
    if post_at > now + FURTHEST:
        raise SlackError("time_too_far")
    message = {**call.hub.author(call.team), **checked(call.arguments)}
    if call.text("thread_ts"):
        message["thread_ts"] = call.text("thread_ts")
    scheduled_id = call.hub.ids.new("Q")
    call.hub.extras.scheduled[scheduled_id] = {
        "id": scheduled_id,
        "channel_id": channel.id,
        "post_at": post_at,
        "date_created": int(now),
        "text": message["text"],
        "team_id": call.team.id,
        "message": message,
    }
    call.hub.dispatcher.background(post_later(call.hub, scheduled_id, post_at - now))
    return {
        "channel": channel.id,
        "scheduled_message_id": scheduled_id,
        "post_at": post_at,
        "message": {key: value for key, value in message.items() if key != "metadata"},
    }


async def post_later(hub: Hub, scheduled_id: str, seconds: float) -> None:
    """Says it when its time has come, unless it was taken back."""
    await asyncio.sleep(max(0.0, seconds))
    scheduled = hub.extras.scheduled.pop(scheduled_id, None)
    channel = hub.world.channels.get(scheduled["channel_id"]) if scheduled else None
    if scheduled is not None and channel is not None:
        hub.world.post(channel, scheduled["message"])


def resume(hub: Hub) -> None:
    """After a restart: what was scheduled before, and at once what is overdue."""
    for scheduled in hub.extras.scheduled.values():
        wait = scheduled["post_at"] - hub.ids.now()
        hub.dispatcher.background(post_later(hub, scheduled["id"], wait))


async def take_back(call: Call) -> JSON:
    scheduled = call.hub.extras.scheduled.get(call.text("scheduled_message_id"))
    if scheduled is None or scheduled["channel_id"] != call.text("channel"):
        raise SlackError("invalid_scheduled_message_id")
    del call.hub.extras.scheduled[scheduled["id"]]
    return {}


async def listing(call: Call) -> JSON:
    listed: list[JSON] = []
    for one in call.hub.extras.scheduled.values():
        if one["team_id"] == call.team.id and call.text("channel") in ("", one["channel_id"]):
            shown = {name: one[name] for name in ("id", "channel_id", "post_at", "date_created", "text")}
            insort(listed, shown, key=lambda each: each["post_at"])
    part, metadata = call.page(listed)
    return {"scheduled_messages": part, "response_metadata": metadata}


METHODS = {
    "chat.scheduleMessage": Method(schedule, POST),
    "chat.deleteScheduledMessage": Method(take_back, POST),
    "chat.scheduledMessages.list": Method(listing, POST),
}
