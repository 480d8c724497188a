"""What `plumb doctor` says about Slack: tokens, scopes, connections, each with the mend."""

from collections.abc import Iterator

from bot.cli.checks import Check
from bot.settings import Settings

BOT_TOKEN = "xoxb-"  # noqa: S105  how one begins
APP_TOKEN = "xapp-"  # noqa: S105  how one begins


def examine(settings: Settings) -> list[Check]:
    """Every check in a fixed order. Secrets are looked at, never shown."""
    return list(_tokens(settings))


def _tokens(settings: Settings) -> Iterator[Check]:
    token = settings.slack_bot_token
    if token is None and not settings.slack_client_id:
        yield Check("Slack", True, "not connected; `make demo` shows the bot without Slack")
        return
    if token is not None:
        yield _shaped("Bot token", token.get_secret_value(), BOT_TOKEN, "PLUMB_SLACK_BOT_TOKEN")


def _shaped(what: str, value: str, start: str, variable: str) -> Check:
    fits = value.startswith(start) and len(value) > len(start) and not any(c.isspace() for c in value)
    return Check(
        what,
        fits,
        f"{start}…" if fits else f"does not start with {start}, or holds spaces",
        "" if fits else f"Copy it again into {variable}",
    )
