"""`plumb data`: import, audit and redact support logs."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import FormatOption, console, print_json, progress, wants_json
from bot.cli.running import filename_of, names_a_file, open_file, source_of, with_services
from bot.errors import InputError

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.domain.audit import AuditReport
    from bot.services.tickets import Import

LISTED = 3  # problems a person sees; JSON has them all

app = typer.Typer(no_args_is_help=True, help="Support logs: import, audit, redact.")

File = Annotated[str, typer.Argument(help="The export; - reads standard input.")]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", help="Which column is what, e.g. --map message=body,id=key.", show_default=False),
]
Kind = Annotated[
    str | None,
    typer.Option("--kind", help="Read as this format instead of detecting it.", show_default=False),
]
SourceName = Annotated[
    str,
    typer.Option("--source", help="Name the log goes under; by default the file's name.", show_default=False),
]


@app.command("import")
def import_(
    file: File,
    map_: Map = None,
    kind: Kind = None,
    source: SourceName = "",
    owner: Annotated[str, typer.Option(help="Who owns these data.")] = "",
    licence: Annotated[str, typer.Option(help="Under which licence they may be used.")] = "",
    consent: Annotated[str, typer.Option(help="The consent they were gathered under.")] = "",
    format_: FormatOption = None,
) -> None:
    """Import a support log: read, redact, audit and store it, all or nothing.

    JSON: {"source", "accepted", "skipped", "duplicates", "problems": [{"row", "code", "reason"}]}.
    A refused file exits 3 and prints {"error": {"code", "message", "hint"}}.
    """
    name = source_of(file, source)
    with progress() as report:

        async def work(services: "Services") -> "Import":
            log = open_file(file, map_ or [], kind)
            done = await services.tickets.import_log(
                log, source=name, filename=filename_of(file), progress=report
            )
            if owner or licence or consent:
                await services.tickets.describe(name, owner=owner, licence=licence, consent=consent)
            return done

        done = with_services(work)
    if wants_json(format_):
        print_json(import_as_json(done))
    else:
        print_import(done)


@app.command()
def audit(
    file: Annotated[
        str, typer.Argument(help="An export, - for standard input, or the name of an imported source.")
    ],
    map_: Map = None,
    kind: Kind = None,
    wanted: Annotated[
        int | None, typer.Option(help="How many tickets you had in mind.", show_default=False)
    ] = None,
    format_: FormatOption = None,
) -> None:
    """Audit a support log without keeping it: a grade, the reasons, and what to change where it is made."""
    with progress() as report:

        async def work(services: "Services") -> "AuditReport":
            if not names_a_file(file):
                return await services.tickets.audit_source(file)
            log = open_file(file, map_ or [], kind)
            return await services.tickets.audit_log(log, wanted=wanted, progress=report)

        result = with_services(work)
    if wants_json(format_):
        print_json(result.model_dump(mode="json"))
    else:
        from bot.domain.audit import render_audit

        console().print(render_audit(result), markup=False)


@app.command()
def redact(
    file: Annotated[str, typer.Argument(help="JSONL with id and text on each line; - reads standard input.")],
    spans: Annotated[
        bool, typer.Option("--spans", help="Add type, start and end of what was removed.")
    ] = False,
) -> None:
    """Redact texts: JSONL in (id, text), JSONL out (id, redacted text, with --spans also the spans)."""
    from bot.domain.redaction import redact as redact_text

    out = sys.stdout
    for row in _jsonl(file):
        redaction = redact_text(row["text"])
        result: dict[str, Any] = {"id": row.get("id"), "text": redaction.text}
        if spans:
            result["spans"] = [asdict(span) for span in redaction.spans]
        out.write(json.dumps(result, ensure_ascii=False) + "\n")


def import_as_json(done: "Import") -> dict[str, Any]:
    report = done.report
    return {
        "source": report.source,
        "kind": report.kind,
        "accepted": report.accepted,
        "skipped": report.skipped,
        "duplicates": report.duplicates,
        "problems": [{"row": p.row, "code": p.code, "reason": p.reason} for p in report.problems],
        "notes": list(report.notes),
        "grade": done.audit.grade,
    }


def print_import(done: "Import") -> None:
    """What was taken, in words."""
    report, out = done.report, console()
    out.print(
        f"{report.accepted:,} tickets imported into {report.source} ({report.kind}); "
        f"{report.skipped:,} rows skipped, {report.duplicates:,} there already.",
        markup=False,
    )
    for note in report.notes:
        out.print(f"  {note}", markup=False)
    for problem in report.problems[:LISTED]:
        out.print(f"  row {problem.row}: {problem.reason}", markup=False)
    if len(report.problems) > LISTED:
        out.print(f"  … and {len(report.problems) - LISTED} more (all of them with --format json)")
    out.print(f"Data grade {done.audit.grade}. `plumb data audit {report.source}` says why.", markup=False)


def _jsonl(file: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise InputError(
                f"{filename_of(file)}, line {number}: not a JSON object with a text.",
                hint='Each line looks like {"id": "1", "text": "…"}.',
                code="bad_json",
            )
        yield row


def _lines(file: str) -> Iterable[str]:
    if file == "-":
        yield from sys.stdin
        return
    try:
        with Path(file).open(encoding="utf-8") as lines:
            yield from lines
    except FileNotFoundError:
        raise InputError(f"There is no file {file}.", hint="Check the path.", code="not_found") from None
    except UnicodeDecodeError:
        raise InputError(
            f"{file} is not UTF-8 text.", hint="Save it as UTF-8.", code="encoding_unknown"
        ) from None
