"""chat.*: saying things, changing them, taking them back."""

from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.model import JSON, Channel
from bot.sandbox.saying import checked
from bot.sandbox.shapes import message_shape

POST = ("chat:write",)
LONGEST_UPDATE = 4_000  # a new message may have ten times that


async def post_message(call: Call) -> JSON:
    channel = _target(call)
    message = _message(call)
    if call.flag("reply_broadcast") and "thread_ts" in message:
        message["subtype"] = "thread_broadcast"
    message = call.world.post(channel, message)
    return {"channel": channel.id, "ts": message["ts"], "message": message_shape(message, metadata=True)}


def _target(call: Call) -> Channel:
    """An id, a name, or a person's id, which means the direct conversation with them."""
    wanted = call.text("channel")
    if wanted in call.world.users:
        return call.world.open_im(call.team.id, call.user(wanted).id, call.bot)
    if named := call.world.named(call.team.id, wanted):
        call.arguments["channel"] = named.id
    channel = call.channel()
    if channel.is_archived:
        raise SlackError("is_archived")
    if call.bot not in channel.members and not _may_post_anywhere(call, channel):
        raise SlackError("not_in_channel")
    return channel


def _may_post_anywhere(call: Call, channel: Channel) -> bool:
    scopes = call.team.scopes
    return channel.kind == "channel" and scopes is not None and "chat:write.public" in scopes


def _message(call: Call) -> JSON:
    message = {**call.hub.author(call.team), **checked(call.arguments)}
    for name in ("thread_ts", "username", "icon_emoji"):
        if call.text(name):
            message[name] = call.text(name)
    return message


async def post_ephemeral(call: Call) -> JSON:
    channel = call.own_channel()
    user = call.user(call.required("user"))
    if user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    message = call.world.whisper(channel, user.id, _message(call))
    return {"message_ts": message["ts"]}


async def me_message(call: Call) -> JSON:
    channel = call.own_channel()
    message = call.world.post(channel, {**_message(call), "subtype": "me_message"})
    return {"channel": channel.id, "ts": message["ts"]}


def own_message(call: Call, channel: Channel, error: str) -> JSON:
    message = call.world.message(channel, call.text("ts"))
    if message.get("bot_id") != call.team.bot_id:
        raise SlackError(error)
    return message


async def update(call: Call) -> JSON:
    """Blocks and attachments that are not given go away with new text, as at Slack; metadata stays."""
    channel = call.channel()
    old = own_message(call, channel, "cant_update_message")
    if call.arguments.get("text") and not call.arguments.get("blocks"):
        call.arguments.setdefault("attachments", None)
    if len(call.text("text")) > LONGEST_UPDATE:
        raise SlackError("msg_too_long")
    content = checked({"text": old["text"] if call.arguments.get("blocks") else "", **call.arguments})
    changes = {"blocks": None, "attachments": None, **content}
    if (files := call.data("file_ids")) is not None:
        changes["files"] = [one for one in old.get("files", []) if one["id"] in files] or None
    message = call.world.change(channel, old["ts"], changes, call.bot)
    return {
        "channel": channel.id,
        "ts": message["ts"],
        "text": message["text"],
        "message": message_shape(message, metadata=True),
    }


async def delete(call: Call) -> JSON:
    channel = call.channel()
    message = own_message(call, channel, "cant_delete_message")
    call.world.delete(channel, message["ts"])
    return {"channel": channel.id, "ts": message["ts"]}


async def get_permalink(call: Call) -> JSON:
    channel = call.channel()
    message = call.world.message(channel, call.text("message_ts"))
    link = f"{call.hub.base_url}/archives/{channel.id}/p{message['ts'].replace('.', '')}"
    if "thread_ts" in message:
        link += f"?thread_ts={message['thread_ts']}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


METHODS = {
    "chat.postMessage": Method(post_message, POST, tier=0),
    "chat.postEphemeral": Method(post_ephemeral, POST, tier=4),
    "chat.meMessage": Method(me_message, POST),
    "chat.update": Method(update, POST),
    "chat.delete": Method(delete, POST),
    "chat.getPermalink": Method(get_permalink),
}
