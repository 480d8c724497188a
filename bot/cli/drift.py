"""`plumb drift`: how the detectors would have judged a history, and what a fall is best explained by."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import FormatOption, print_json, print_table, wants_json
from bot.errors import InputError

app = typer.Typer(no_args_is_help=True, help="Drift in histories of your own: alarms week by week, causes.")

Out = Annotated[
    Path | None, typer.Option("--out", "-o", help="Write it to this CSV file.", show_default=False)
]
_ALARMS = ("series_id", "week", "severity", "reason")
_CAUSES = ("case_id", "cause", "dim", "value")


@app.command()
def backtest(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Holds series.csv and its weeks.")],
    out: Out = None,
    format_: FormatOption = None,
) -> None:
    """Judge every week of every series by what was known at its end, and list the alarms.

    series.csv: series_id, kind (proportion, numeric, count, mix, texts), season_period (0: none). Weeks
    lie in points.csv (series_id, week, and n, successes or n, mean, sd or value), mix.csv (series_id, week,
    category, count) and texts.csv.gz (series_id, week, text). Complete weeks only; leave out those without
    data.
    """
    from bot.domain.inert import cell, clean
    from bot.embeddings.minilm import MiniLM
    from bot.services.drift.replay import reason, replay

    alarms = [
        (raised.series, raised.alarm.week, raised.alarm.severity.value, cell(clean(reason(raised.alarm))))
        for raised in replay(folder, MiniLM(threads=1))  # one text at a time: threads would only wait
    ]
    _tell("Alarms", _ALARMS, alarms, out, format_)


@app.command()
def explain(
    cases: Annotated[Path, typer.Argument(metavar="CASES.csv", help="Counts before and after, by segment.")],
    out: Out = None,
    format_: FormatOption = None,
) -> None:
    """Say of each fall of a rate whether one segment got worse, one grew, all got worse, or nothing did.

    The file has case_id, period (before or after), n, successes, and a column for each dimension. For a rate
    that rose, hand in the failures as successes.
    """
    from bot.domain.inert import cell
    from bot.services.drift.cases import explain_cases

    causes = [
        (case, cause.kind.value, cell(cause.dim), cell(cause.value)) for case, cause in explain_cases(cases)
    ]
    _tell("Causes", _CAUSES, causes, out, format_)


def _tell(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    out: Path | None,
    format_: FormatOption,
) -> None:
    if out is not None:
        _write(out, columns, rows)
        typer.echo(f"{title}: {len(rows)}. Written to {out}.", err=True)
    elif wants_json(format_):
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table(title, columns, rows)


def _write(out: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    try:
        with out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(rows)
    except OSError as error:
        raise InputError(
            f"{out} cannot be written ({error.strerror}).", hint="Choose another file."
        ) from None
