"""Which of Slack's permissions the bot needs, by what it calls and what it hears."""

from collections.abc import Iterable

METHODS: dict[str, frozenset[str]] = {
    "apps_connections_open": frozenset(),  # the app-level token's own connections:write
    "auth_test": frozenset(),
    "blocks_validate": frozenset(),
    "chat_postEphemeral": frozenset({"chat:write"}),
    "chat_postMessage": frozenset({"chat:write"}),
    "chat_update": frozenset({"chat:write"}),
    "conversations_history": frozenset({"im:history"}),
    "conversations_info": frozenset({"channels:read", "groups:read"}),
    "conversations_members": frozenset({"channels:read", "groups:read"}),
    "conversations_open": frozenset({"im:write"}),
    "conversations_replies": frozenset({"im:history"}),
    "files_info": frozenset({"files:read"}),
    "files_list": frozenset({"files:read"}),
    "files_upload_v2": frozenset({"files:write"}),
    "users_info": frozenset({"users:read"}),
    "views_open": frozenset(),
    "views_publish": frozenset(),
    "views_update": frozenset(),
}
"""The Web API methods that handlers call, under the client's names for them, and what each needs for what
the bot does with it. A test reads the calls out of the code and holds both equal."""

EVENTS: dict[str, frozenset[str]] = {
    "app_home_opened": frozenset(),
    "app_mention": frozenset({"app_mentions:read"}),
    "app_uninstalled": frozenset(),
    "message.im": frozenset({"im:history"}),
    "reaction_added": frozenset({"reactions:read"}),
    "reaction_removed": frozenset({"reactions:read"}),
    "tokens_revoked": frozenset(),
}
"""The subscriptions, and what each needs."""

HISTORY = frozenset({"channels:history", "groups:history"})
"""Reading channels, which a team turns on (PLUMB_CHANNEL_HISTORY)."""


def scopes_for(events: Iterable[str], *, history: bool = False) -> frozenset[str]:
    """All that a bot token needs. Raises KeyError for an event that is not known here."""
    needed = frozenset({"commands"}).union(*METHODS.values(), *(EVENTS[event] for event in events))
    return needed | HISTORY if history else needed
