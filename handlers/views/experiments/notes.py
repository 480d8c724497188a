"""Short notes around an experiment, and the form that closes it."""

from collections.abc import Iterator

from bot.domain.experiments import telling as say
from bot.domain.experiments.experiment import Decision, Experiment
from bot.domain.telling import sentence
from handlers.views import forms
from handlers.views.experiments.parts import COLOURS, count
from handlers.views.kit import (
    Block,
    Message,
    View,
    actions,
    bold,
    button,
    context,
    header,
    line,
    markup,
    mention,
    message,
    modal,
    option,
    section,
    words,
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


SPRINT = {
    Decision.KEEP: "Keep what we have…",
    Decision.SHIP: "Pivot to the winner…",
    Decision.STOP: "Stop here…",
}


def sprint_over(experiment: Experiment, found: str) -> Message:
    """The reminder on a sprint's last day. ``found``: what can be said by now, in one sentence."""
    suggested = Decision.SHIP if found.startswith("Ship ") else Decision.KEEP
    buttons = [
        button(label, f"exp_sprint_{choice.value}", experiment.id, "primary" if choice is suggested else "")
        for choice, label in SPRINT.items()
    ]
    return message(
        *_sprint(experiment),
        rich(line(words(sentence(found), most=600))),
        actions(*buttons, button("Show it", "exp_show", experiment.id)),
    )


def sprint_closed(experiment: Experiment) -> Message:
    """What stands in the reminder's place once it is decided."""
    return message(*_sprint(experiment), *closed_note(experiment).blocks)


def _sprint(experiment: Experiment) -> Iterator[Block]:
    order = experiment.order
    yield header(f"Sprint {experiment.id} ends: {order.title}")
    goal = markup(" · {}", order.goal) if order.goal else ""
    asked = markup("{}, keep, pivot or stop?", mention(experiment.by))
    yield context(markup("{} · until {}{}", asked, f"{order.ends_on}", goal))


def closed_note(experiment: Experiment) -> Message:
    decision = COLOURS[experiment.decision] if experiment.decision else "closed"
    by = mention(experiment.closed_by)
    said = markup("✅ *{}* is closed by {}: {}. {}", experiment.id, by, decision, experiment.learned)
    return message(section(said), context(f"Spent {say.money(experiment.spent)}"))
