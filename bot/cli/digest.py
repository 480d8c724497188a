"""`plumb digest`: what a week brought."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.running import with_services
from bot.cli.slack import slack_side
from bot.errors import InputError

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.domain.digests import Digest, FeatureWeek
    from bot.domain.metrics.changes import Change

app = typer.Typer(no_args_is_help=True, help="What a week brought: metrics that moved, and how sure that is.")


@app.callback()
def group() -> None:
    """Digests are about the last week that is over."""


class Shape(StrEnum):
    """What `plumb digest preview` prints."""

    TABLE = "table"
    JSON = "json"
    BLOCKS = "blocks"
    PNG = "png"


@app.command()
def preview(
    context: typer.Context,
    feature: Annotated[list[str] | None, typer.Argument(help="Features; by default every one.")] = None,
    zone: Annotated[str, typer.Option(help="Time zone whose weeks are meant.")] = "UTC",
    shape: Annotated[
        Shape | None,
        typer.Option(
            "--format",
            "-f",
            help="Words, JSON, Slack's blocks, or the charts as a picture. Default: words in a terminal, JSON"
            " when piped.",
            show_default=False,
        ),
    ] = None,
    brief: Annotated[bool, typer.Option("--exec", help="The blocks for leads: shorter.")] = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write it to this file.")] = None,
) -> None:
    """The digest of the last week that is over, as it would be told now; nothing is posted.

    JSON: {"week", "zone", "since", "until", "headline", "quiet", "features": [{"feature", "silent", "lines",
    "changes": [{"metric", "label", "now", "n", "before", "before_n", "difference", "low", "high", "p",
    "judged"}], "after"}], "flywheel", "learned", "needs": [{"theme", "tickets", "before",
    "quote"}], "tickets", "grouped", "question", "spent_usd", "footer"}.
    """
    kind = shape or (Shape.TABLE if sys.stdout.isatty() else Shape.JSON)

    async def work(services: "Services") -> "Digest":
        return await services.digests.compose(feature or [], zone=zone)

    write(_made(context, with_services(work), kind, brief), out, is_text=kind is not Shape.PNG)


def _made(context: typer.Context, digest: "Digest", kind: Shape, brief: bool) -> bytes:
    if kind is Shape.PNG:
        from bot.reports.digest import picture

        return picture(digest)
    if kind is Shape.TABLE:
        return f"{as_text(digest)}\n".encode()
    found = (
        slack_side(context).digest_blocks(digest, brief=brief) if kind is Shape.BLOCKS else as_json(digest)
    )
    return f"{json.dumps(found, ensure_ascii=False, indent=2)}\n".encode()


def write(made: bytes, out: Path | None, *, is_text: bool) -> None:
    """To a file, or to standard output. Raises InputError."""
    if out is not None:
        try:
            out.write_bytes(made)
        except OSError as error:
            raise InputError(
                f"{out} cannot be written ({error.strerror}).", hint="Choose another file."
            ) from None
        typer.echo(f"Written to {out}.", err=True)
        return
    if not is_text and sys.stdout.isatty():
        raise InputError("A PNG is no text for a terminal.", hint="Say where to: --out digest.png")
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()


def as_text(digest: "Digest") -> str:
    from bot.domain.digests import asking, telling

    parts = [telling.headline(digest), ""]
    for each in digest.features:
        parts += telling.lines(each) or [f"{telling.title(each)}: nothing moved beyond noise."]
    parts += [""] if digest.needs else []
    parts += [
        f"{need.name}: {need.tickets:,} tickets, {need.before:,} in the week before" for need in digest.needs
    ]
    parts += ["", f"From feedback to releases: {digest.flywheel.sentence}"]
    parts += [f"Learned in {each.experiment} ({each.decision}): {each.note}" for each in digest.learned]
    asked = asking.question(digest)
    parts += ["", f"One question: {asked.text}"] if asked else []
    return "\n".join([*parts, "", telling.footer(digest)])


def as_json(digest: "Digest") -> dict[str, Any]:
    from bot.domain.digests import asking, telling

    asked = asking.question(digest)
    return {
        "week": digest.week.name,
        "zone": digest.week.zone,
        "since": digest.week.since.isoformat(),
        "until": digest.week.until.isoformat(),
        "headline": telling.headline(digest),
        "quiet": digest.quiet,
        "features": [_feature(each) for each in digest.features],
        "flywheel": {name: counted.count for name, counted in digest.flywheel.stages},
        "learned": [
            {"experiment": each.experiment, "decision": each.decision, "note": each.note}
            for each in digest.learned
        ],
        "needs": [
            {"theme": each.name, "tickets": each.tickets, "before": each.before, "quote": each.quote}
            for each in digest.needs
        ],
        "tickets": digest.tickets,
        "grouped": digest.grouped,
        "question": asked.text if asked else "",
        "spent_usd": digest.spent,
        "footer": telling.footer(digest),
    }


def _feature(week: "FeatureWeek") -> dict[str, Any]:
    from bot.domain.digests import telling

    return {
        "feature": week.feature.name,
        "silent": week.silent,
        "lines": telling.lines(week),
        "changes": [_change(each) for each in week.changes],
        "after": [{"at": event.at.isoformat(), "what": str(event)} for event in week.events],
    }


def _change(change: "Change") -> dict[str, Any]:
    interval = change.interval
    return {
        "metric": change.metric.name,
        "label": change.metric.label,
        "now": change.now.value,
        "n": change.now.n,
        "before": change.before.value,
        "before_n": change.before.n,
        "difference": change.difference,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "p": change.p,
        "judged": change.judged.value,
    }
