"""For CI systems: JUnit XML as Jenkins reads it, one suite per arm, one test case per cell."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from bot.domain.experiments.cells import Cell
from bot.domain.experiments.report import ExperimentReport
from bot.domain.experiments.telling import headline, sentence

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


def render(report: ExperimentReport) -> str:
    """A document that validates against Jenkins' junit-10.xsd."""
    several = report.plan.repeats > 1
    suites = [_suite(report, arm.arm.id, several=several) for arm in report.plan.arms]
    root = ET.Element("testsuites", {"name": legal(report.title), **_total(report.cells)})
    root.extend(suites)
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def legal(text: str) -> str:
    """The text without characters that XML forbids, however they are written."""
    return _FORBIDDEN.sub("", text)


def _suite(report: ExperimentReport, arm: str, *, several: bool) -> ET.Element:
    cells = [cell for cell in report.cells if cell.key.arm == arm]
    suite = ET.Element(
        "testsuite",
        {
            "name": legal(arm),
            **_total(cells),
            "skipped": str(sum(_undecided(cell) for cell in cells)),
            "timestamp": report.at.replace(tzinfo=None).isoformat(timespec="seconds"),
        },
    )
    properties = ET.SubElement(suite, "properties")
    for name, value in (("experiment", report.name), ("verdict", f"{headline(report)}: {sentence(report)}")):
        ET.SubElement(properties, "property", {"name": name, "value": legal(value)})
    suite.extend(_case(report.name, cell, several=several) for cell in cells)
    return suite


def _total(cells: Sequence[Cell]) -> dict[str, str]:
    return {
        "tests": str(len(cells)),
        "failures": str(sum(cell.passed is False and not cell.error for cell in cells)),
        "errors": str(sum(bool(cell.error) for cell in cells)),
        "time": _seconds(sum(cell.latency_ms or 0.0 for cell in cells)),
    }


def _case(suite: str, cell: Cell, *, several: bool) -> ET.Element:
    name = f"{cell.key.case} (repeat {cell.key.repeat + 1})" if several else cell.key.case
    case = ET.Element(
        "testcase",
        {
            "name": legal(name),
            "classname": legal(f"{suite}.{cell.key.arm}"),
            "time": _seconds(cell.latency_ms or 0.0),
        },
    )
    if cell.error:
        _told(case, "error", cell.error, "error")
    elif cell.passed is False:
        reasons = _reasons(cell)
        _told(case, "failure", "\n".join(reason for _, reason in reasons), reasons[0][0])
    elif _undecided(cell):
        _told(case, "skipped", "nothing was asserted", "")
    if cell.output:
        ET.SubElement(case, "system-out").text = legal(cell.output)
    return case


def _reasons(cell: Cell) -> list[tuple[str, str]]:
    """The type and reason of each assertion that failed, or of the cell as a whole."""
    failed = [part for part in cell.parts if not part.get("passed", True)]
    told = [(str(part.get("type") or "assert-set"), str(part.get("reason") or "")) for part in failed]
    return told or [("assertion", cell.reason or "failed")]


def _told(case: ET.Element, tag: str, message: str, kind: str) -> None:
    first = message.strip().splitlines()[0] if message.strip() else "failed"
    attributes = {"message": legal(first)[:500]} | ({"type": legal(kind)} if kind else {})
    ET.SubElement(case, tag, attributes).text = legal(message)


def _undecided(cell: Cell) -> bool:
    return cell.passed is None and not cell.error


def _seconds(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.3f}"
