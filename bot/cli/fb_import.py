"""`plumb fb import`: interactions of a product out of files, its own or another tool's."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import console, print_json, progress, wants_json
from bot.cli.running import data_of, filename_of, parse_mapping, with_services
from bot.errors import InputError

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.services.interactions.importing import Imported

LISTED = 5  # problems a person sees; JSON has more

File = Annotated[str, typer.Argument(help="CSV, JSON, JSON Lines, also packed; - reads standard input.")]
Feature = Annotated[str, typer.Option("--feature", help="The AI feature they are of.")]
Kind = Annotated[
    str,
    typer.Option(
        "--format",
        "--kind",
        help="auto, csv, json, ndjson, langfuse, langsmith, openai, anthropic or otlp-json.",
    ),
]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", help="Which column is what: input=question,segment.plan=Plan.", show_default=False),
]
At = Annotated[
    str,
    typer.Option("--at", help="When they were, for records that do not say: 2026-11-21.", show_default=False),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Read and check everything, keep nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, also in a terminal.")]


def import_(
    file: File,
    feature: Feature,
    kind: Kind = "auto",
    map_: Map = None,
    at: At = "",
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Import interactions: read, redact, store. A file that cannot be used changes nothing; records that
    cannot be used are put aside with their row; each id counts once, however often it is imported.

    JSON: {"feature", "format", "read", "added", "known", "put_aside", "problems": [{"row", "field",
    "message", "hint"}], "apart", "sampled_out", "ignored", "notes", "dry_run"}. A refused file exits 3.
    """
    moment = _moment(at)
    with progress() as report:

        async def work(services: "Services") -> "Imported":
            from bot.importers.interactions.files import open_interactions

            opened = open_interactions(
                data_of(file),
                filename=filename_of(file),
                feature=feature,
                format_=kind,
                mapping=parse_mapping(map_ or []),
                at=moment,
                now=services.clock.now(),
            )
            return await services.interaction_imports.run(opened, feature, trial=dry_run, progress=report)

        done = with_services(work)
    if as_json or wants_json(None):
        print_json(imported_as_json(done, feature, dry_run))
    else:
        print_imported(done, feature, dry_run)


def imported_as_json(done: "Imported", feature: str, dry_run: bool) -> dict[str, Any]:
    return {
        "feature": feature,
        "format": done.format,
        "read": done.read,
        "added": done.added,
        "known": done.known,
        "put_aside": done.put_aside,
        "problems": [
            {"row": p.row, "field": p.field, "message": p.message, "hint": p.hint} for p in done.problems
        ],
        "apart": done.apart,
        "sampled_out": done.sampled_out,
        "ignored": dict(done.ignored),
        "notes": list(done.notes),
        "dry_run": dry_run,
    }


def print_imported(done: "Imported", feature: str, dry_run: bool) -> None:
    """What was taken, in words."""
    out = console()
    kept = f"{done.accepted:,} can be imported" if dry_run else f"{done.added:,} added to {feature}"
    known = "" if dry_run else f", {done.known:,} known already"
    out.print(
        f"{done.read:,} records read ({done.format}): {kept}{known}, {done.put_aside:,} put aside.",
        markup=False,
    )
    if done.apart:
        out.print(f"  {done.apart:,} are no calls of a model and were left out", markup=False)
    if done.sampled_out:
        out.print(f"  {done.sampled_out:,} are not kept: the feature keeps a sample", markup=False)
    if done.ignored:
        out.print(f"  not kept: {', '.join(sorted(done.ignored)[:12])}", markup=False)
    for note in done.notes:
        out.print(f"  {note}", markup=False)
    for problem in done.problems[:LISTED]:
        out.print(f"  row {problem.row:,}: {problem.message} {problem.hint}".rstrip(), markup=False)
    if done.put_aside > LISTED:
        out.print("  … and more (--json lists up to 1,000)", markup=False)


def _moment(text: str) -> datetime | None:
    from bot.importers.reading.dates import parse_any

    if not text:
        return None
    found = parse_any(text)
    if found is None:
        raise InputError("--at is no date that can be read.", hint="For example: --at 2026-11-21T18:30")
    return found
