"""oauth.v2.access: a code for a workspace's token."""

import base64
import secrets

from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.methods.call import FREE, Call, Method
from bot.sandbox.model import JSON, Team

CLIENT_ID, CLIENT_SECRET = "sandbox-client-id", "sandbox-client-secret"


def grant(hub: Hub, team: Team, user_id: str, scopes: str) -> str:
    """A person allowed the app into their workspace: the code its owner exchanges once."""
    code = secrets.token_urlsafe(18)
    hub.extras.codes[code] = {"team": team.id, "user": user_id, "scopes": scopes}
    return code


async def access(call: Call) -> JSON:
    client_id, secret = _credentials(call)
    if client_id != CLIENT_ID or secret != CLIENT_SECRET:
        raise SlackError("invalid_client_id" if client_id != CLIENT_ID else "bad_client_secret")
    granted = call.hub.extras.codes.pop(call.text("code"), None)
    if granted is None:
        raise SlackError("invalid_code")
    team = call.world.teams[granted["team"]]
    if not team.bot_token:
        team.bot_token = f"xoxb-{team.id}-{secrets.token_hex(12)}"
    if granted["scopes"]:
        team.scopes = frozenset(granted["scopes"].split(","))
    return {
        "access_token": team.bot_token,
        "token_type": "bot",
        "scope": ",".join(sorted(team.scopes or ())),
        "bot_user_id": team.bot_user,
        "app_id": call.hub.app.id,
        "team": {"id": team.id, "name": team.name},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": granted["user"]},
    }


def _credentials(call: Call) -> tuple[str, str]:
    """From the arguments, or from the header of HTTP Basic, as SDKs send them."""
    scheme, _, encoded = call.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return call.text("client_id"), call.text("client_secret")
    try:
        client_id, _, secret = base64.b64decode(encoded).decode().partition(":")
    except ValueError:
        return "", ""
    return client_id, secret


METHODS = {"oauth.v2.access": Method(access, tier=FREE, caller="anyone")}
