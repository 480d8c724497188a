"""What the page shows a person when it is opened: the workspace, a channel's messages."""

from bisect import bisect_right
from heapq import merge

from bot.sandbox.hub import Hub
from bot.sandbox.model import JSON, Channel, User
from bot.sandbox.shapes import message_shape

NEWEST = 500


def snapshot(hub: Hub, me: User) -> JSON:
    team = hub.world.teams[me.team_id]
    channels = [one for one in hub.world.channels_of(team.id) if one.open_to(me)]
    return {
        "team": {"id": team.id, "name": team.name, "domain": team.domain},
        "me": person_shape(me),
        "users": [person_shape(user) for user in hub.world.people(team.id)],
        "channels": [channel_shape(channel, me) for channel in channels],
        "teams": [{"id": one.id, "name": one.name} for one in hub.world.teams.values()],
        "app": {
            "id": hub.app.id,
            "name": hub.app.name,
            "bot_user": team.bot_user,
            "description": hub.app.description,
            "installed": bool(team.bot_token),
        },
        "stack": [hub.views.views[one] for one in hub.views.stacks.get(me.id, ())],
        **app_shape(hub),
    }


def app_shape(hub: Hub) -> JSON:
    commands = [
        {
            "command": one["command"],
            "description": one.get("description", ""),
            "usage_hint": one.get("usage_hint", ""),
        }
        for one in hub.app.commands
    ]
    shortcuts = [
        {
            "name": one.get("name", ""),
            "callback_id": one.get("callback_id", ""),
            "type": one.get("type", "global"),
            "description": one.get("description", ""),
        }
        for one in hub.app.shortcuts
    ]
    return {"commands": commands, "shortcuts": shortcuts, "sockets": hub.sockets.count}


def person_shape(user: User) -> JSON:
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "title": user.title,
        "role": role(user),
        "color": user.color,
        "avatar": initials(user.real_name),
        "is_bot": user.is_bot,
        "is_restricted": user.is_restricted,
        "is_stranger": user.is_stranger,
        "is_admin": user.is_admin,
        "is_owner": user.is_owner,
        "status_emoji": user.status_emoji,
    }


def role(user: User) -> str:
    if user.is_bot:
        return "app"
    if user.is_owner:
        return "owner"
    if user.is_admin:
        return "admin"
    if user.is_restricted:
        return "guest"
    return "other organisation" if user.is_stranger else "member"


def initials(name: str) -> str:
    return "".join(word[0] for word in name.split()[:2]).upper()


def channel_shape(channel: Channel, me: User) -> JSON:
    shape: JSON = {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "topic": channel.topic,
        "members": list(channel.members),
        "is_member": me.id in channel.members,
        "unread": unread(channel, me),
    }
    if channel.kind == "im":
        shape["user"] = next((one for one in channel.members if one != me.id), me.id)
    return shape


def unread(channel: Channel, me: User) -> int:
    if me.id not in channel.members:
        return 0
    return len(channel.order) - bisect_right(channel.order, channel.read.get(me.id, ""))


def messages(channel: Channel, me: User, thread_ts: str = "", newest: int = NEWEST) -> JSON:
    """Oldest first, the person's ephemeral ones in their places; ``more``: older ones were left out."""
    if thread_ts:
        root = [channel.messages[thread_ts]] if thread_ts in channel.messages else []
        said = root + channel.replies(thread_ts)
    else:
        said = [channel.messages[ts] for ts in channel.order[-newest:]]
    whispers = [one for one in channel.whispers.get(me.id, ()) if one.get("thread_ts", "") == thread_ts]
    listed = merge(said, whispers, key=lambda one: one["ts"])
    more = not thread_ts and len(channel.order) > newest
    return {"messages": [message_shape(one) for one in listed], "more": more}
