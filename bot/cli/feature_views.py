"""How features look on the command line: tables in plain words, and their JSON."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.output import console, print_table

if TYPE_CHECKING:
    from bot.domain.experiments.results import Interval
    from bot.domain.features import Change, Duty, Watched
    from bot.domain.metrics.derived import Figure, Scorecard

NONE = "No feature is under watch yet. plumb feature add reply sets one up."


def feature_json(feature: "Watched") -> dict[str, Any]:
    """Every setting under its own name; thresholds by metric."""
    found = {field.name: getattr(feature, field.name) for field in fields(feature)}
    thresholds = {
        each.metric: {"minimum": each.minimum, "goal": each.goal, "better": each.better}
        for each in feature.thresholds
    }
    return {
        **found,
        "channels": list(feature.channels),
        "prompts": list(feature.prompts),
        "track": feature.track.name.lower(),
        "owners": {duty.value: user for duty, user in feature.owners.items()},
        "thresholds": thresholds,
    }


def scorecard_json(card: "Scorecard") -> dict[str, Any]:
    """ "metrics" by name with value, low, high, n and standing; "worth" in minutes and US dollars."""
    worth, business = card.worth, card.business
    return {
        "feature": feature_json(card.feature),
        "since": card.since.isoformat(),
        "until": card.until.isoformat(),
        "interactions": card.interactions,
        "users": card.users,
        "metrics": {each.metric.name: _figure_json(each) for each in card.figures},
        "worth": {
            "minutes_saved": worth.minutes,
            "baseline": worth.baseline,
            "accepted": worth.accepted,
            "edited": worth.edited,
            "overridden": worth.overridden,
            "cost_of_overrides": list(worth.errors) if worth.errors else None,
            "spent": worth.spent,
        },
        "business": business
        and {
            "metric": business.metric,
            "value": business.value,
            "at": business.at.isoformat(),
            "n": business.n,
        },
    }


def _figure_json(figure: "Figure") -> dict[str, Any]:
    return {
        "layer": figure.metric.layer.value,
        "value": figure.value,
        **_interval_json(figure.interval),
        "n": figure.n,
        "of": figure.metric.of,
        "unit": figure.metric.unit.value,
        "enough": figure.enough,
        "source": figure.source,
        "minimum": figure.threshold.minimum if figure.threshold else None,
        "goal": figure.threshold.goal if figure.threshold else None,
        "standing": figure.standing.value if figure.standing else None,
        "goal_standing": figure.goal.value if figure.goal else None,
    }


def _interval_json(interval: "Interval | None") -> dict[str, Any]:
    """``high`` None: beyond what was seen."""
    if interval is None:
        return {"low": None, "high": None}
    return {"low": interval.low, "high": interval.high if math.isfinite(interval.high) else None}


def changes_json(changes: Sequence["Change"]) -> list[dict[str, Any]]:
    return [
        {
            "feature": each.feature,
            "at": each.at.isoformat(),
            "by": each.by,
            "field": each.field,
            "before": each.before,
            "after": each.after,
            "note": each.note,
        }
        for each in changes
    ]


def print_features(found: Sequence["Watched"]) -> None:
    from bot.domain.features import Duty
    from bot.domain.features.wording import DASH, told

    rows = [
        (each.name, each.title or DASH, each.stage.value, told(each, "track"), each.autonomy.value,
         each.owners.get(Duty.ACCOUNTABLE, DASH))
        for each in found
    ]  # fmt: skip
    if rows:
        print_table("Features", ("Name", "Title", "Stage", "What it does", "Autonomy", "Accountable"), rows)
    else:
        typer.echo(NONE)


def print_owners(owners: Mapping[str, Mapping["Duty", str]]) -> None:
    from bot.domain.features.wording import DASH, DUTIES

    rows = [(name, *(each.get(duty, DASH) for duty in DUTIES)) for name, each in owners.items()]
    if not rows:
        typer.echo(NONE)
        return
    print_table("Who owns what", ("Feature", *(label for label, _ in DUTIES.values())), rows)
    for label, question in DUTIES.values():
        typer.echo(f"{label}: {question}")


def print_changes(changes: Sequence["Change"]) -> None:
    rows = [
        (f"{each.at:%Y-%m-%d %H:%M}", each.by, each.field, each.before, each.after, each.note)
        for each in changes
    ]
    if rows:
        print_table("Changes", ("When (UTC)", "Who", "What", "Before", "After", "Note"), rows)
    else:
        typer.echo("Nothing changed: it was so already.")


def print_scorecard(card: "Scorecard") -> None:
    """The feature in words, its owners, a table in three layers, what it comes to."""
    from bot.domain.features.wording import AUTONOMY, DASH, DUTIES, STAGES, TRACKS
    from bot.domain.metrics import telling

    feature = card.feature
    name, example = TRACKS[feature.track]
    console().print(f"[bold]{feature.name}[/bold]", end="")
    typer.echo(f" · {feature.title}" if feature.title else "")
    typer.echo(f"{name}, such as: {example}. {AUTONOMY[feature.autonomy]}. {STAGES[feature.stage]}.")
    typer.echo("  ".join(f"{label}: {feature.owners.get(duty, DASH)}" for duty, (label, _) in DUTIES.items()))
    typer.echo(f"\n{telling.counted(card)}")
    if card.figures:
        head = ("Layer", "Metric", "#Now", "#95 %", "#n", "Minimum", "Where it stands")
        print_table("", head, [_row(each) for each in card.figures])
    for said in (*telling.worth(card.worth), telling.business(card)):
        if said:
            typer.echo(said)
    for each in card.figures:
        if each.source:
            typer.echo(f"{each.metric.label}: {each.source}")


def _row(figure: "Figure") -> tuple[str, ...]:
    from bot.domain.metrics import telling

    return (
        figure.metric.layer.value,
        figure.metric.label,
        telling.value(figure),
        telling.spread(figure),
        f"{figure.n:,}",
        telling.bound(figure),
        telling.standing(figure),
    )
