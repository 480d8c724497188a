"""The root of the command line: which commands there are, and where failures stop."""

import sys
from collections.abc import Sequence
from itertools import pairwise

import typer

import bot
from bot.cli import data, db, demo, doctor, slack, story
from bot.cli.output import print_failure
from bot.errors import PlumblineError

app = typer.Typer(
    name="plumb",
    help="Plumbline: user stories from support tickets, every claim cited; in Slack and on the command line.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(data.app, name="data")
app.add_typer(story.app, name="story")
app.add_typer(db.app, name="db")
app.command("demo")(demo.demo)
app.command("run")(slack.run)
app.command("manifest")(slack.manifest)
app.command("doctor")(doctor.doctor)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"plumb {bot.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """Settings come from the environment with the prefix PLUMB_; `plumb doctor` shows them."""


def run(arguments: Sequence[str], *, reach_slack: slack.Reach | None = None) -> int:
    """Run one command; returns the process's exit code and never raises."""
    as_json = _asked_for_json(arguments)
    try:
        app(list(arguments), prog_name="plumb", obj=reach_slack)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else int(done.code is not None)
    except PlumblineError as error:
        print_failure(error, as_json=as_json)
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone; there is nobody to tell
        return 0
    except Exception as error:  # noqa: BLE001  the boundary: nobody sees a traceback
        return _unexpected(error, as_json=as_json)
    return 0


def _asked_for_json(arguments: Sequence[str]) -> bool:
    if any(argument in {"--format=json", "-fjson"} for argument in arguments):
        return True
    named = [value for option, value in pairwise(arguments) if option in {"--format", "-f"}]
    return named[-1] == "json" if named else not sys.stdout.isatty()


def _unexpected(error: Exception, *, as_json: bool) -> int:
    from bot.logs import log_failure

    reference = log_failure(error)
    failure = PlumblineError(
        "Something went wrong that should not have.",
        code="unexpected",
        hint=f"The log file in the data folder has the rest under reference {reference}.",
    )
    print_failure(failure, as_json=as_json)
    return failure.exit_code
