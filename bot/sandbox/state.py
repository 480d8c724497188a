"""The whole state as JSON: for a look at it, and for keeping it from one run to the next."""

import base64
from collections import deque
from dataclasses import asdict
from typing import Any

from bot.sandbox.errors import BadRequest
from bot.sandbox.hub import Hub
from bot.sandbox.manifest import read_manifest
from bot.sandbox.model import WHISPERS_KEPT, Channel, File, Team, User

JSON = dict[str, Any]
VERSION = 1


def dump(hub: Hub) -> JSON:
    """Everything that ``load`` needs; open modals, trigger ids and response URLs do not outlive a run."""
    world = hub.world
    return {
        "version": VERSION,
        "teams": [{**asdict(team), "scopes": _sorted(team.scopes)} for team in world.teams.values()],
        "users": [asdict(user) for user in world.users.values()],
        "channels": [_channel(channel) for channel in world.channels.values()],
        "files": [
            {**asdict(file), "data": base64.b64encode(file.data).decode()} for file in world.files.values()
        ],
        "homes": {user: hub.views.views[view] for user, view in hub.views.homes.items()},
        "manifest": hub.app.manifest,
        "scheduled": hub.extras.scheduled,
    }


def _sorted(scopes: frozenset[str] | None) -> list[str] | None:
    return None if scopes is None else sorted(scopes)


def _channel(channel: Channel) -> JSON:
    kept = asdict(channel)
    for index in ("order", "threads"):
        del kept[index]
    kept["messages"] = list(channel.messages.values())
    kept["members"] = list(channel.members)
    kept["whispers"] = {user: list(whispers) for user, whispers in channel.whispers.items()}
    return kept


def load(hub: Hub, state: JSON) -> None:
    """Puts ``state`` in place of what is there; BadRequest where it is none of ours."""
    if state.get("version") != VERSION:
        raise BadRequest("this is not a state that this sandbox saved")
    world, listeners = hub.world, hub.world.listeners
    world.listeners = []
    try:
        world.clear()
        hub.views.clear()
        _restore(hub, state)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        hub.furnish()
        raise BadRequest("the saved state is damaged; the workspace starts anew") from error
    finally:
        world.listeners = listeners


def _restore(hub: Hub, state: JSON) -> None:
    world = hub.world
    for team in state["teams"]:
        scopes = team["scopes"]
        world.add_team(Team(**{**team, "scopes": None if scopes is None else frozenset(scopes)}))
    for user in state["users"]:
        world.add_user(User(**user))
    for kept in state["channels"]:
        world.add_channel(_restored(kept))
        for message in sorted(kept["messages"], key=lambda one: str(one["ts"])):
            world.channels[kept["id"]].add(message)
            world.ids.later_than(message["ts"])
    for file in state["files"]:
        data = base64.b64decode(file["data"])
        shares = [(channel, ts) for channel, ts in file["shares"]]
        world.files[file["id"]] = File(**{**file, "data": data, "shares": shares})
    for user_id, view in state["homes"].items():
        hub.views.views[view["id"]] = view
        hub.views.homes[user_id] = view["id"]
    hub.extras.scheduled.update(state.get("scheduled") or {})
    if state["manifest"]:
        hub.app = read_manifest(hub.app.id, state["manifest"])


def _restored(kept: JSON) -> Channel:
    whispers = {user: deque(said, maxlen=WHISPERS_KEPT) for user, said in kept["whispers"].items()}
    fields = {**kept, "members": dict.fromkeys(kept["members"]), "whispers": whispers, "messages": {}}
    return Channel(**fields)
