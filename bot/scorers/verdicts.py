"""What a user's script says of an output, as a score."""

from collections.abc import Mapping
from typing import Any

from bot.domain.jsvalues import is_number
from bot.domain.scoring import Assertion, Score
from bot.errors import Unsupported
from bot.scorers.scorer import PASSED, negated


class ScriptFailed(Exception):
    """The code raised, or gave back what is no verdict."""


def of_flag(value: bool, assertion: Assertion, code: str) -> Score:
    passed = value is not negated(assertion)
    return Score(passed, float(passed), PASSED if passed else _said(code, value))


def of_number(value: float, assertion: Assertion, code: str) -> Score:
    """Above 0, or at least the threshold; "not-" turns the verdict round, not the score."""
    reached = value > 0 if assertion.threshold is None else value >= assertion.threshold
    passed = reached is not negated(assertion)
    return Score(passed, value, PASSED if passed else _said(code, reached))


def of_result(result: Mapping[str, Any], assertion: Assertion, code: str) -> Score:
    """``{pass, score, reason}``, perhaps with named scores; "not-" turns the verdict round, not the score."""
    if result.get("namedScoreWeights"):
        raise Unsupported("Weights of named scores are not supported.")
    passed = result["pass"] is not negated(assertion)
    reason = (
        result["reason"] if passed is result["pass"] else PASSED if passed else _said(code, result["pass"])
    )
    scores = result.get("namedScores")
    named = {name: value for name, value in scores.items() if is_number(value)} if scores else {}
    return Score(passed, result["score"], reason, named)


def _said(code: str, value: bool) -> str:
    return f"{code} returned {'true' if value else 'false'}"
