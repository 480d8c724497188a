"""`plumb demo`: the bot in a Slack workspace in a box, without keys or services."""

from typing import Annotated

import typer

from bot.cli.output import FormatOption, wants_json
from bot.cli.slack import slack_side


def demo(
    context: typer.Context,
    script: Annotated[
        bool, typer.Option("--script", help="Do the tour by itself and print it; no browser.")
    ] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port of the page; by default any that is free.")
    ] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    format_: FormatOption = None,
) -> None:
    """Open a Slack workspace in the browser, with an invented company's support log in it.

    Type /plumb story draft there, read, edit and approve what comes back, look at App Home. The bot is the
    one that runs in Slack. Nothing is left behind; Ctrl-C ends it. With --script the tour is done for you:
    what each person did, everything that Slack received, and how fast the bot acked.
    """
    side = slack_side(context)
    if script:
        raise typer.Exit(side.tour(as_json=wants_json(format_)))
    raise typer.Exit(side.demo(port=port, browser=browser))
