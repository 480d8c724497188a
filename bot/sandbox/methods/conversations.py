"""conversations.*: which there are, what was said in them, who is there."""

from bisect import bisect_left, bisect_right

from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.model import JSON, Channel
from bot.sandbox.shapes import channel_shape, message_shape

TYPES = {"public_channel": "channel", "private_channel": "private", "im": "im"}
READ = ("channels:read", "groups:read", "im:read", "mpim:read")
HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
MANAGE = (
    "channels:manage",
    "groups:write",
    "im:write",
    "mpim:write",
    "channels:join",
    "channels:write.invites",
)


async def listing(call: Call) -> JSON:
    kinds = {TYPES.get(one, one) for one in call.names("types")} or {"channel"}
    seen = [
        channel_shape(channel, call.bot)
        for channel in call.world.channels_of(call.team.id)
        if channel.kind in kinds
        and (channel.kind == "channel" or call.bot in channel.members)
        and not (call.flag("exclude_archived") and channel.is_archived)
    ]
    channels, metadata = call.page(seen)
    return {"channels": channels, "response_metadata": metadata}


async def info(call: Call) -> JSON:
    channel = call.channel()
    return {"channel": channel_shape(channel, call.bot, members=call.flag("include_num_members"))}


async def history(call: Call) -> JSON:
    """Newest first, without replies except those also sent to the channel."""
    channel = call.own_channel()
    return _messages(call, channel, _between(call, channel.order)[::-1])


async def replies(call: Call) -> JSON:
    """The root first, then its replies, oldest first; from a reply's ts too."""
    channel = call.own_channel()
    asked = call.world.message(channel, call.text("ts"), "thread_not_found")
    root = str(asked.get("thread_ts") or asked["ts"])
    listed = _between(call, channel.threads.get(root, []))
    return _messages(call, channel, [root, *listed] if root in channel.messages else listed)


def _between(call: Call, order: list[str]) -> list[str]:
    """Those between ``oldest`` and ``latest``, by Slack's rule: the borders only with ``inclusive``."""
    oldest, latest, inclusive = _ts(call, "oldest"), _ts(call, "latest"), call.flag("inclusive")
    start = (bisect_left if inclusive else bisect_right)(order, oldest) if oldest else 0
    end = (bisect_right if inclusive else bisect_left)(order, latest) if latest else len(order)
    return order[start:end]


def _ts(call: Call, name: str) -> str:
    given = call.text(name)
    if not given:
        return ""
    whole, _, part = given.partition(".")
    if not whole.isdigit() or not (part or "0").isdigit():
        raise SlackError(f"invalid_ts_{name}")
    return f"{whole.rjust(10, '0')}.{part.ljust(6, '0')[:6]}"


def _messages(call: Call, channel: Channel, order: list[str]) -> JSON:
    part, metadata = call.page(order)
    with_metadata = call.flag("include_all_metadata")
    messages = [message_shape(channel.messages[ts], metadata=with_metadata) for ts in part]
    more = bool(metadata["next_cursor"])
    answer: JSON = {"messages": messages, "has_more": more, "pin_count": len(channel.pins)}
    return answer | ({"response_metadata": metadata} if more else {})


async def members(call: Call) -> JSON:
    channel = call.channel()
    part, metadata = call.page(list(channel.members))
    return {"members": part, "response_metadata": metadata}


async def open_conversation(call: Call) -> JSON:
    if call.text("channel"):
        channel = call.channel()
        return {"channel": channel_shape(channel, call.bot), "already_open": True, "no_op": True}
    users = call.names("users")
    if len(users) != 1:
        raise SlackError("not_supported" if users else "users_list_not_supplied")
    user = call.user(users[0])
    already = call.world.im_between(user.id, call.bot) is not None
    channel = call.world.open_im(call.team.id, user.id, call.bot)
    shape = channel_shape(channel, call.bot) if call.flag("return_im") else {"id": channel.id}
    return {"channel": shape, "already_open": already, "no_op": already}


async def join(call: Call) -> JSON:
    channel = call.channel()
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    call.world.join(channel, call.world.users[call.bot])
    return {"channel": channel_shape(channel, call.bot)}


async def invite(call: Call) -> JSON:
    channel = call.own_channel()
    invited = [call.user(user_id) for user_id in call.names("users")]
    if not invited:
        raise SlackError("no_user")
    if not [user for user in invited if call.world.join(channel, user, inviter=call.bot)]:
        raise SlackError("already_in_channel")
    return {"channel": channel_shape(channel, call.bot)}


async def leave(call: Call) -> JSON:
    channel = call.channel()
    return {} if call.world.leave(channel, call.bot) else {"not_in_channel": True}


async def kick(call: Call) -> JSON:
    if not call.world.leave(call.own_channel(), call.required("user")):
        raise SlackError("not_in_channel")
    return {}


async def create(call: Call) -> JSON:
    name = call.text("name")
    if not name:
        raise SlackError("invalid_name_required")
    if name != name.lower() or len(name) > 80 or not name.replace("-", "").replace("_", "").isalnum():
        raise SlackError("invalid_name_specials")
    kind = "private" if call.flag("is_private") else "channel"
    channel = call.world.create(call.team.id, name, "private" if kind == "private" else "channel", call.bot)
    return {"channel": channel_shape(channel, call.bot)}


async def set_topic(call: Call) -> JSON:
    channel = call.own_channel()
    if "topic" in call.arguments:
        channel.topic = call.text("topic")
    else:
        channel.purpose = call.text("purpose")
    call.world.say("channels", channel.team_id, channel)
    return {"channel": channel_shape(channel, call.bot)}


async def mark(call: Call) -> JSON:
    call.own_channel().read[call.bot] = call.text("ts")
    return {}


METHODS = {
    "conversations.list": Method(listing, READ, tier=2),
    "conversations.info": Method(info, READ),
    "conversations.history": Method(history, HISTORY),
    "conversations.replies": Method(replies, HISTORY),
    "conversations.members": Method(members, READ, tier=4),
    "conversations.open": Method(open_conversation, MANAGE),
    "conversations.join": Method(join, MANAGE),
    "conversations.invite": Method(invite, MANAGE),
    "conversations.leave": Method(leave, MANAGE),
    "conversations.kick": Method(kick, MANAGE),
    "conversations.create": Method(create, MANAGE, tier=2),
    "conversations.setTopic": Method(set_topic, MANAGE, tier=2),
    "conversations.setPurpose": Method(set_topic, MANAGE, tier=2),
    "conversations.mark": Method(mark, MANAGE),
}
