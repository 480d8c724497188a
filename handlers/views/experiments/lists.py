"""Experiments in a list, newest first."""

from collections.abc import Sequence

from bot.domain.experiments import telling as say
from bot.domain.experiments.experiment import Experiment, State
from handlers.views.experiments.parts import badge, count
from handlers.views.kit import (
    Block,
    Message,
    actions,
    button,
    context,
    fit,
    header,
    joined,
    markup,
    message,
    plain,
    section,
)  # fmt: skip


def experiment_list(experiments: Sequence[Experiment]) -> Message:
    """Two lines an experiment with a button to open it."""
    if not experiments:
        return message(
            header("Experiments"),
            plain("None yet. One compares prompts or models on your own cases, and says what it may say."),
            actions(button("New experiment…", "exp_new", style="primary")),
        )
    running = sum(each.state is State.RUNNING for each in experiments)
    spent = sum(each.spent for each in experiments)
    facts = [count(len(experiments), "experiment"), f"{running} running", f"{say.money(spent)} spent in all"]
    head = [header("Experiments"), context(joined([markup("{}", fact) for fact in facts]))]
    tail = [actions(button("New experiment…", "exp_new", style="primary"))]
    lines = [experiment_line(each) for each in experiments]
    return message(*fit(lines, lambda n: markup("{} older ones", n), head=head, tail=tail))


def experiment_line(each: Experiment) -> Block:
    facts = [badge(each), markup("{} of {}", say.money(each.spent), say.money(each.order.cap))]
    if each.order.ends_on:
        facts.append(markup("sprint until {}", each.order.ends_on.isoformat()))
    said = markup("*{}*  {} · {}\n{}", each.id, each.order.title, each.dataset, joined(facts))
    if each.learned:
        said = markup("{}\n_{}_", said, each.learned[:150])
    return section(said, accessory=button("Open", "exp_show", each.id))
