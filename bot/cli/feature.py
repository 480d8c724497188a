"""`plumb feature`: AI features under watch, their owners, thresholds and scorecards."""

from typing import Annotated

import typer

from bot.cli.feature_asking import ask, asked_for
from bot.cli.feature_views import (
    changes_json,
    feature_json,
    print_changes,
    print_features,
    print_owners,
    print_scorecard,
    scorecard_json,
)
from bot.cli.output import FormatOption, print_json, wants_json
from bot.cli.people import By, acting
from bot.cli.running import with_services
from bot.errors import InputError

app = typer.Typer(no_args_is_help=True, help="AI features under watch: owners, thresholds, scorecards.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="Small letters, digits and _: reply.")]
Fields = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FIELD=VALUE]…", help='positive_rate=70/80 accountable=ada title="Replies" …'),
]
Last = Annotated[str, typer.Option(help="How long back: 30d, 8w.")]


@app.command()
def add(
    name: Name,
    fields: Fields = None,
    stage: Annotated[str, typer.Option(help="shadow, pilot, gradual or full.")] = "shadow",
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; what is not given stays open.")] = False,
    by: By = "",
    format_: FormatOption = None,
) -> None:
    """Set a feature up: in a terminal it asks, with a default for each question.

    Fields can be given at once, and are not asked for then: title, channels, prompts, dataset, track
    (classify, extract, limited_generation, open_generation), autonomy (copilot, autopilot); owners: data,
    validation, prompting, accountable; a threshold as metric=minimum/goal: positive_rate, accuracy, coverage,
    error_rate, latency_p50, latency_p95, cost, acceptance_rate, edited_rate, edit_distance, override_rate,
    escalation_rate; business, minutes_saved, baseline, false_positive_cost, false_negative_cost, confident,
    examples, sampling, retention_days.
    """
    from dataclasses import replace

    from bot.domain.features import Watched, check_feature_name
    from bot.domain.features.fields import stage as stage_named
    from bot.domain.features.fields import with_fields

    feature = Watched(check_feature_name(name), stage=stage_named(stage))
    given = _pairs(fields or [])
    feature = with_fields(feature, given)
    if asked_for(yes=yes):
        feature = ask(feature, given)
    made = with_services(lambda services: services.features.add(replace(feature), acting(by)))
    if wants_json(format_):
        print_json(feature_json(made))
        return
    typer.echo(f"{made.name} is under watch, in {made.stage.value}.")
    typer.echo(f"Next: plumb key create {made.name}, so that your product can send its calls in;")
    typer.echo(f"then plumb feature show {made.name} tells where it stands.")


@app.command("list")
def list_(format_: FormatOption = None) -> None:
    """List features with their owners. JSON: a list of all settings."""
    found = with_services(lambda services: services.features.all())
    if wants_json(format_):
        print_json([feature_json(each) for each in found])
    else:
        print_features(found)


@app.command()
def show(name: Name, last: Last = "30d", format_: FormatOption = None) -> None:
    """Show where a feature stands: owners, thresholds, every metric with its interval and n."""
    days = _days(last)
    card = with_services(lambda services: services.scorecards.of(name, days))
    if wants_json(format_):
        print_json(scorecard_json(card))
    else:
        print_scorecard(card)


@app.command("set")
def set_(name: Name, fields: Fields = None, by: By = "", format_: FormatOption = None) -> None:
    """Change settings: `plumb feature set reply override_rate=15%/10% minutes_saved=4 baseline="60 timed"`.

    "none" takes a value away. Fields are those of `plumb feature add --help`; a stage is moved by
    `plumb feature stage`.
    """
    typed = _pairs(fields or [])
    if not typed:
        raise InputError("Nothing to set.", hint="For example: positive_rate=70/80")
    changes = with_services(lambda services: services.features.change(name, typed, acting(by)))
    if wants_json(format_):
        print_json(changes_json(changes))
    else:
        print_changes(changes)


@app.command()
def stage(
    name: Name,
    to: Annotated[str, typer.Argument(metavar="STAGE", help="shadow, pilot, gradual or full.")],
    note: Annotated[str, typer.Option(help="On what grounds; kept in the log.")] = "",
    by: By = "",
    format_: FormatOption = None,
) -> None:
    """Roll a feature out further, or take it back. Needs who is accountable for it, or an admin."""
    from bot.domain.features.fields import stage as stage_named

    wanted = stage_named(to)
    change = with_services(lambda services: services.features.move_stage(name, wanted, acting(by), note))
    if wants_json(format_):
        print_json(changes_json([change])[0])
    else:
        typer.echo(f"{name} is in {change.after} now, before in {change.before}.")


@app.command()
def log(name: Name, format_: FormatOption = None) -> None:
    """Show who changed what of a feature, and which stages it went through; oldest first."""
    changes = with_services(lambda services: services.features.changes(name))
    if wants_json(format_):
        print_json(changes_json(changes))
    else:
        print_changes(changes)


@app.command()
def who(format_: FormatOption = None) -> None:
    """Show who owns what, feature by feature."""
    owners = with_services(lambda services: services.features.owners())
    if wants_json(format_):
        print_json({name: {duty.value: user for duty, user in each.items()} for name, each in owners.items()})
    else:
        print_owners(owners)


def _pairs(fields: list[str]) -> dict[str, str]:
    typed = {}
    for pair in fields:
        field, equals, value = pair.partition("=")
        if not equals:
            raise InputError(f"{pair[:60]!r} is not of the form field=value.", hint="positive_rate=70/80")
        typed[field.strip()] = value.strip()
    return typed


def _days(last: str) -> int:
    number, unit = last[:-1], last[-1:]
    if unit not in {"d", "w"} or not (number.isdecimal() and len(number) < 5) or not 0 < int(number) <= 3_650:
        raise InputError(f"{last[:20]!r} is no span of time.", hint="For example 30d or 8w.")
    return int(number) * (7 if unit == "w" else 1)
