"""`plumb exp`: experiments from the command line."""

from typing import Annotated

import typer

from bot.cli.exp_compare import compare
from bot.cli.exp_run import run
from bot.cli.quick import QuickCommand, QuickGroup

app = typer.Typer(
    cls=QuickGroup, no_args_is_help=True, help="Experiments: run and compare prompts and models."
)
app.command("run", cls=QuickCommand)(run)
app.command("compare")(compare)


@app.command("list")
def list_(
    format_: Annotated[str, typer.Option("--format", "-f", help="table or json.", show_default=False)] = "",
) -> None:
    """Experiments of this team, the newest last. JSON: a list of {"id", "title", "state", "spent", …}."""
    from bot.cli.exp_filing import print_list  # the store is behind it: `plumb exp run` need not wait

    print_list(format_)


@app.command()
def show(
    experiment: Annotated[str, typer.Argument(help="An id such as EX-3.")],
    format_: Annotated[
        str, typer.Option("--format", "-f", help="table, json, junit, markdown or html.")
    ] = "table",
) -> None:
    """The report of an experiment, from its stored cells."""
    from bot.cli.exp_filing import print_report

    print_report(experiment, format_)
