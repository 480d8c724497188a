"""From what Slack sends to an Ask, with a key that every redelivery of it shares."""

import html
import re
from collections.abc import Mapping
from typing import Any

import orjson

from handlers.ask import Ask, Kind

Body = Mapping[str, Any]
SLACKS_BOT = "USLACKBOT"


def ask_of(kind: Kind, body: Body) -> Ask:
    """One Ask from the body of a command, interaction or event."""
    return READERS[kind](body)


def _command(body: Body) -> Ask:
    return Ask(
        kind="command",
        key=f"cmd:{_team(body)}:{body['trigger_id']}",
        team=_team(body),
        user=body["user_id"],
        channel=body.get("channel_id", ""),
        channel_name=body.get("channel_name", ""),
        text=html.unescape(str(body.get("text") or "")).strip(),
        response_url=body.get("response_url", ""),
        trigger_id=body["trigger_id"],
    )


def _action(body: Body) -> Ask:
    action, container = body["actions"][0], body.get("container", {})
    place = container.get("view_id") or f"{container.get('channel_id', '')}:{container.get('message_ts', '')}"
    user = body["user"]["id"]
    return Ask(
        kind="action",
        key=f"act:{_team(body)}:{place}:{action['action_id']}:{user}:{action.get('action_ts', '')}",
        team=_team(body),
        user=user,
        channel=(body.get("channel") or {}).get("id", ""),
        channel_name=(body.get("channel") or {}).get("name", ""),
        action=action["action_id"],
        value=_chosen(action),
        values=_entries((body.get("view") or {}).get("state")),
        private=_private(body.get("view")),
        message=_message(body),
        view_id=(body.get("view") or {}).get("id", ""),
        view_hash=(body.get("view") or {}).get("hash", ""),
        response_url=body.get("response_url", ""),
        trigger_id=body.get("trigger_id", ""),
        at=_seconds(action.get("action_ts")),
    )


def _submission(body: Body) -> Ask:
    view = body["view"]
    return Ask(
        kind="submission",
        key=f"sub:{_team(body)}:{view['id']}:{view.get('hash', '')}",
        team=_team(body),
        user=body["user"]["id"],
        channel=str(_private(view).get("channel", "")),
        action=view.get("callback_id", ""),
        values=_entries(view.get("state")),
        private=_private(view),
        view_id=view["id"],
        view_hash=view.get("hash", ""),
        trigger_id=body.get("trigger_id", ""),
    )


def _shortcut(body: Body) -> Ask:
    return Ask(
        kind="shortcut",
        key=f"cut:{_team(body)}:{body['trigger_id']}",
        team=_team(body),
        user=body["user"]["id"],
        channel=(body.get("channel") or {}).get("id", ""),
        channel_name=(body.get("channel") or {}).get("name", ""),
        action=body["callback_id"],
        message=_message(body),
        response_url=body.get("response_url", ""),
        trigger_id=body["trigger_id"],
    )


def _event(body: Body) -> Ask:
    event = dict(body["event"])
    place = event.get("item") if isinstance(event.get("item"), Mapping) else event
    return Ask(
        kind="event",
        key=f"ev:{_team(body)}:{body['event_id']}",
        team=_team(body),
        user=_user(event),
        channel=str((place or {}).get("channel") or event.get("channel_id") or ""),
        text=html.unescape(str(event.get("text") or "")).strip(),
        action=event["type"],
        event=event,
        at=_seconds(event.get("event_ts")),
    )


READERS = {
    "command": _command,
    "action": _action,
    "submission": _submission,
    "shortcut": _shortcut,
    "event": _event,
}


def _team(body: Body) -> str:
    """The workspace; on an organisation-wide install the body names it inside ``team`` or ``user``."""
    team = body.get("team_id") or (body.get("team") or {}).get("id")
    return str(team or (body.get("user") or {}).get("team_id") or "")


def _seconds(ts: Any) -> float:
    try:
        return float(ts or 0)
    except (TypeError, ValueError):
        return 0.0


def _user(event: Mapping[str, Any]) -> str:
    user = event.get("user") or event.get("user_id") or ""
    return str(user.get("id", "") if isinstance(user, Mapping) else user)


def _message(body: Body) -> dict[str, Any]:
    """What is needed of the message acted on; its blocks stay where they are."""
    message = body.get("message") or {}
    kept = {name: message[name] for name in ("ts", "thread_ts", "user", "text", "bot_id") if name in message}
    container = body.get("container", {})
    if "ts" not in kept and container.get("message_ts"):
        kept["ts"] = container["message_ts"]
    if container.get("is_ephemeral"):
        kept["ephemeral"] = True
    return kept


def _private(view: Mapping[str, Any] | None) -> dict[str, Any]:
    """A modal's private metadata; ours is always a JSON object."""
    text = (view or {}).get("private_metadata") or ""
    try:
        found = orjson.loads(text) if text else {}
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _chosen(action: Mapping[str, Any]) -> str:
    option = action.get("selected_option")
    if isinstance(option, Mapping):
        return str(option.get("value", ""))
    for name in ("value", "selected_conversation", "selected_channel", "selected_user", "selected_date"):
        if action.get(name):
            return str(action[name])
    return ""


def _entries(state: Mapping[str, Any] | None) -> dict[str, Any]:
    """A form's entries by block id; each of our inputs has a block of its own."""
    blocks = (state or {}).get("values", {})
    return {block: _entry(next(iter(actions.values()), {})) for block, actions in blocks.items()}


def _entry(entry: Mapping[str, Any]) -> Any:
    if "selected_option" in entry:
        return (entry["selected_option"] or {}).get("value")
    if "selected_options" in entry:
        return [option["value"] for option in entry["selected_options"] or []]
    if "files" in entry:
        return [file["id"] for file in entry["files"] or []]
    for name, value in entry.items():
        if name.startswith("selected_") or name == "value":
            return value
    return None


_CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)(?:\|[^>]*)?>")


def channel_in(text: str) -> str:
    """The id of the first channel mentioned, "" where none is."""
    found = _CHANNEL.search(text)
    return found.group(1) if found else ""
