"""A running experiment, drawn in place: done, spent, and an estimate that may be looked at at any time."""

from collections.abc import Iterator

from bot.domain.experiments import telling as say
from bot.domain.experiments.experiment import Experiment, Progress, State
from bot.domain.experiments.results import PASS_RATE, Running
from handlers.views.experiments.parts import VERDICTS
from handlers.views.kit import (
    Block,
    Message,
    actions,
    bold,
    button,
    context,
    faint,
    header,
    line,
    markup,
    message,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich

STEPS = 20


def run_progress(experiment: Experiment, at: Progress) -> Message:
    return message(
        header(f"{experiment.id} · {experiment.order.title} · {experiment.dataset}"),
        rich(
            line(bold(bar(at.done, at.total)), words(f"  {at.done:,} of {at.total:,} calls")), *_running(at)
        ),
        context(*_small_print(experiment, at)),
        actions(
            button(
                "Stop",
                "exp_stop",
                experiment.id,
                "danger",
                confirm={
                    "title": f"Stop {experiment.id}?",
                    "text": "What was measured is kept and shown. It can go on later.",
                    "confirm": "Stop",
                    "deny": "Let it run",
                },
            )
        ),
    )


def run_ended(experiment: Experiment) -> Message:
    """What stands in the progress's place once the result is below."""
    done = experiment.state is State.DONE
    said = "✅ Done; the result is below." if done else f"⚠️ {experiment.why or 'Stopped.'}"
    return message(
        header(f"{experiment.id} · {experiment.order.title} · {experiment.dataset}"),
        rich(line(words(said, most=600))),
        context(f"Spent {say.money(experiment.spent)} of {say.money(experiment.order.cap)}"),
    )


def run_failed(experiment: Experiment, why: str, hint: str) -> Message:
    """It could not be run, or not to its end; what was measured is kept."""
    again = button("Go on", "exp_resume", experiment.id)
    return message(
        header(f"{experiment.id} · {experiment.order.title} · {experiment.dataset}"),
        rich(
            line(bold("⚠️ It stopped. "), words(why, most=600), words(f"\n{hint}" if hint else "", most=400))
        ),
        actions(again),
    )


def bar(done: int, total: int) -> str:
    filled = round(STEPS * done / total) if total else 0
    return "▰" * filled + "▱" * (STEPS - filled)


def _running(at: Progress) -> Iterator[Block]:
    for each in at.running[:5]:
        settled = f" · {VERDICTS[each.decided]}" if each.decided else ""
        yield line(bold(f"{each.candidate}  "), words(_estimate(each)), faint(settled))


def _estimate(each: Running) -> str:
    """An always-valid interval: it may be read at every moment without fooling oneself."""
    if each.difference is None or each.n == 0:
        return "nothing to compare yet"
    told = say.change(each.difference, PASS_RATE)
    limits = f" ({say.change_span(each.interval, PASS_RATE)})" if each.interval else ""
    return f"{told}{limits} after {each.n:,} cases"


def _small_print(experiment: Experiment, at: Progress) -> Iterator[str]:
    yield f"Spent {say.money(at.spent)} of {say.money(experiment.order.cap)}"
    if at.seconds_left is not None:
        yield f"about {say.duration(at.seconds_left * 1000)} left"
    if at.cached:
        yield f"{at.cached:,} known from before"
    if at.errors:
        yield f"⚠️ {at.errors:,} calls failed"
    if at.running:
        yield "The range holds at every look, so you may watch."
    else:
        yield markup("This message keeps itself up to date.")
