"""The result card: the verdict in one sentence, the arms side by side, and what can be done next."""

from collections.abc import Iterator

from bot.domain.experiments import telling as say
from bot.domain.experiments.experiment import Experiment, State
from bot.domain.experiments.notable import Notable, notable_slices
from bot.domain.experiments.report import ExperimentReport
from bot.domain.experiments.results import ArmSummary, Comparison, VerdictKind
from bot.domain.people import Role
from bot.domain.telling import sentence
from handlers.views.experiments.parts import MARKS, badge, cell, count, table
from handlers.views.flywheel.tracing import trace_button
from handlers.views.kit import (
    Block,
    Message,
    actions,
    bold,
    button,
    context,
    escape,
    faint,
    feedback,
    header,
    joined,
    line,
    markup,
    mention,
    message,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich
from handlers.views.shares import share_button

ROWS = 12
CHARTED = 6
LABEL = 20  # characters Slack shows of a chart's label


def result_card(
    experiment: Experiment,
    report: ExperimentReport,
    *,
    role: Role,
    place: str = "private",
    more_cost: float | None = None,
) -> Message:
    """``more_cost``: US dollars that the cases still needed would cost, None where unknown."""
    return message(
        header(f"{experiment.id} · {experiment.order.title} · {experiment.dataset}"),
        context(joined([badge(experiment), markup("by {}", mention(experiment.by)), escape(_size(report))])),
        rich(*_verdict(report)),
        *_slices(report),
        *_cheapest(report),
        *_arms(report),
        *_chart(report),
        context(*_small_print(experiment, report)),
        *_learned(experiment),
        *_buttons(experiment, report, role, place, more_cost),
    )


def _size(report: ExperimentReport) -> str:
    repeats = f", {report.plan.repeats} times each" if report.plan.repeats > 1 else ""
    arms = count(len(report.plan.arms), "arm")
    return f"{arms} on {count(len(report.plan.cases), 'case')}{repeats}"


def _verdict(report: ExperimentReport) -> Iterator[Block]:
    overall = report.conclusion.overall
    yield line(f"{MARKS[overall.kind]} ", bold(sentence(overall.sentence)))
    others = [each for each in report.conclusion.verdicts if each.candidate != overall.candidate]
    for each in others[:4]:
        yield line(faint(f"{each.candidate}: {each.sentence}", most=400))


def _slices(report: ExperimentReport) -> Iterator[Block]:
    found = notable_slices(report.conclusion)
    if found:
        yield rich(*(_slice(each) for each in found))


def _slice(each: Notable) -> Block:
    whose = f" ({each.candidate})" if each.candidate else ""
    label = "Worse on  " if each.worse else "Better on  "
    return line(bold(label), words(f"{each.text}{whose}", most=200))


def _cheapest(report: ExperimentReport) -> Iterator[Block]:
    arm = report.conclusion.cheapest_within_margin
    if not arm or arm == report.conclusion.baseline:
        return
    against = [each for each in report.conclusion.comparisons if each.candidate == arm and each.cost]
    share = f", {against[0].cost.value:.0%} of the cost" if against and against[0].cost else ""
    yield rich(line(bold("Cheapest within margin  "), words(f"{arm}{share}")))


def _arms(report: ExperimentReport) -> Iterator[Block]:
    found = report.conclusion
    against = {each.candidate: each for each in found.comparisons}
    rows = [_row(arm, against.get(arm.arm), arm.arm == found.baseline) for arm in found.arms[:ROWS]]
    if rows:
        yield table(("Arm", found.measure.capitalize(), "n", "p95", "per 1,000", "Against base"), rows)
    if len(found.arms) > ROWS:
        yield context(markup("{} more arms in the report", len(found.arms) - ROWS))


def _row(arm: ArmSummary, compared: Comparison | None, base: bool) -> list[Block]:
    difference = "base" if base else say.difference(compared) if compared else ""
    score = say.arm_score(arm) + (f" · {arm.errors} failed" if arm.errors else "")
    return [
        cell(arm.arm, bold=True),
        cell(score),
        cell(f"{arm.n:,}"),
        cell(say.duration(arm.p95_ms)),
        cell(say.money(arm.cost_per_1000)),
        cell(difference),
    ]


def _chart(report: ExperimentReport) -> Iterator[Block]:
    """The arms as bars; their intervals stand in the table above."""
    arms = [arm for arm in report.conclusion.arms if arm.value is not None][:CHARTED]
    labels = [_label(arm.arm, number) for number, arm in enumerate(arms, 1)]
    if len(arms) < 2 or len(set(labels)) < len(labels):
        return
    scale = 100 if report.conclusion.measure == say.SHARE else 1
    points = [
        {"label": label, "value": round((arm.value or 0.0) * scale, 1 if scale == 100 else 3)}
        for label, arm in zip(labels, arms, strict=True)
    ]
    unit = "Right, %" if scale == 100 else "Mean score"
    chart = {
        "type": "bar",
        "series": [{"name": unit, "data": points}],
        "axis_config": {"categories": labels},
    }
    yield {"type": "data_visualization", "title": f"{unit} by arm", "chart": chart}


def _label(arm: str, number: int) -> str:
    return arm if len(arm) <= LABEL else f"{number} {arm[: LABEL - 4]}…"


def _small_print(experiment: Experiment, report: ExperimentReport) -> Iterator[str]:
    yield say.spend(report)
    if experiment.why:
        yield experiment.why
    yield from say.remarks(report)[:6]
    yield from report.conclusion.notes[:3]


def _learned(experiment: Experiment) -> Iterator[Block]:
    if experiment.learned:
        yield rich(line(bold("Learned  "), words(experiment.learned, most=1_000)))


def _buttons(
    experiment: Experiment, report: ExperimentReport, role: Role, place: str, more_cost: float | None
) -> Iterator[Block]:
    row: list[Block] = []
    if role >= Role.CONTRIBUTOR and experiment.state is not State.CLOSED:
        row += _going_on(experiment, report, more_cost)
        row.append(button("Blind vote…", "exp_vote", experiment.id))
    row.append(button("Where they differ", "exp_differ", experiment.id))
    row.append(button("Open report", "exp_report", experiment.id))
    row.append(trace_button(f"experiment:{experiment.id}"))
    if role >= Role.CONTRIBUTOR and place == "private":
        row.append(share_button("experiment", experiment.id))
    if role >= Role.CONTRIBUTOR and experiment.state is not State.CLOSED:
        row.append(button("Close…", "exp_close", experiment.id))
    yield actions(*row)
    yield feedback(f"experiment:{experiment.id}")


def _going_on(experiment: Experiment, report: ExperimentReport, more_cost: float | None) -> Iterator[Block]:
    overall = report.conclusion.overall
    if experiment.state in {State.STOPPED, State.FAILED}:
        yield button("Go on", "exp_resume", experiment.id, "primary")
    elif overall.kind is VerdictKind.SHIP:
        prompts = {each.arm.id: each.arm.prompt for each in report.plan.arms}
        named = f"{prompts.get(overall.candidate, '')}|{experiment.id}"
        yield button("Promote…", "prompt_promote", named, "primary")
    elif overall.kind is VerdictKind.NEED_MORE and overall.needed_cases:
        cost = f" {say.money(more_cost)}" if more_cost is not None else ""
        label = f"Add {overall.needed_cases:,} cases{cost}"
        yield button(label, "exp_add", f"{experiment.id}:{overall.needed_cases}", "primary")
