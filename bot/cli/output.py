"""How commands print: tables and progress for people, JSON for pipes, one sentence for failures."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

from bot.errors import PlumblineError
from bot.services.progress import Progress as Report
from bot.services.progress import silent


class Format(StrEnum):
    """What a command prints."""

    TABLE = "table"
    JSON = "json"


FormatOption = Annotated[
    Format | None,
    typer.Option("--format", "-f", help="Default: table in a terminal, JSON when piped.", show_default=False),
]


def wants_json(chosen: Format | None) -> bool:
    return chosen is Format.JSON or (chosen is None and not sys.stdout.isatty())


def console() -> Console:
    return Console(highlight=False, soft_wrap=False)


def print_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table; cells are data, so nothing in them is read as markup. Columns starting with # align right."""
    table = Table(title=Text(title, style="bold"), title_justify="left", header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(
            column.lstrip("#"), justify="right" if column.startswith("#") else "left", overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    console().print(table)


def print_failure(error: PlumblineError, *, as_json: bool) -> None:
    """The machine's form on standard output, the person's on standard error."""
    if as_json:
        print_json({"error": {"code": error.code, "message": error.message, "hint": error.hint}})
        return
    errors = Console(stderr=True, highlight=False)
    errors.print(Text(error.message, style="red"))
    if error.hint:
        errors.print(Text(error.hint))


@contextmanager
def progress() -> Iterator[Report]:
    """A live progress bar on standard error in a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield silent
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def report(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield report
