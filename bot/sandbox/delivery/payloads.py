"""The payloads the app is sent, in Slack's shapes."""

from typing import Any

from bot.sandbox.model import Channel, Team, User

JSON = dict[str, Any]
TOKEN = "sandbox-verification"  # noqa: S105  Slack's long deprecated verification token, a fixed word here


def callback(team: Team, app_id: str, event: JSON, event_id: str) -> JSON:
    """The wrapper of every event."""
    authorization = {
        "enterprise_id": None,
        "team_id": team.id,
        "user_id": team.bot_user,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": TOKEN,
        "team_id": team.id,
        "context_team_id": team.id,
        "context_enterprise_id": None,
        "api_app_id": app_id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(float(event.get("event_ts") or 0)),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }


def command(team: Team, app_id: str, user: User, channel: Channel, name: str, text: str) -> JSON:
    """Without ``trigger_id`` and ``response_url``."""
    names = {"channel": channel.name, "private": "privategroup", "im": "directmessage"}
    return {
        "token": TOKEN,
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": names[channel.kind],
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": app_id,
        "is_enterprise_install": "false",
    }


def interaction(kind: str, team: Team, app_id: str, user: User, **more: Any) -> JSON:
    """What all interactions have in common; shortcuts do not say whose they are."""
    named = {} if kind in ("shortcut", "message_action") else {"api_app_id": app_id}
    return {
        "type": kind,
        **named,
        "token": TOKEN,
        "team": {"id": team.id, "domain": team.domain},
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
        "enterprise": None,
        "is_enterprise_install": False,
        **more,
    }


def place(channel: Channel) -> JSON:
    names = {"channel": channel.name, "private": "privategroup", "im": "directmessage"}
    return {"id": channel.id, "name": names[channel.kind]}


def message_container(channel: Channel, message: JSON) -> JSON:
    container: JSON = {"type": "message", "message_ts": message["ts"], "channel_id": channel.id}
    container["is_ephemeral"] = bool(message.get("ephemeral"))
    if "thread_ts" in message:
        container["thread_ts"] = message["thread_ts"]
    return container
