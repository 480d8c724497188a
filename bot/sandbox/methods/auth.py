"""api.test, auth.*, apps.connections.open, team.info, bots.info."""

from bot.sandbox.errors import SlackError
from bot.sandbox.methods.call import FREE, Call, Method
from bot.sandbox.model import JSON
from bot.sandbox.shapes import team_shape


async def api_test(call: Call) -> JSON:
    if error := call.text("error"):
        raise SlackError(error, args=call.arguments)
    return {"args": {key: value for key, value in call.arguments.items() if key != "token"}}


async def auth_test(call: Call) -> JSON:
    bot = call.world.users[call.bot]
    return {
        "url": f"{call.hub.base_url}/",
        "team": call.team.name,
        "user": bot.name,
        "team_id": call.team.id,
        "user_id": bot.id,
        "bot_id": call.team.bot_id,
        "is_enterprise_install": False,
    }


async def auth_revoke(call: Call) -> JSON:
    """The token is no good afterwards; the app hears of it while it still can."""
    if call.flag("test"):
        return {"revoked": False}
    tokens = {"oauth": [], "bot": [call.bot]}
    call.hub.uninstall(call.team, {"type": "tokens_revoked", "tokens": tokens})
    return {"revoked": True}


async def uninstall(call: Call) -> JSON:
    call.hub.uninstall(call.team, {"type": "app_uninstalled"})
    return {}


async def open_connection(call: Call) -> JSON:
    address = call.hub.base_url.replace("http", "ws", 1)
    return {"url": f"{address}/socket?ticket={call.hub.sockets.ticket()}"}


async def team_info(call: Call) -> JSON:
    return {"team": team_shape(call.team.id, call.team.name, call.team.domain)}


async def bots_info(call: Call) -> JSON:
    if call.text("bot", call.team.bot_id) != call.team.bot_id:
        raise SlackError("bot_not_found")
    bot = call.world.users[call.bot]
    return {
        "bot": {
            "id": call.team.bot_id,
            "deleted": False,
            "name": bot.real_name,
            "updated": 0,
            "app_id": call.hub.app.id,
            "user_id": bot.id,
            "icons": {},
        }
    }


METHODS = {
    "api.test": Method(api_test, tier=FREE, caller="anyone"),
    "auth.test": Method(auth_test, tier=FREE),
    "auth.revoke": Method(auth_revoke),
    "apps.uninstall": Method(uninstall, tier=1),
    "apps.connections.open": Method(open_connection, tier=FREE, caller="app"),
    "team.info": Method(team_info, ("team:read",)),
    "bots.info": Method(bots_info, ("users:read",)),
}
