"""Before anything is spent: what an experiment would cost and could show; the form that orders one."""

from collections.abc import Iterator, Sequence

from bot.domain.experiments import telling as say
from bot.domain.experiments.experiment import DEFAULT_CAP, QUICK_CASES, SPRINT_ARMS, Order, Preview
from handlers.views import forms
from handlers.views.experiments.parts import count
from handlers.views.kit import (
    Block,
    Element,
    Message,
    View,
    actions,
    bold,
    button,
    context,
    header,
    line,
    markup,
    message,
    modal,
    option,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich

REPEATS = {1: "Once", 3: "3 times, to see how steady it is", 5: "5 times"}
SIZES = {
    str(QUICK_CASES): f"Quick: {QUICK_CASES} cases",
    "100": "100 cases",
    "all": "All cases of the set",
}


def preview(seen: Preview, *, planned: str) -> Message:
    """``planned`` is the id of the experiment that waits to be started."""
    order = seen.order
    shown: list[Block] = [
        header(f"{planned} · {order.title} · {seen.dataset}"),
        rich(*told(seen)),
        *(context(note) for note in seen.notes[:4]),
    ]
    if seen.problems:
        shown += [context(markup("⚠️ {}", problem)) for problem in seen.problems[:5]]
        return message(*shown, actions(button("Change…", "exp_new", planned)))
    label = f"Run it, {_likely(seen)}" if seen.cost else "Run it"
    return message(
        *shown,
        actions(
            button(label, "exp_start", planned, "primary"),
            button("Change…", "exp_new", planned),
            button("Forget it", "exp_forget", planned),
        ),
    )


def told(seen: Preview) -> Iterator[Element]:
    """Size, cost, time, and what could be seen with it: one line each."""
    repeats = f" × {seen.order.repeats} times" if seen.order.repeats > 1 else ""
    size = f"{count(len(seen.arms), 'arm')} × {count(seen.cases, 'case')}{repeats} = {seen.calls:,} calls"
    yield line(bold("Runs  "), words(size))
    yield line(bold("Costs  "), words(_cost(seen)))
    if seen.seconds is not None:
        yield line(bold("Takes  "), words(f"about {say.duration(seen.seconds * 1000)}"))
    yield line(bold("Can show  "), words(_power(seen)))


def _likely(seen: Preview) -> str:
    return f"about {say.money(seen.cost[0])}" if seen.cost else ""


def _cost(seen: Preview) -> str:
    cap = f"stops at {say.money(seen.order.cap)}"
    if seen.cost is None:
        return f"the price of a model is not known here; {cap}"
    likely, most = seen.cost
    if most == 0:
        return "nothing: these models run here"
    told = f"about {say.money(likely)}, at most {say.money(most)}; {cap}"
    return f"{told}; {say.day(seen.today)}" if seen.today else told


def _power(seen: Preview) -> str:
    if len(seen.arms) < 2:
        return "how one arm does; with a second one they are compared"
    if seen.detectable is None:
        return "no difference with so few cases"
    return f"differences from about {seen.detectable * 100:.0f} points; smaller ones stay open"


def run_form(
    prompts: Sequence[str],
    models: Sequence[str],
    datasets: Sequence[tuple[str, int]],
    *,
    channel: str = "",
    chosen: Preview | None = None,
    dataset: str = "",
    sprint: bool = False,
) -> View:
    """``datasets``: (name with version, cases). ``chosen``: what was chosen so far, with its cost;
    ``dataset`` is chosen where nothing else was. ``sprint``: with an end and a goal."""
    order = chosen.order if chosen else None
    sets = [option(f"{name} · {count(size, 'case')}", name) for name, size in datasets]
    size = str(order.cases) if order and order.cases else "all" if order else str(QUICK_CASES)
    blocks = [
        _watched(forms.choices("prompts", "Prompts to compare; the first is the base", _options(prompts),
                               initial=order.prompts if order else ())),
        _watched(forms.choices("models", "With these models", _options(models),
                               initial=order.models if order else models[:1])),
        _watched(forms.choice("dataset", "On the cases of", sets, initial=order.dataset if order else dataset,
                              placeholder="Choose a set")),
        _watched(forms.choice("cases", "How many", [option(label, key) for key, label in SIZES.items()],
                              initial=size if size in SIZES else "all")),
        _watched(forms.choice("repeats", "Each case",
                              [option(label, str(key)) for key, label in REPEATS.items()],
                              initial=str(order.repeats if order else 1))),
        forms.text_input("cap", "Stop when this much is spent, in US dollars", most=7,
                         initial=f"{order.cap if order else DEFAULT_CAP:.2f}"),
        *(_sprint(order) if sprint else ()),
        _costs(chosen),
    ]  # fmt: skip
    return modal(
        "New sprint" if sprint else "New experiment", *blocks, submit="Run", close="Cancel",
        callback_id="exp_run", private={"channel": channel, **({"sprint": True} if sprint else {})},
    )  # fmt: skip


def _sprint(order: Order | None) -> Iterator[Block]:
    fewest, most = SPRINT_ARMS
    end = order.ends_on.isoformat() if order and order.ends_on else ""
    yield forms.date_input(
        "ends_on", "Ends on", initial=end,
        hint=f"{fewest} to {most} arms. That day you are asked: keep, pivot or stop.",
    )  # fmt: skip
    yield forms.text_input(
        "goal", "What do you want to find out?", initial=order.goal if order else "", most=200, optional=True,
        placeholder="Fewer follow-ups about refunds",
    )  # fmt: skip


def _watched(block: Block) -> Block:
    """The cost below follows every change."""
    element = {**block["element"], "action_id": f"exp_form_{block['block_id']}"}
    return {**block, "element": element, "dispatch_action": True}


def _options(names: Sequence[str]) -> list[Block]:
    return [option(name, name) for name in names if len(name) <= 150]


def _costs(chosen: Preview | None) -> Block:
    if chosen is None:
        return context(markup("The cost shows here before anything is spent."))
    if chosen.problems:
        return context(markup("⚠️ {}", chosen.problems[0]))
    parts = [f"{chosen.calls:,} calls", _cost(chosen), f"Can show {_power(chosen)}"]
    return context(*parts)
