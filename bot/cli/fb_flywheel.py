"""`plumb fb flywheel`: how far feedback came in a span of time."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import FormatOption, print_json, print_table, wants_json
from bot.cli.running import with_services
from bot.cli.spans import span_of

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.domain.flywheel import FlywheelCounts

NAMED = 12  # ids that a line shows


def flywheel(
    feature: Annotated[str, typer.Argument(metavar="[FEATURE]", help="A feature; without, all.")] = "",
    last: Annotated[str, typer.Option("--last", help="How far back: 30d, 8w, 36h.")] = "30d",
    format_: FormatOption = None,
) -> None:
    """From 👎 over candidates, accepted cases and experiments to releases, each with the ids behind it.

    JSON: {"feature", "since", "until", "sentence", "stages": {"thumbs_down": {"count", "ids"}, ...}}.
    """
    span = span_of(last)

    async def work(services: "Services") -> "FlywheelCounts":
        return await services.flywheel.counted.counts(feature, span.total_seconds() / 86_400)

    found = with_services(work)
    if wants_json(format_):
        print_json(as_json(found))
        return
    rows = [(noun, counted.count, _ids(counted.ids, counted.count)) for noun, counted in found.stages]
    print_table(found.sentence, ["Stage", "#How many", "Ids"], rows)


def as_json(found: "FlywheelCounts") -> dict[str, object]:
    names = ("thumbs_down", "candidates", "accepted", "experiments", "releases")
    stages = {
        name: {"count": each.count, "ids": list(each.ids)}
        for name in names
        for each in [getattr(found, name)]
    }
    return {
        "feature": found.feature,
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "sentence": found.sentence,
        "stages": stages,
    }


def _ids(ids: tuple[str, ...], count: int) -> str:
    more = f" … {count - NAMED:,} more" if count > NAMED else ""
    return ", ".join(ids[:NAMED]) + more
