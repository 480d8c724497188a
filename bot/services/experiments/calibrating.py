"""A judge held against what people said of the same outputs, and what its word is then worth."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.experiments.calibration import Calibration, calibrate
from bot.domain.experiments.cells import Cell, CellKey
from bot.domain.experiments.report import ExperimentReport
from bot.scorers.known import JUDGED
from bot.store.experiments import Label

NO_GATE = (
    "every case was judged by a judge that agrees too little with people, so this result promotes nothing: "
    "change the rubric, or let people vote"
)


def calibrated(report: ExperimentReport, labels: Sequence[Label]) -> ExperimentReport:
    """The report with a line on its judge, where a judge judged any of its cells.

    A judge that is shown to agree too little with people may not promote what nothing else has checked.
    """
    judged = judged_cells(report.cells)
    if not judged:
        return report
    found = calibration(judged, labels)
    scored = sum(cell.passed is not None for cell in report.cells)
    refused = found.enough and not found.may_gate and len(judged) == scored
    notes = (*report.notes, NO_GATE) if refused else report.notes
    return replace(report, judge=found.sentence, judge_may_gate=not refused, notes=notes)


def calibration(judged: Mapping[CellKey, bool], labels: Sequence[Label]) -> Calibration:
    """``judged`` is the judge's pass or fail by cell; of several people the majority counts, a tie is no
    label."""
    said: defaultdict[CellKey, int] = defaultdict(int)
    for label in labels:
        said[label.key] += 1 if label.passed else -1
    return calibrate((judged[key], sum_ > 0) for key, sum_ in said.items() if sum_ and key in judged)


def judged_cells(cells: Sequence[Cell]) -> dict[CellKey, bool]:
    """Cells that a judge was asked about, and whether all that it said of them is a pass."""
    found = {}
    for cell in cells:
        verdicts = list(_judged(cell.parts))
        if verdicts and cell.passed is not None:
            found[cell.key] = all(verdicts)
    return found


def _judged(parts: Sequence[Mapping[str, Any]]) -> Iterator[bool]:
    for part in parts:
        if str(part.get("type") or "").removeprefix("not-") in JUDGED:
            yield bool(part.get("passed"))
        yield from _judged(part.get("parts") or ())
