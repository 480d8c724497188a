"""`plumb exp run`: a promptfoo config as it is, run, judged, with an honest verdict."""

import sys
from pathlib import Path
from typing import Annotated

import typer

FORMATS = ("table", "json", "junit", "markdown", "html")


def run(
    config: Annotated[Path, typer.Argument(help="A promptfoo config in YAML or JSON.", show_default=False)],
    base: Annotated[
        str,
        typer.Option(help="The arm to compare with, or a part of its name; by default the first."),
    ] = "",
    concurrency: Annotated[
        int | None, typer.Option("--concurrency", "-j", min=1, max=1000, help="Calls at once per provider.")
    ] = None,
    repeat: Annotated[int | None, typer.Option(min=1, max=100, help="Times each case is asked.")] = None,
    max_cost: Annotated[
        float | None, typer.Option(min=0, help="Most it may cost, in $; default PLUMB_SPEND_CAP_USD.")
    ] = None,
    max_time: Annotated[float | None, typer.Option(min=0, help="Most seconds it may take.")] = None,
    cache: Annotated[bool, typer.Option(help="Take answers that were given before.")] = True,
    filter_: Annotated[
        str, typer.Option("--filter", help="Only cases with this in their id or description.")
    ] = "",
    first: Annotated[int | None, typer.Option(min=1, help="Only the first N cases.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Only 20 cases, drawn by the seed.")] = False,
    arm: Annotated[str, typer.Option(help="Only arms with this in their name.")] = "",
    seed: Annotated[int, typer.Option(help="Draws the order of the cases.")] = 0,
    early_stop: Annotated[
        bool, typer.Option("--early-stop", help="Stop once every comparison is decided.")
    ] = False,
    margin: Annotated[float, typer.Option(help="Largest difference that does not matter.")] = 0.05,
    gate: Annotated[
        str,
        typer.Option(help='What makes the exit code: "tests", "verdict", or the least pass rate, as 0.88.'),
    ] = "tests",
    resume: Annotated[bool, typer.Option(help="Go on with a run of this config that was cut off.")] = True,
    redact: Annotated[
        bool, typer.Option(help="Take personal data out of prompts that leave this machine.")
    ] = True,
    judge: Annotated[
        str,
        typer.Option(
            help="Model that judges, as provider:model, whatever the config names; default PLUMB_MODEL."
        ),
    ] = "",
    pairwise: Annotated[
        str,
        typer.Option(
            help='With two arms: a judge also says which output is better by this, e.g. "kinder"; both '
            "orders, and only what it says in both counts."
        ),
    ] = "",
    allow_python: Annotated[
        bool, typer.Option("--allow-python", help="Run the config's own Python assertions.")
    ] = False,
    format_: Annotated[
        str,
        typer.Option(
            "--format", "-f", help=f"{', '.join(FORMATS)}; default: table in a terminal, else JSON."
        ),
    ] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File for the report.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before spending.")] = False,
) -> None:
    """Run every prompt with every model on every case, and judge the answers.

    Exit codes: 0 passed, 1 the gate failed, 2 not decided or not finished, 3 the config cannot be run, 4
    calls failed, 5 the money is spent. Without --gate any failing case gives 1, as CI expects of promptfoo;
    the verdict is printed besides. --gate verdict: 0 ship or no difference, 1 worse, 2 more cases are needed.

    JSON: {"verdict", "needed_cases", "comparison", "arms", "cells": [{"arm", "case", "repeat", "output",
    "pass", "score", "named_scores", "latency_ms", "cost", "error"}], "unsupported", …}.
    """
    from bot.cli.exp_running import Asked, carry_out  # everything is behind it: `--help` need not wait

    asked = Asked(
        config=config, base=base, concurrency=concurrency, repeat=repeat, max_cost=max_cost,
        max_time=max_time, cache=cache, filter=filter_, first=20 if quick else first, drawn=quick, arm=arm,
        seed=seed, early_stop=early_stop, margin=margin, gate=gate, resume=resume, redact=redact,
        judge=judge, pairwise=pairwise.strip(), allow_python=allow_python, format=_format(format_),
        output=output, yes=yes,
    )  # fmt: skip
    raise typer.Exit(carry_out(asked))


def _format(chosen: str) -> str:
    if chosen and chosen not in FORMATS:
        raise typer.BadParameter(f"choose one of {', '.join(FORMATS)}", param_hint="--format")
    return chosen or ("table" if sys.stdout.isatty() else "json")
