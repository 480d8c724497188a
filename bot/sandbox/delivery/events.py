"""What happens in the world, as the events the app is subscribed to."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from bot.sandbox.model import Channel, Happening, Team

JSON = dict[str, Any]
Subscribed = tuple[tuple[str, ...], JSON]
MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
SCOPE_OF_KIND = {"channel": "message.channels", "private": "message.groups", "im": "message.im"}
HIDDEN = ("reactions", "reply_count", "reply_users", "reply_users_count", "latest_reply", "stream")


def events_of(happening: Happening, team: Team, now_ts: str) -> Iterator[Subscribed]:
    """Pairs of the subscriptions that ask for it (any suffices) and the event. ``now_ts`` is its time."""
    channel = happening.channel
    if channel is None or team.bot_user not in channel.members:
        return
    make = _MAKERS.get(happening.kind)
    if make is not None:
        yield from make(happening.data, channel, team, now_ts)


def _shown(message: JSON) -> JSON:
    return {key: value for key, value in message.items() if key not in HIDDEN}


def _message(data: JSON, channel: Channel, team: Team, now_ts: str) -> Iterator[Subscribed]:
    message = _shown(data["message"])
    event = {**message, "channel": channel.id, "event_ts": message["ts"]}
    yield (SCOPE_OF_KIND[channel.kind],), {**event, "channel_type": channel.slack_type}
    mentioned = team.bot_user in MENTION.findall(message.get("text", ""))
    if mentioned and channel.kind != "im" and message["user"] != team.bot_user:
        yield ("app_mention",), {**event, "type": "app_mention"}
    for file in message.get("files", ()):
        yield (
            ("file_shared",),
            {
                "type": "file_shared",
                "channel_id": channel.id,
                "file_id": file["id"],
                "user_id": message["user"],
                "file": {"id": file["id"]},
                "event_ts": now_ts,
            },
        )


def _changed(data: JSON, channel: Channel, team: Team, now_ts: str) -> Iterator[Subscribed]:
    if data["message"].get("streaming"):
        return
    yield (
        (SCOPE_OF_KIND[channel.kind],),
        {
            "type": "message",
            "subtype": "message_changed",
            "hidden": True,
            "channel": channel.id,
            "channel_type": channel.slack_type,
            "message": _shown(data["message"]),
            "previous_message": _shown(data["before"]),
            "ts": now_ts,
            "event_ts": now_ts,
        },
    )


def _deleted(data: JSON, channel: Channel, team: Team, now_ts: str) -> Iterator[Subscribed]:
    yield (
        (SCOPE_OF_KIND[channel.kind],),
        {
            "type": "message",
            "subtype": "message_deleted",
            "hidden": True,
            "channel": channel.id,
            "channel_type": channel.slack_type,
            "previous_message": _shown(data["message"]),
            "deleted_ts": data["message"]["ts"],
            "ts": now_ts,
            "event_ts": now_ts,
        },
    )


def _reaction(kind: str, data: JSON, channel: Channel, now_ts: str) -> Iterator[Subscribed]:
    message = data["message"]
    item = {"type": "message", "channel": channel.id, "ts": message["ts"]}
    yield (
        (kind,),
        {
            "type": kind,
            "user": data["user"],
            "reaction": data["name"],
            "item": item,
            "item_user": message["user"],
            "event_ts": now_ts,
        },
    )


def _membership(kind: str, data: JSON, channel: Channel, now_ts: str) -> Iterator[Subscribed]:
    event = {
        "type": kind,
        "user": data["user"],
        "channel": channel.id,
        "team": channel.team_id,
        "channel_type": "G" if channel.kind == "private" else "C",
        "event_ts": now_ts,
    }
    if data.get("inviter"):
        event["inviter"] = data["inviter"]
    yield (kind,), event


Maker = Callable[[JSON, Channel, Team, str], Iterator[Subscribed]]

_MAKERS: dict[str, Maker] = {
    "message": _message,
    "message_changed": _changed,
    "message_deleted": _deleted,
    "reaction_added": lambda data, channel, team, ts: _reaction("reaction_added", data, channel, ts),
    "reaction_removed": lambda data, channel, team, ts: _reaction("reaction_removed", data, channel, ts),
    "joined": lambda data, channel, team, ts: _membership("member_joined_channel", data, channel, ts),
    "left": lambda data, channel, team, ts: _membership("member_left_channel", data, channel, ts),
}
