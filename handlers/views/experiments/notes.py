"""Short notes around an experiment, and the form that closes it."""

from bot.domain.experiments import telling as say
from bot.domain.experiments.experiment import Decision, Experiment
from handlers.views import forms
from handlers.views.experiments.parts import COLOURS, count
from handlers.views.kit import (
    Message,
    View,
    bold,
    context,
    line,
    markup,
    mention,
    message,
    modal,
    option,
    section,
)
from handlers.views.kit import rich_text as rich

CHOICES = {
    Decision.SHIP: "Ship the winner (pivot)",
    Decision.KEEP: "Keep what we have",
    Decision.STOP: "Stop here",
}


def started_note(experiment: Experiment) -> Message:
    """Said where the command was typed, when progress shows in direct messages."""
    return message(context(markup("⏳ {} is running. It shows in our direct messages.", experiment.id)))


def forgotten_note(experiment: Experiment) -> Message:
    return message(context(markup("{} is forgotten. Nothing was spent.", experiment.id)))


def stopping_note(experiment: Experiment) -> Message:
    said = markup("⚠️ *{}* is being stopped: calls under way end, no new ones start.", experiment.id)
    return message(section(said))


def added_note(experiment: Experiment, cases: int, short: int) -> Message:
    """``short``: how many fewer than asked for, because the set has no more."""
    said = markup("⏳ *{}* goes on with {}.", experiment.id, count(cases, "more case"))
    if short:
        missing = count(short, "case")
        said = markup(
            "{} The set {} has {} too few; add some and ask again.", said, experiment.dataset, missing
        )
    return message(section(said))


def report_note(experiment: Experiment) -> Message:
    return message(section(markup("*{}* as a page: download it and open it in a browser.", experiment.id)))


def report_elsewhere(experiment: Experiment) -> Message:
    """Said where the button was clicked."""
    return message(context(markup("The report of {} is in our direct messages.", experiment.id)))


def close_form(experiment: Experiment, *, channel: str = "", suggested: Decision | None = None) -> View:
    options = [option(label, choice.value) for choice, label in CHOICES.items()]
    initial = suggested or Decision.KEEP
    return modal(
        f"Close {experiment.id}",
        rich(line(bold(f"{experiment.order.title} on {experiment.dataset}"))),
        forms.choice("decision", "What do you make of it?", options, initial=initial.value),
        forms.text_input(
            "learned", "What did we learn?", multiline=True, most=1_000,
            placeholder="Naming the day in the first line answers most follow-ups.",
            hint="One or two sentences for people who were not there. They go into the digest.",
        ),
        submit="Close it", close="Cancel", callback_id="exp_close",
        private={"experiment": experiment.id, "channel": channel},
    )  # fmt: skip


def closed_note(experiment: Experiment) -> Message:
    decision = COLOURS[experiment.decision] if experiment.decision else "closed"
    by = mention(experiment.closed_by)
    said = markup("✅ *{}* is closed by {}: {}. {}", experiment.id, by, decision, experiment.learned)
    return message(section(said), context(f"Spent {say.money(experiment.spent)}"))
