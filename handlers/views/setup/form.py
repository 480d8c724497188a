"""The form that puts a feature under watch or changes one: what it is, whose, what it must reach."""

from collections.abc import Iterator, Sequence

from bot.domain.features import Autonomy, Stage, Threshold, Watched
from bot.domain.features.wording import AUTONOMY, DUTIES, STAGES, TRACKS
from bot.domain.metrics import METRICS, Unit
from handlers.views import forms
from handlers.views.kit import Block, View, context, divider, header, markup, modal, option
from handlers.views.setup.parts import is_channel, is_person

ASKED = ("positive_rate", "accuracy", "override_rate")
"""Thresholds that the form asks for; the command line sets those of every metric."""
USUAL = (
    Threshold("positive_rate", 0.7, 0.8),
    Threshold("accuracy", 0.88, 0.92),
    Threshold("override_rate", 0.15, 0.1, "lower"),
)
HINTS = {
    "positive_rate": "Of the votes people give.",
    "accuracy": "Of outputs that somebody looked at and labelled.",
    "override_rate": "Of outputs whose fate your product tells. Lower is better.",
}
CALLBACK = "setup"


def setup_form(
    feature: Watched | None,
    prompts: Sequence[str],
    *,
    channel: str = "",
    name: str = "",
    seen: str = "",
) -> View:
    """``feature``: the one to change, None for a new one; ``prompts`` are the names there are. ``seen``:
    when it was changed last, as ISO has it."""
    known = feature is not None
    shown = feature or Watched(
        name, channels=(channel,) if channel.startswith(("C", "G")) else (), thresholds=USUAL
    )
    return modal(
        f"Change {shown.name}" if known else "Watch a feature",
        *_what(shown, prompts, new=not known),
        *_whose(shown),
        *_reach(shown),
        *_for(shown),
        submit="Save" if known else "Put under watch",
        close="Cancel",
        callback_id=CALLBACK,
        private={
            "channel": channel,
            "name": shown.name if known else "",
            "seen": seen,
        },
    )


def _what(feature: Watched, prompts: Sequence[str], *, new: bool) -> Iterator[Block]:
    if new:
        yield context(markup("Two answers are enough to begin with; all of it can be changed later."))
        yield forms.text_input(
            "name", "Name", initial=feature.name, most=48, placeholder="reply",
            hint="Small letters, digits and _. Your product and every command use it.",
        )  # fmt: skip
    yield forms.text_input(
        "title", "What people call it", initial=feature.title, most=80, placeholder="Replies in the app",
        optional=not new,
    )  # fmt: skip
    tracks = [
        option(name, str(track.value), f"for example: {example}") for track, (name, example) in TRACKS.items()
    ]
    yield forms.radios("track", "What does the model do?", tracks, initial=str(feature.track.value))
    modes = [_split(AUTONOMY[each], each.value) for each in Autonomy]
    yield forms.radios("autonomy", "Who has the last word?", modes, initial=feature.autonomy.value)
    if new:
        stages = [option(STAGES[each], each.value) for each in Stage]
        yield forms.choice("stage", "How far is it rolled out?", stages, initial=feature.stage.value)
    yield forms.channels_select(
        "channels",
        "Channels",
        initial=[each for each in feature.channels if is_channel(each)],
        hint="Where its news belongs.",
    )
    if prompts:
        offered = [option(prompt, prompt) for prompt in sorted({*prompts, *feature.prompts})]
        yield forms.choices("prompts", "Prompts it runs on", offered, initial=feature.prompts, optional=True)


def _split(said: str, value: str) -> Block:
    """ "Shadow: runs beside people" as an option with its explanation."""
    label, _, explained = said.partition(": ")
    return option(label, value, explained)


def _whose(feature: Watched) -> Iterator[Block]:
    yield divider()
    yield header("Who answers for it")
    for duty, (_, question) in DUTIES.items():
        owner = feature.owners.get(duty, "")
        yield forms.person_select(duty.value, question, initial=owner if is_person(owner) else "")


def _reach(feature: Watched) -> Iterator[Block]:
    yield divider()
    yield header("What it must reach")
    yield context(
        markup("*minimum / goal*: the minimum counts and gates use it, the goal is to stretch for.")
    )
    standing = {each.metric: each for each in feature.thresholds}
    for name in ASKED:
        metric = METRICS[name]
        initial = pair(standing[name]) if name in standing else ""
        yield forms.text_input(
            name, f"{metric.label}, minimum / goal in %", initial=initial, most=40,
            placeholder="15 / 10" if metric.better == "lower" else "70 / 80", hint=HINTS[name], optional=True,
        )  # fmt: skip


def _for(feature: Watched) -> Iterator[Block]:
    yield divider()
    yield header("What it is for")
    yield forms.text_input(
        "business", "Business metric it should move", initial=feature.business, most=120,
        placeholder="tickets solved a day", optional=True,
    )  # fmt: skip
    yield forms.text_input(
        "minutes_saved", "Minutes saved per task", initial=_number(feature.minutes_saved), most=12,
        placeholder="4", optional=True,
    )  # fmt: skip
    yield forms.text_input(
        "baseline", "How was the time without it measured?", initial=feature.baseline, most=200,
        placeholder="60 tickets timed in March", hint="Minutes saved need this.", optional=True,
    )  # fmt: skip
    yield forms.text_input(
        "false_positive_cost", "What a false alarm costs, in dollars",
        initial=_number(feature.false_positive_cost), most=12, placeholder="2", optional=True,
    )  # fmt: skip
    yield forms.text_input(
        "false_negative_cost", "What a miss costs, in dollars",
        initial=_number(feature.false_negative_cost), most=12, placeholder="15", optional=True,
    )  # fmt: skip


def pair(threshold: Threshold) -> str:
    """As it is typed, and no digit lost: "70 % / 80 %"."""
    scale, unit = (100, " %") if METRICS[threshold.metric].unit is Unit.SHARE else (1, "")
    values = [threshold.minimum] + ([] if threshold.goal is None else [threshold.goal])
    return " / ".join(f"{value * scale:g}{unit}" for value in values)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
