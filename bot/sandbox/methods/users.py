"""users.*: who is there."""

from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.methods.conversations import TYPES
from bot.sandbox.model import JSON, User
from bot.sandbox.shapes import channel_shape, user_shape

READ = ("users:read",)


def _shape(call: Call, user: User) -> JSON:
    """E-mail addresses are shown with their own scope only."""
    shape = user_shape(user)
    if call.team.scopes is not None and "users:read.email" not in call.team.scopes:
        shape["profile"].pop("email", None)
    return shape


async def info(call: Call) -> JSON:
    return {"user": _shape(call, call.user(call.required("user")))}


async def listing(call: Call) -> JSON:
    part, metadata = call.page([_shape(call, user) for user in call.world.people(call.team.id)])
    return {"members": part, "cache_ts": int(call.hub.ids.now()), "response_metadata": metadata}


async def profile(call: Call) -> JSON:
    user = call.user(call.required("user")) if call.text("user") else call.world.users[call.bot]
    return {"profile": _shape(call, user)["profile"]}


async def by_email(call: Call) -> JSON:
    wanted = call.required("email").lower()
    for user in call.world.people(call.team.id):
        if user.email.lower() == wanted:
            return {"user": _shape(call, user)}
    raise SlackError("users_not_found")


async def conversations(call: Call) -> JSON:
    """Channels somebody is in, as far as the bot may know of them."""
    user_id = call.user(call.text("user") or call.bot).id
    kinds = {TYPES.get(one, one) for one in call.names("types")} or {"channel"}
    found = [
        channel_shape(channel, call.bot)
        for channel in call.world.joined(user_id)
        if channel.kind in kinds and (channel.kind == "channel" or call.bot in channel.members)
    ]
    part, metadata = call.page(found)
    return {"channels": part, "response_metadata": metadata}


async def presence(call: Call) -> JSON:
    call.user(call.required("user"))
    return {"presence": "active"}


METHODS = {
    "users.info": Method(info, READ, tier=4),
    "users.list": Method(listing, READ, tier=2),
    "users.profile.get": Method(profile, ("users.profile:read", "users:read"), tier=4),
    "users.lookupByEmail": Method(by_email, ("users:read.email",)),
    "users.conversations": Method(conversations, ("channels:read", "groups:read", "im:read")),
    "users.getPresence": Method(presence, READ),
}
