"""For a terminal: the verdict, the arms and the comparisons, no wider than the window."""

import io
import shutil
import sys
from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from bot.domain.experiments import telling as say
from bot.domain.experiments.report import ExperimentReport
from bot.domain.experiments.results import PASS_RATE, ArmSummary, Comparison, VerdictKind
from bot.domain.inert import plain

_COLOURS = {
    VerdictKind.SHIP: "green",
    VerdictKind.NO_DIFFERENCE: "cyan",
    VerdictKind.WORSE: "red",
    VerdictKind.NEED_MORE: "yellow",
    VerdictKind.NOTHING_TO_COMPARE: "default",
}


def render(report: ExperimentReport) -> str:
    """Text for standard output, coloured where that is a terminal."""
    width = max(60, min(shutil.get_terminal_size((100, 24)).columns, 140))
    console = Console(file=io.StringIO(), width=width, force_terminal=sys.stdout.isatty(), highlight=False)
    with console.capture() as capture:
        for part in _parts(report):
            console.print(part)
    return capture.get()


def _parts(report: ExperimentReport) -> Iterator[RenderableType]:
    found = report.conclusion
    yield Text(plain(say.heading(report)), style="bold")
    colour = _COLOURS[found.overall.kind]
    yield Text.assemble((say.headline(report), f"bold {colour}"), ". ", plain(say.sentence(report)))
    if found.arms:
        yield ""
        yield _arms(report)
    if found.comparisons:
        yield ""
        yield _comparisons(found.comparisons)
    if cheapest := say.cheapest(report):
        yield Text(f"\nCheapest within margin: {plain(cheapest)}")
    yield Text("\n" + plain(say.spend(report)))
    for remark in say.remarks(report):
        yield Text(plain(remark))
    if report.plan.unsupported:
        yield Text("\nNot supported:", style="bold")
        yield from (Text(f"- {plain(one)}") for one in report.plan.unsupported)


def _arms(report: ExperimentReport) -> Table:
    table = _table("arm", f"#{report.conclusion.arms[0].measure}", "#n", "#p50", "#p95", "#$/1k", "#errors")
    repeats = report.plan.repeats > 1
    if repeats:
        table.add_column("all pass", justify="right")
        table.add_column("flaky", justify="right")
    for arm in report.conclusion.arms:
        row = _arm_row(arm) + (_flakes(arm) if repeats else [])
        table.add_row(*(Text(cell) for cell in row))
    return table


def _arm_row(arm: ArmSummary) -> list[str]:
    return [
        plain(arm.arm),
        say.arm_score(arm),
        str(arm.n),
        say.duration(arm.p50_ms),
        say.duration(arm.p95_ms),
        say.money(arm.cost_per_1000),
        str(arm.errors),
    ]


def _flakes(arm: ArmSummary) -> list[str]:
    return [say.level(arm.pass_hat_k, PASS_RATE), say.level(arm.flaky, PASS_RATE)]


def _comparisons(comparisons: tuple[Comparison, ...]) -> Table:
    table = _table(
        f"against {plain(comparisons[0].baseline)}", "#difference", "#won", "#lost", "#tied", "#p", "#cost"
    )
    for one in comparisons:
        table.add_row(
            Text(plain(one.candidate)),
            Text(say.difference(one)),
            *(Text(str(count)) for count in (one.wins, one.losses, one.ties)),
            Text(say.comparison_p(one)),
            Text(say.ratio(one.cost) or say.NOTHING),
        )
    return table


def _table(*columns: str) -> Table:
    table = Table(header_style="bold", pad_edge=False, box=None, padding=(0, 2, 0, 0))
    for column in columns:
        right = column.startswith("#")
        table.add_column(Text(column.lstrip("#")), justify="right" if right else "left", overflow="fold")
    return table
