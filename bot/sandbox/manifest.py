"""The app as its manifest describes it: what it may do, hears of, and where it listens."""

from dataclasses import dataclass, field

from bot.sandbox.errors import BadRequest
from bot.sandbox.model import JSON


@dataclass(frozen=True, slots=True)
class App:
    """An installed app. ``events`` and ``scopes`` are None where no manifest was installed: all are granted.
    The URLs are empty with Socket Mode."""

    id: str
    name: str = "Sandbox app"
    description: str = ""
    commands: tuple[JSON, ...] = ()
    shortcuts: tuple[JSON, ...] = ()
    events: frozenset[str] | None = None
    scopes: frozenset[str] | None = None
    event_url: str = ""
    action_url: str = ""
    options_url: str = ""
    manifest: JSON = field(default_factory=dict)

    def hears(self, *events: str) -> bool:
        return self.events is None or not self.events.isdisjoint(events)

    def command(self, name: str) -> JSON | None:
        """The command's description; with no manifest, any name is one."""
        if self.events is None:
            return {"command": name}
        return next((one for one in self.commands if one["command"] == name), None)


def read_manifest(app_id: str, manifest: object, request_url: str = "") -> App:
    """Raises BadRequest where the manifest is no manifest. ``request_url`` stands in for every URL in it."""
    if not isinstance(manifest, dict):
        raise BadRequest("a manifest is a JSON object")
    features, settings = _part(manifest, "features"), _part(manifest, "settings")
    subscriptions, interactivity = _part(settings, "event_subscriptions"), _part(settings, "interactivity")
    display, bot = _part(manifest, "display_information"), _part(features, "bot_user")
    scopes = _part(_part(manifest, "oauth_config"), "scopes")
    by_socket = bool(settings.get("socket_mode_enabled")) and not request_url
    action_url = "" if by_socket else request_url or str(interactivity.get("request_url") or "")
    return App(
        app_id,
        name=str(bot.get("display_name") or display.get("name") or "Sandbox app"),
        description=str(display.get("description") or ""),
        commands=tuple(_command(one, by_socket, request_url) for one in features.get("slash_commands") or ()),
        shortcuts=tuple(features.get("shortcuts") or ()),
        events=frozenset(subscriptions.get("bot_events") or ()),
        scopes=frozenset(scopes.get("bot") or ()),
        event_url="" if by_socket else request_url or str(subscriptions.get("request_url") or ""),
        action_url=action_url,
        options_url="" if by_socket else str(interactivity.get("message_menu_options_url") or action_url),
        manifest=manifest,
    )


def _part(whole: JSON, name: str) -> JSON:
    part = whole.get(name)
    if part is None:
        return {}
    if not isinstance(part, dict):
        raise BadRequest(f"`{name}` of the manifest is a JSON object")
    return part


def _command(one: JSON, by_socket: bool, request_url: str) -> JSON:
    if not isinstance(one, dict) or not str(one.get("command", "")).startswith("/"):
        raise BadRequest("every slash command of the manifest has a name that starts with /")
    return {**one, "url": "" if by_socket else request_url or one.get("url", "")}
