"""The questions of `plumb feature add`: each with a default, asked again where the answer is none."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import typer

from bot.errors import InputError

if TYPE_CHECKING:
    from bot.domain.features import Watched

THRESHOLDS = {"positive_rate": "70 / 80", "accuracy": "88 / 92", "override_rate": "15% / 10%"}
"""What they are to begin with; an empty answer takes them, "none" goes without."""


def asked_for(*, yes: bool) -> bool:
    """Whether there is somebody to ask."""
    return not yes and sys.stdin.isatty() and sys.stdout.isatty()


def ask(feature: "Watched", given: Mapping[str, str]) -> "Watched":
    """Asks for what was not given."""
    from bot.domain.features.checks import problems

    typer.echo("Enter takes what stands in brackets; everything can be changed later.\n")
    for field, (question, default) in _questions().items():
        if field == "baseline" and feature.minutes_saved is None:
            continue
        if field not in given:
            feature = _answered(feature, field, question, default)
    for problem in problems(feature):
        raise InputError(f"{problem.field}: {problem.says}", hint=problem.hint, code="bad_field")
    return feature


def _answered(feature: "Watched", field: str, question: str, default: str) -> "Watched":
    from bot.domain.features.checks import checked
    from bot.domain.features.fields import with_fields

    while True:
        answer = str(typer.prompt(question, default=default, show_default=bool(default))).strip()
        if not answer and field != "baseline":  # minutes saved need one
            return feature
        try:
            found = with_fields(feature, {field: answer})
            return found if field == "minutes_saved" else checked(found)
        except InputError as error:
            typer.echo(f"  {error.message} {error.hint}".rstrip())


def _questions() -> dict[str, tuple[str, str]]:
    """By field: the question, and the answer that Enter gives."""
    from bot.domain.features.wording import DUTIES, TRACKS
    from bot.domain.metrics import METRICS

    tracks = "; ".join(
        f"{track.value} {name.lower()} ({example})" for track, (name, example) in TRACKS.items()
    )
    owners = {duty.value: (question, "") for duty, (_, question) in DUTIES.items()}
    thresholds = {
        metric: (f"{METRICS[metric].label}, minimum / goal in %", pair) for metric, pair in THRESHOLDS.items()
    }
    return {
        "title": ("What is it called, in a few words?", ""),
        "track": (f"What does the model do? {tracks}", "3"),
        "autonomy": ("Does a person check each output (copilot), or not (autopilot)?", "copilot"),
        "prompts": ("Which prompts does it run on, with commas between?", ""),
        **owners,
        **thresholds,
        "business": ("Which business metric should it move?", ""),
        "minutes_saved": ("How many minutes does it save per task?", ""),
        "baseline": ("How was the time without it measured?", ""),
        "false_positive_cost": ("What does a false alarm cost, in dollars?", ""),
        "false_negative_cost": ("What does a miss cost, in dollars?", ""),
    }
