"""What a judge's word is worth: held against people's labels, and held back where it agrees too little."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.experiments.calibration import FEWEST, FEWEST_EACH, Calibration, calibrate
from bot.domain.experiments.cells import Cell, CellKey, Label
from bot.domain.experiments.report import ExperimentReport
from bot.domain.experiments.result import conclude
from bot.domain.experiments.results import Conclusion, Verdict, VerdictKind
from bot.domain.experiments.verdict import overall
from bot.domain.scoring import JUDGED

NO_GATE = (
    "what a judge says promotes nothing until it is known to agree with people: let people vote on the "
    "outputs, or change the rubric"
)


def calibrated(report: ExperimentReport, labels: Sequence[Label]) -> ExperimentReport:
    """The report with a line on its judge, where a judge judged any of its cells.

    Unless the judge is shown to agree with people, no SHIP is said that does not hold by the other cases
    alone, in the conclusion itself, so that every card, page, exit code and promotion says the same.
    """
    judged = judged_cells(report.cells)
    if not judged:
        return report
    found = calibration(judged, labels)
    report = replace(report, judge=found.sentence)
    if found.may_gate:
        return report
    concluded = held_back(report.conclusion, _why(found), _proven_without(report, judged))
    if concluded == report.conclusion:
        return report
    return replace(report, conclusion=concluded, notes=(*report.notes, NO_GATE))


def held_back(found: Conclusion, why: str, proven: Collection[str]) -> Conclusion:
    """No candidate ships but those ``proven``; what the judge alone says stands behind the reason."""
    verdicts = tuple(
        each if each.kind is not VerdictKind.SHIP or each.candidate in proven else _withheld(each, why)
        for each in found.verdicts
    )
    if verdicts == found.verdicts:
        return found
    recommended = overall(verdicts, found.comparisons, found.baseline)
    return replace(found, verdicts=verdicts, overall=recommended, cheapest_within_margin=None)


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


def _proven_without(report: ExperimentReport, judged: Mapping[CellKey, bool]) -> frozenset[str]:
    """Candidates that ship by the cases of which no judge was asked."""
    asked = {key.case for key in judged}
    rest = [cell for cell in report.cells if cell.key.case not in asked]
    found = report.conclusion
    if not any(cell.key.arm == found.baseline for cell in rest):
        return frozenset()
    alone = conclude(
        rest,
        cases=report.plan.cases,
        baseline=found.baseline,
        margin=found.margin,
        alpha=found.alpha,
        arms=[arm.arm for arm in found.arms],
        stopped_early=any(one.stopped_early for one in found.comparisons),
    )
    return frozenset(each.candidate for each in alone.verdicts if each.kind is VerdictKind.SHIP)


def _withheld(verdict: Verdict, why: str) -> Verdict:
    claim = verdict.sentence.removeprefix(f"Ship {verdict.candidate}: it ")
    text = f"Not enough: {why}; by its word alone {verdict.candidate} {claim}"
    return Verdict(VerdictKind.NEED_MORE, verdict.candidate, text, withheld=True)


def _why(found: Calibration) -> str:
    labels = f"{found.n} label{'' if found.n == 1 else 's'}"
    if not found.enough:
        takes = f"it takes {FEWEST}, {FEWEST_EACH} of each"
        return f"too few labels of people to trust the judge ({labels}; {takes})"
    kappa = "no kappa" if found.kappa is None else f"kappa {found.kappa:.2f}"
    return f"the judge agrees too little with people ({kappa} on {labels})"
