"""`plumb exp`: experiments from the command line."""

import typer

from bot.cli.exp_compare import compare
from bot.cli.exp_run import run
from bot.cli.quick import QuickCommand

app = typer.Typer(no_args_is_help=True, help="Experiments: run and compare prompts and models.")
app.command("run", cls=QuickCommand)(run)
app.command("compare")(compare)
