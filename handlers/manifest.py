"""The Slack app manifest, made from what is registered: commands, shortcuts, events, scopes."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal
from urllib.parse import urlsplit

import yaml

from bot.errors import InputError
from handlers.feature import Feature, Shortcut
from handlers.scopes import scopes_for

Transport = Literal["socket", "http"]
EVENTS_PATH = "/slack/events"
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"

DESCRIPTION = "User stories from support tickets, every claim cited"
LONG_DESCRIPTION = (
    "Plumbline turns a raw export of support tickets into user stories that an engineer would accept: it "
    "audits the data, removes personal data before storing it, groups the tickets into themes and drafts a "
    "story for each, every claim cited to a real ticket. Everything it writes is a first draft that a named "
    "person approves."
)
COLOUR = "#1f3a5f"
LONGEST_HINT = 1000
SUBSCRIPTIONS = {"message": "message.im"}  # it hears what is said to it, not what is said in channels
REVOCATION = ("app_uninstalled", "tokens_revoked")


def manifest(
    features: Sequence[Feature],
    *,
    command: str = "plumb",
    transport: Transport = "socket",
    public_url: str = "",
    history: bool = False,
    name: str = "Plumbline",
) -> dict[str, Any]:
    """The manifest as Slack takes it.

    ``public_url`` is needed for HTTP; with it people can install the app by OAuth too. ``history`` asks for
    the scopes to read channels.

    Raises:
        InputError: HTTP without an address, or with one that Slack would not take.
    """
    address = _address(transport, public_url)
    by_http = transport == "http"
    events = subscriptions(features, oauth=bool(address))
    slash = {
        "command": f"/{command}",
        "description": DESCRIPTION,
        "usage_hint": _usage_hint(features),
        "should_escape": True,
    }
    settings: dict[str, Any] = {
        "event_subscriptions": {"bot_events": events},
        "interactivity": {"is_enabled": True},
        "org_deploy_enabled": False,
        "socket_mode_enabled": not by_http,
        "token_rotation_enabled": False,
    }
    if by_http:
        url = address + EVENTS_PATH
        slash["url"] = url
        settings["event_subscriptions"]["request_url"] = url
        settings["interactivity"] |= {"request_url": url, "message_menu_options_url": url}
    oauth: dict[str, Any] = {"scopes": {"bot": sorted(scopes(features, history=history))}}
    if address:
        oauth["redirect_urls"] = [address + REDIRECT_PATH]
    return {
        "display_information": {
            "name": name,
            "description": DESCRIPTION,
            "long_description": LONG_DESCRIPTION,
            "background_color": COLOUR,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": name, "always_online": True},
            "shortcuts": [_shortcut(each) for feature in features for each in feature.shortcuts],
            "slash_commands": [slash],
        },
        "oauth_config": oauth,
        "settings": settings,
    }


def scopes(features: Sequence[Feature], *, history: bool = False) -> frozenset[str]:
    """The scopes of the bot token."""
    needed = scopes_for(subscriptions(features), history=history)
    return needed.union(*(feature.scopes for feature in features))


def subscriptions(features: Iterable[Feature], *, oauth: bool = False) -> list[str]:
    """The events to subscribe to; with OAuth also those that tell of a workspace that took the app away."""
    heard = {SUBSCRIPTIONS.get(event, event) for feature in features for event in feature.events}
    return sorted(heard.union(REVOCATION if oauth else ()))


def as_yaml(manifest: dict[str, Any]) -> str:
    """The manifest as YAML, as Slack's app settings show it."""
    return yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=100)


def _address(transport: Transport, public_url: str) -> str:
    if not public_url:
        if transport == "http":
            raise InputError(
                "Over HTTP Slack needs an address to reach the bot at.",
                hint="Give it: --url https://plumbline.example.com (or set PLUMB_PUBLIC_URL)",
            )
        return ""
    parts = urlsplit(public_url)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise InputError(
            f"{public_url} is no address that Slack can reach.", hint="It looks like https://HOST"
        )
    return public_url.rstrip("/")


def _usage_hint(features: Sequence[Feature]) -> str:
    hint = " | ".join(verb.name for feature in features for verb in feature.verbs)
    return hint if len(hint) <= LONGEST_HINT else hint[: LONGEST_HINT - 1] + "…"


def _shortcut(shortcut: Shortcut) -> dict[str, str]:
    return {
        "name": shortcut.name,
        "type": shortcut.kind,
        "callback_id": shortcut.callback_id,
        "description": shortcut.description,
    }
