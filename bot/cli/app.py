"""The root of the command line: which commands there are, and where failures stop."""

import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import typer

import bot
from bot.cli.quick import QuickGroup
from bot.errors import PlumblineError

if TYPE_CHECKING:
    from bot.cli.slack import Reach

GROUPS = ("data", "story", "prompt", "dataset", "exp", "feature", "fb", "key", "digest", "drift", "db")
"""Each a module here with an ``app`` of its own."""
COMMANDS = {
    "demo": "demo",
    "run": "slack",
    "serve": "serve",
    "trace": "trace",
    "manifest": "slack",
    "doctor": "doctor",
}
"""Commands without a group, and the module that has a function of that name."""


@cache
def build(only: str = "") -> typer.Typer:
    """The command line, or of it only the group or command that was asked for: the others' modules are not
    loaded then, so that a command starts as fast as it can."""
    app = typer.Typer(
        name="plumb",
        cls=QuickGroup,
        help="Plumbline: user stories from support tickets, every claim cited; experiments with prompts and "
        "models, with an honest verdict; feedback on what models say, and what a week brought; in Slack and "
        "on the command line.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_root)
    for name in GROUPS:
        if only in ("", name):
            app.add_typer(import_module(f"bot.cli.{name}").app, name=name)
    for name, module in COMMANDS.items():
        if only in ("", name):
            app.command(name)(getattr(import_module(f"bot.cli.{module}"), name))
    return app


def __getattr__(name: str) -> Any:
    if name == "app":
        return build()
    raise AttributeError(name)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"plumb {bot.__version__}")
        raise typer.Exit


def _root(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """Settings come from the environment with the prefix PLUMB_; `plumb doctor` shows them."""


def run(arguments: Sequence[str], *, reach_slack: "Reach | None" = None) -> int:
    """Run one command; returns the process's exit code and never raises."""
    as_json = _asked_for_json(arguments)
    try:
        build(_asked_for(arguments))(list(arguments), prog_name="plumb", obj=reach_slack)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else int(done.code is not None)
    except PlumblineError as error:
        _print_failure(error, as_json=as_json)
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone; there is nobody to tell
        return 0
    except Exception as error:  # noqa: BLE001  the boundary: nobody sees a traceback
        return _unexpected(error, as_json=as_json)
    return 0


def _asked_for(arguments: Sequence[str]) -> str:
    """The part of the command line to build; "" where only the whole can tell what is wrong."""
    first = arguments[0] if arguments else ""
    return first if first in (*GROUPS, *COMMANDS, "--version") else ""


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
    _print_failure(failure, as_json=as_json)
    return failure.exit_code


def _print_failure(error: PlumblineError, *, as_json: bool) -> None:
    from bot.cli.output import print_failure  # rich takes a tenth of a second to load

    print_failure(error, as_json=as_json)
