"""For machines: every cell, the arms, the comparisons and the verdict. The keys are a contract."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.experiments.report import ExperimentReport
from bot.reports._facts import arm_facts, cell_facts, comparison_facts, preference_facts, verdict_facts


def render(report: ExperimentReport) -> str:
    """One JSON object. ``verdict`` and ``needed_cases`` are the recommendation's, ``comparison`` is the first
    candidate's; ``comparisons`` and ``verdicts`` have all. Numbers that are none become null."""
    return json.dumps(finite(facts(report)), ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def facts(report: ExperimentReport) -> dict[str, Any]:
    found = report.conclusion
    comparisons = [comparison_facts(one) for one in found.comparisons]
    return {
        "title": report.title,
        "experiment": report.name,
        "at": report.at.isoformat(),
        "verdict": found.overall.kind.value,
        "sentence": found.overall.sentence,
        "needed_cases": found.overall.needed_cases,
        "comparison": comparisons[0] if comparisons else None,
        "comparisons": comparisons,
        "verdicts": [verdict_facts(one) for one in found.verdicts],
        "cheapest_within_margin": found.cheapest_within_margin,
        "pairwise": preference_facts(report.pairwise) if report.pairwise else None,
        "measure": found.measure,
        "margin": found.margin,
        "arms": [arm_facts(arm) for arm in found.arms],
        "spent": report.spent,
        "cap": report.cap,
        "stopped": report.stopped or None,
        "missing": report.missing,
        "unsupported": list(report.plan.unsupported),
        "notes": [note for note in (*found.notes, report.judge, *report.notes) if note],
        "cells": [cell_facts(cell) for cell in report.cells],
    }


def finite(value: Any) -> Any:
    """The value without NaN and infinities, which JSON does not have, and without lone surrogates."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {str(finite(str(key))): finite(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [finite(item) for item in value]
    return value if value is None or isinstance(value, (bool, int)) else str(value)
