"""What a person says: messages, edits, commands, reactions, files, membership."""

from bot.sandbox.delivery.parcel import NOT_CONNECTED, Parcel
from bot.sandbox.delivery.payloads import command as command_payload
from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.model import JSON, Channel, User
from bot.sandbox.shapes import file_shape, message_shape


def channel_of(hub: Hub, user: User, body: JSON) -> Channel:
    """The channel they mean, which they can see."""
    channel = hub.world.channel(str(body.get("channel") or ""), user.team_id)
    if not channel.open_to(user):
        raise SlackError("channel_not_found")
    return channel


def own_channel(hub: Hub, user: User, body: JSON) -> Channel:
    channel = channel_of(hub, user, body)
    if user.id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


async def post(hub: Hub, user: User, body: JSON) -> JSON:
    channel = own_channel(hub, user, body)
    text = str(body.get("text") or "")
    held = body.get("files")
    files = [file_id for file_id in held if isinstance(file_id, str)] if isinstance(held, list) else []
    if not text.strip() and not files:
        raise SlackError("no_text")
    message: JSON = {
        "user": user.id,
        "team": user.team_id,
        "client_msg_id": hub.ids.new(""),
        "text": hub.entities(user.team_id, text),
    }
    if body.get("thread_ts"):
        message["thread_ts"] = str(body["thread_ts"])
    if files:
        message |= {"subtype": "file_share", "files": _share(hub, user, files), "upload": True}
    message = hub.world.post(channel, message)
    for file_id in files:
        hub.world.files[file_id].shares.append((channel.id, message["ts"]))
    channel.read[user.id] = message["ts"]
    _who_is_not_here(hub, user, channel, message["text"])
    return {"ts": message["ts"], "message": message_shape(message)}


def _share(hub: Hub, user: User, file_ids: list[str]) -> list[JSON]:
    files = [hub.world.files.get(file_id) for file_id in file_ids]
    if any(file is None or file.user != user.id for file in files):
        raise SlackError("file_not_found")
    return [file_shape(file, hub.base_url) for file in files if file is not None]


def _who_is_not_here(hub: Hub, user: User, channel: Channel, text: str) -> None:
    bot = hub.world.users[hub.world.teams[user.team_id].bot_user]
    if f"<@{bot.id}>" in text and bot.id not in channel.members:
        hub.notice(
            user, channel, f"{bot.real_name} is not in #{channel.name}. To add it: /invite @{bot.name}"
        )


async def edit(hub: Hub, user: User, body: JSON) -> JSON:
    channel, ts = own_channel(hub, user, body), str(body.get("ts") or "")
    if hub.world.message(channel, ts)["user"] != user.id:
        raise SlackError("cant_update_message")
    text = hub.entities(user.team_id, str(body.get("text") or ""))
    if not text.strip():
        raise SlackError("no_text")
    return {"message": message_shape(hub.world.change(channel, ts, {"text": text}, user.id))}


async def delete(hub: Hub, user: User, body: JSON) -> JSON:
    """One's own message; an admin anybody's; and of an ephemeral message, one's own copy."""
    channel, ts = channel_of(hub, user, body), str(body.get("ts") or "")
    if hub.world.unwhisper(channel, user.id, ts):
        return {}
    if hub.world.message(channel, ts)["user"] != user.id and not user.is_admin:
        raise SlackError("cant_delete_message")
    hub.world.delete(channel, ts)
    return {}


async def command(hub: Hub, user: User, body: JSON) -> JSON:
    channel = channel_of(hub, user, body)
    name, _, text = str(body.get("text") or "").strip().partition(" ")
    known = hub.app.command(name)
    if not name.startswith("/") or known is None:
        hub.notice(user, channel, f"{name} is not a valid command.")
        raise SlackError("unknown_command")
    if known.get("should_escape"):
        text = hub.entities(user.team_id, text)
    team = hub.world.teams[user.team_id]
    payload = command_payload(team, hub.app.id, user, channel, name, text.strip())
    payload["response_url"] = hub.responses.issue(team.id, channel.id, user.id)
    payload["trigger_id"] = hub.triggers.issue(user.id, team.id)
    outcome = await hub.dispatcher.ask(Parcel("slash_commands", name, payload, str(known.get("url") or "")))
    if not outcome.acked:
        failure = "operation_timeout" if outcome.error == "timeout" else "dispatch_failed"
        hub.notice(user, channel, f'{name} failed with the error "{failure}"')
        raise SlackError(failure, offline=outcome.error == NOT_CONNECTED)
    hub.responses.ack(team.id, channel.id, user.id, outcome.payload)
    return {}


async def react(hub: Hub, user: User, body: JSON) -> JSON:
    channel = own_channel(hub, user, body)
    change = hub.world.react if body.get("on", True) else hub.world.unreact
    change(channel, str(body.get("ts") or ""), user.id, str(body.get("name") or "").strip(":"))
    return {}


async def join(hub: Hub, user: User, body: JSON) -> JSON:
    hub.world.join(channel_of(hub, user, body), user)
    return {}


async def leave(hub: Hub, user: User, body: JSON) -> JSON:
    if not hub.world.leave(channel_of(hub, user, body), user.id):
        raise SlackError("not_in_channel")
    return {}


async def invite(hub: Hub, user: User, body: JSON) -> JSON:
    channel = own_channel(hub, user, body)
    if not hub.world.join(channel, hub.world.user(str(body.get("user") or "")), inviter=user.id):
        raise SlackError("already_in_channel")
    return {}


async def open_im(hub: Hub, user: User, body: JSON) -> JSON:
    other = hub.world.user(str(body.get("user") or ""))
    return {"channel": hub.world.open_im(user.team_id, user.id, other.id).id}


async def read(hub: Hub, user: User, body: JSON) -> JSON:
    channel = channel_of(hub, user, body)
    channel.read[user.id] = str(body.get("ts") or (channel.order[-1] if channel.order else ""))
    return {}
