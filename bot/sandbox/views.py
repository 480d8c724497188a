"""Modals and App Home: what is open for whom, in Slack's shape of a view."""

import secrets
from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.inputs import INNER_BLOCKS, state_of
from bot.sandbox.model import Team
from bot.sandbox.world import World

JSON = dict[str, Any]
STACK = 3
FIELDS = (
    "blocks",
    "title",
    "submit",
    "close",
    "callback_id",
    "private_metadata",
    "external_id",
    "clear_on_close",
    "notify_on_close",
    "submit_disabled",
)


class Views:
    """``stacks`` holds the ids of a person's open modals, the top one last."""

    def __init__(self, world: World, app_id: str) -> None:
        self._world = world
        self._app_id = app_id
        self.views: dict[str, JSON] = {}
        self.stacks: dict[str, list[str]] = {}
        self.homes: dict[str, str] = {}
        self._external: dict[tuple[str, str], str] = {}

    def clear(self) -> None:
        for part in (self.views, self.stacks, self.homes, self._external):
            part.clear()

    def get(self, view_id: str) -> JSON:
        if view := self.views.get(view_id):
            return view
        raise SlackError("not_found", "[ERROR] no such view")

    def owner(self, view_id: str) -> str:
        """Whose modal it is; empty where it is closed."""
        return next((user for user, stack in self.stacks.items() if view_id in stack), "")

    def home(self, user_id: str) -> JSON | None:
        return self.views.get(self.homes.get(user_id, ""))

    def open(self, team: Team, user_id: str, wish: JSON) -> JSON:
        """A new modal in place of whatever was open."""
        for view_id in self.stacks.pop(user_id, []):
            self._forget(view_id)
        return self._put_on_top(team, user_id, wish)

    def push(self, team: Team, user_id: str, wish: JSON) -> JSON:
        stack = self.stacks.get(user_id, [])
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= STACK:
            raise SlackError("push_limit_reached")
        return self._put_on_top(team, user_id, wish)

    def _put_on_top(self, team: Team, user_id: str, wish: JSON) -> JSON:
        stack = self.stacks.setdefault(user_id, [])
        view = self._new(team, wish)
        view["root_view_id"] = stack[0] if stack else view["id"]
        view["previous_view_id"] = stack[-1] if stack else None
        self._remember(team, view)
        stack.append(view["id"])
        self._world.say("modal", team.id, user=user_id, view=view, stack=list(stack))
        return view

    def update(
        self, team: Team, wish: JSON, view_id: str = "", external_id: str = "", hash_: str = ""
    ) -> JSON:
        view = self.get(view_id or self._external.get((team.id, external_id), ""))
        if view["team_id"] != team.id:
            raise SlackError("not_found")
        if hash_ and hash_ != view["hash"]:
            raise SlackError("hash_conflict")
        new_external = wish.get("external_id") or ""
        if new_external != view["external_id"]:
            self._claim(team, new_external)
            self._external.pop((team.id, view["external_id"]), None)
        view.update(_filled(wish))
        view.update(state={"values": state_of(view["blocks"], {})}, hash=self._hash())
        self._remember(team, view)
        if user_id := self.owner(view["id"]):
            self._world.say("modal_changed", team.id, user=user_id, view=view)
        return view

    def publish(self, team: Team, user_id: str, wish: JSON, hash_: str = "") -> JSON:
        old = self.home(user_id)
        if hash_ and (old is None or hash_ != old["hash"]):
            raise SlackError("hash_conflict")
        view = self._new(team, wish)
        if old is not None:
            view["id"] = old["id"]
        view["root_view_id"] = view["id"]
        self._remember(team, view)
        self.homes[user_id] = view["id"]
        self._world.say("home", team.id, user=user_id, view=view)
        return view

    def close(self, user_id: str, view_id: str, *, everything: bool = False) -> list[JSON]:
        """The views that went away, the top one first."""
        stack = self.stacks.get(user_id, [])
        gone = list(reversed(stack)) if everything else [view_id] if view_id in stack else []
        closed = [self.views[one] for one in gone]
        for view in closed:
            stack.remove(view["id"])
            self._forget(view["id"])
            self._world.say("modal_closed", view["team_id"], user=user_id, view_id=view["id"])
        return closed

    def _new(self, team: Team, wish: JSON) -> JSON:
        self._claim(team, wish.get("external_id") or "")
        view: JSON = {
            "id": self._world.ids.new("V"),
            "team_id": team.id,
            "type": wish.get("type", "modal"),
            **_filled(wish),
            "hash": self._hash(),
            "previous_view_id": None,
            "root_view_id": "",
            "app_id": self._app_id,
            "app_installed_team_id": team.id,
            "bot_id": team.bot_id,
        }
        view["state"] = {"values": state_of(view["blocks"], {})}
        return view

    def _claim(self, team: Team, external_id: str) -> None:
        if external_id and (team.id, external_id) in self._external:
            raise SlackError("duplicate_external_id")

    def _remember(self, team: Team, view: JSON) -> None:
        self.views[view["id"]] = view
        if view["external_id"]:
            self._external[team.id, view["external_id"]] = view["id"]

    def _forget(self, view_id: str) -> None:
        if view := self.views.pop(view_id, None):
            self._external.pop((view["team_id"], view["external_id"]), None)

    def _hash(self) -> str:
        return f"{int(self._world.ids.now())}.{secrets.token_hex(4)}"


def _filled(wish: JSON) -> JSON:
    """Every field Slack answers with, given or not."""
    view: JSON = {name: wish.get(name) for name in FIELDS}
    view["blocks"] = with_block_ids(view["blocks"] or [])
    for name in ("callback_id", "private_metadata", "external_id"):
        view[name] = view[name] or ""
    for name in ("clear_on_close", "notify_on_close", "submit_disabled"):
        view[name] = bool(view[name])
    return view


def with_block_ids(blocks: list[JSON]) -> list[JSON]:
    """Blocks and their elements get the ids that were left out, as Slack gives them."""
    return [_with_ids(block) if isinstance(block, dict) else block for block in blocks]


def _with_ids(block: JSON) -> JSON:
    block = {"block_id": secrets.token_urlsafe(4), **block}
    if inner := INNER_BLOCKS.get(block.get("type", "")):
        return {**block, inner: with_block_ids(block.get(inner) or [])}
    for key in ("element", "accessory"):
        if isinstance(block.get(key), dict):
            block[key] = _with_action_id(block[key])
    if block.get("type") in ("actions", "context_actions") and isinstance(block.get("elements"), list):
        block["elements"] = [
            _with_action_id(one) if isinstance(one, dict) else one for one in block["elements"]
        ]
    return block


def _with_action_id(element: JSON) -> JSON:
    return element if element.get("type") == "image" else {"action_id": secrets.token_urlsafe(4), **element}
