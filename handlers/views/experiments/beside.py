"""Outputs side by side: where the arms differ most, and one case in full."""

from collections.abc import Mapping, Sequence

from bot.domain.experiments.cells import Case, Cell
from bot.domain.experiments.experiment import Experiment
from bot.domain.experiments.report import ExperimentReport
from handlers.views.kit import (
    Block,
    Element,
    Message,
    bold,
    context,
    faint,
    fit,
    header,
    line,
    markup,
    message,
    quote,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich

SHOWN = 5
OUTPUT, INPUT = 600, 300
MARKS = {True: "✅", False: "❌", None: "▫️"}


def disagreements(experiment: Experiment, report: ExperimentReport) -> Message:
    """The five most instructive cases, the arms' outputs one below the other."""
    found = report.conclusion.disagreements[:SHOWN]
    head = [header(f"{experiment.id}: where the arms differ")]
    if not found:
        return message(*head, context(markup("They agree on every case that all of them answered.")))
    cases = {case.id: case for case in report.plan.cases}
    groups = [_case(cases.get(each.case), each.case, first_cells(report, each.case)) for each in found]
    tail = [context(markup("The report has all cases side by side."))]
    return message(*fit(groups, lambda n: markup("{} more in the report", n), head=head, tail=tail))


def first_cells(report: ExperimentReport, case: str) -> list[Cell]:
    """The first repeat of every arm, in the arms' order."""
    by_arm = {cell.key.arm: cell for cell in reversed(report.cells) if cell.key.case == case}
    return [by_arm[each.arm.id] for each in report.plan.arms if each.arm.id in by_arm]


def asked(vars_: Mapping[str, object]) -> str:
    """A case's input in a line or several."""
    if len(vars_) == 1:
        return str(next(iter(vars_.values())))
    return "\n".join(f"{name}: {value}" for name, value in vars_.items())


def _case(case: Case | None, case_id: str, cells: Sequence[Cell]) -> list[Block]:
    title = case.description if case and case.description else case_id
    elements: list[Element] = [line(bold(title[:150]))]
    if case is not None:
        elements.append(quote(words(asked(case.vars), most=INPUT)))
    for cell in cells:
        elements.append(line(f"{MARKS[cell.passed]} ", bold(f"{cell.key.arm}\n"), words(_said(cell))))
        if cell.reason and not cell.passed:
            elements.append(line(faint(cell.reason, most=200)))
    return [rich(*elements)]


def _said(cell: Cell) -> str:
    text = (cell.error and f"failed: {cell.error}") or cell.output
    return (text[: OUTPUT - 1] + "…") if len(text) > OUTPUT else text or "(empty)"
