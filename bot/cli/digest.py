"""`plumb digest`: what a week brought."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.output import FormatOption, print_json, wants_json
from bot.cli.running import with_services

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.domain.digests import Digest, FeatureWeek
    from bot.domain.metrics.changes import Change

app = typer.Typer(no_args_is_help=True, help="What a week brought: metrics that moved, and how sure that is.")


@app.callback()
def group() -> None:
    """Digests are about the last week that is over."""


@app.command()
def preview(
    feature: Annotated[list[str] | None, typer.Argument(help="Features; by default every one.")] = None,
    zone: Annotated[str, typer.Option(help="Time zone whose weeks are meant.")] = "UTC",
    format_: FormatOption = None,
) -> None:
    """The digest of the last week that is over, as it would be told now; nothing is posted.

    JSON: {"week", "zone", "since", "until", "headline", "quiet", "features": [{"feature", "silent", "lines",
    "changes": [{"metric", "label", "now", "n", "before", "before_n", "difference", "low", "high", "p",
    "judged"}], "after"}], "flywheel", "learned", "spent_usd", "footer"}.
    """

    async def work(services: "Services") -> "Digest":
        return await services.digests.compose(feature or [], zone=zone)

    digest = with_services(work)
    if wants_json(format_):
        print_json(as_json(digest))
    else:
        typer.echo(as_text(digest))


def as_text(digest: "Digest") -> str:
    from bot.domain.digests import telling

    parts = [telling.headline(digest), ""]
    for each in digest.features:
        parts += telling.lines(each) or [f"{telling.title(each)}: nothing moved beyond noise."]
    parts += ["", f"From feedback to releases: {digest.flywheel.sentence}"]
    parts += [f"Learned in {each.experiment} ({each.decision}): {each.note}" for each in digest.learned]
    return "\n".join([*parts, "", telling.footer(digest)])


def as_json(digest: "Digest") -> dict[str, Any]:
    from bot.domain.digests import telling

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
