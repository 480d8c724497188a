"""`plumb run` and `plumb manifest`: the bot in Slack, whose doing is handed in from outside."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol

import typer

from bot.cli.checks import Check
from bot.cli.running import load_settings
from bot.errors import SettingsError

if TYPE_CHECKING:
    from bot.domain.digests import Digest
    from bot.settings import Settings


class SlackSide(Protocol):
    """What the commands need of the bot in Slack."""

    def run(self, settings: "Settings") -> int:
        """Serve until stopped; returns the exit code."""
        ...

    def manifest_text(
        self,
        *,
        command: str,
        transport: Literal["socket", "http"],
        public_url: str,
        history: bool,
        as_json: bool,
    ) -> str:
        """The app manifest."""
        ...

    def demo(self, *, port: int, browser: bool) -> int:
        """A workspace in the browser until stopped; returns the exit code."""
        ...

    def tour(self, *, as_json: bool) -> int:
        """The same without a browser, done by itself and printed; returns the exit code."""
        ...

    def digest_blocks(self, digest: "Digest", *, brief: bool) -> Mapping[str, Any]:
        """{"text", "blocks"} of a digest as it would be posted; people by their ids."""
        ...

    def checks(self, settings: "Settings") -> Sequence[Check]:
        """What `plumb doctor` says about Slack."""
        ...


Reach = Callable[[], SlackSide]
"""Imports it when it is needed: Slack's SDK takes longer than `plumb --help` may."""


class Transport(StrEnum):
    """How Slack reaches the bot."""

    SOCKET = "socket"
    HTTP = "http"


class Notation(StrEnum):
    """What a manifest is written in."""

    YAML = "yaml"
    JSON = "json"


def slack_side(context: typer.Context) -> SlackSide:
    """The bot in Slack. Raises SettingsError where the command line runs without it."""
    reach: Reach | None = context.obj
    if reach is None:
        raise SettingsError("This command line came without the bot.", hint="Start it as `plumb`.")
    return reach()


def run(context: typer.Context) -> None:
    """Run the bot in Slack until it is stopped (Ctrl-C or SIGTERM finish what is under way).

    It needs a bot token (PLUMB_SLACK_BOT_TOKEN) and, for Socket Mode, an app-level token
    (PLUMB_SLACK_APP_TOKEN); over HTTP a signing secret (PLUMB_SLACK_SIGNING_SECRET). `plumb doctor`
    looks at all of them.
    """
    raise typer.Exit(slack_side(context).run(load_settings()))


def manifest(
    context: typer.Context,
    command: Annotated[
        str | None, typer.Option(help="Name of the slash command; by default PLUMB_SLACK_COMMAND.")
    ] = None,
    transport: Annotated[
        Transport | None, typer.Option(help="How Slack reaches the bot; by default PLUMB_SLACK_TRANSPORT.")
    ] = None,
    url: Annotated[
        str | None, typer.Option(help="Address of the bot for HTTP and OAuth; by default PLUMB_PUBLIC_URL.")
    ] = None,
    history: Annotated[
        bool | None,
        typer.Option(help="Let it read channels it is in; by default PLUMB_CHANNEL_HISTORY."),
    ] = None,
    notation: Annotated[
        Notation, typer.Option("--format", "-f", help="What to write it in.")
    ] = Notation.YAML,
) -> None:
    """Print the Slack app manifest of this version, to be pasted where api.slack.com/apps asks for one."""
    settings = load_settings()
    text = slack_side(context).manifest_text(
        command=command or settings.slack_command,
        transport=transport.value if transport else settings.slack_transport,
        public_url=settings.public_url if url is None else url,
        history=settings.channel_history if history is None else history,
        as_json=notation is Notation.JSON,
    )
    typer.echo(text, nl=False)
