"""What the page's program works on: arms, cases and cells as one compact JSON text that no HTML can end."""

import json
from collections.abc import Mapping
from typing import Any

from bot.domain.experiments.cells import Case, Cell
from bot.domain.experiments.plan import PlannedArm, Template
from bot.domain.experiments.report import ExperimentReport
from bot.domain.scoring import Assertion
from bot.reports.json import finite

LONGEST = 50_000  # characters of one output that the page carries; the JSON report has all
_LIVE = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def payload(report: ExperimentReport) -> str:
    """Safe between ``<script type="application/json">`` and its end."""
    text = json.dumps(finite(_facts(report)), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(_LIVE)


def letter(at: int) -> str:
    """The mark of an arm in charts and columns: A is the first, then B … Z, AA."""
    return (letter(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def _facts(report: ExperimentReport) -> dict[str, Any]:
    found = report.conclusion
    order = {planned.arm.id: at for at, planned in enumerate(report.plan.arms)}
    place = {case.id: at for at, case in enumerate(report.plan.cases)}
    return {
        "repeats": report.plan.repeats,
        "base": order.get(found.baseline, 0),
        "choice": order.get(found.overall.candidate, -1),
        "arms": [_arm(at, planned) for at, planned in enumerate(report.plan.arms)],
        "cases": [_case(case) for case in report.plan.cases],
        "cells": [
            _cell(cell, order[cell.key.arm], place[cell.key.case])
            for cell in report.cells
            if cell.key.arm in order and cell.key.case in place
        ],
        "disagreements": [place[one.case] for one in found.disagreements if one.case in place],
    }


def _arm(at: int, planned: PlannedArm) -> dict[str, Any]:
    arm = planned.arm
    return {
        "key": letter(at),
        "id": arm.id,
        "prompt": arm.prompt,
        "model": arm.model,
        "template": template_text(planned.template),
    }


def template_text(template: Template) -> str:
    """The template as one reads it, its roles named."""
    user = f"{template.prefix}{template.text}{template.suffix}"
    return f"System\n{template.system}\n\nUser\n{user}" if template.system else user


def _case(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "vars": {name: _told(value) for name, value in case.vars.items()},
        "checks": [_check(assertion) for assertion in case.assertions],
        "about": case.description,
        "slices": dict(case.slices),
        "origin": case.origin,
        "made": case.synthetic,
    }


def _check(assertion: Assertion) -> str:
    if assertion.members:
        return f"{assertion.type} ({', '.join(_check(member) for member in assertion.members)})"
    return assertion.type if assertion.value is None else f"{assertion.type}: {_told(assertion.value)[:500]}"


def _cell(cell: Cell, arm: int, case: int) -> list[Any]:
    return [
        arm,
        case,
        cell.key.repeat,
        cell.output[:LONGEST],
        max(0, len(cell.output) - LONGEST),
        cell.passed,
        cell.score,
        "" if cell.parts else cell.reason[:2000],
        cell.error[:5000],
        cell.latency_ms,
        cell.cost,
        cell.cached,
        [_part(part) for part in cell.parts],
    ]


def _part(part: Mapping[str, Any]) -> list[Any]:
    kind, passed = str(part.get("type") or "assert-set"), part.get("passed")
    reason = "" if passed else str(part.get("reason") or "")[:2000]
    return [kind, passed, part.get("score"), reason, str(part.get("metric") or "")]


def _told(value: Any) -> str:
    """A variable as it is read: text as it is, the rest as JSON."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text[:LONGEST]
