"""Cases as JSON values and back, without loss; assertions in promptfoo's words."""

from collections.abc import Mapping
from typing import Any

from bot.domain.experiments.cells import Case
from bot.domain.scoring import Assertion


def case_to_json(case: Case) -> dict[str, Any]:
    """Only what is there: an empty field is left out."""
    full = {
        "id": case.id,
        "vars": dict(case.vars),
        "expected": case.expected,
        "assert": [assertion_to_json(each) for each in case.assertions],
        "threshold": case.threshold,
        "note": case.description,
        "slices": dict(case.slices),
        "cluster": case.cluster,
        "synthetic": case.synthetic,
        "origin": case.origin,
        "options": dict(case.options),
        "refused": case.refused,
    }
    return {key: value for key, value in full.items() if key in {"id", "vars"} or _says_something(value)}


def case_from_json(data: Mapping[str, Any]) -> Case:
    """The case that ``case_to_json`` was given."""
    return Case(
        id=data["id"],
        vars=data["vars"],
        assertions=tuple(assertion_from_json(each) for each in data.get("assert", ())),
        threshold=data.get("threshold"),
        description=data.get("note", ""),
        slices=data.get("slices", {}),
        cluster=data.get("cluster", ""),
        synthetic=data.get("synthetic", False),
        origin=data.get("origin", ""),
        options=data.get("options", {}),
        expected=data.get("expected", ""),
        refused=data.get("refused", ""),
    )


def assertion_to_json(assertion: Assertion) -> dict[str, Any]:
    """As in a promptfoo config."""
    full: dict[str, Any] = {
        **assertion.rest,
        "type": assertion.type,
        "value": assertion.value,
        "threshold": assertion.threshold,
        "weight": None if assertion.weight == 1.0 else assertion.weight,
        "metric": assertion.metric or None,
        "transform": assertion.transform or None,
        "provider": assertion.provider or None,
        "assert": [assertion_to_json(each) for each in assertion.members] or None,
    }
    return {key: value for key, value in full.items() if value is not None}


def assertion_from_json(data: Mapping[str, Any]) -> Assertion:
    """The assertion that ``assertion_to_json`` was given."""
    known = {"type", "value", "threshold", "weight", "metric", "transform", "provider", "assert"}
    return Assertion(
        type=data["type"],
        value=data.get("value"),
        threshold=data.get("threshold"),
        weight=data.get("weight", 1.0),
        metric=data.get("metric", ""),
        transform=data.get("transform", ""),
        provider=data.get("provider", ""),
        members=tuple(assertion_from_json(each) for each in data.get("assert", ())),
        rest={key: value for key, value in data.items() if key not in known},
    )


def _says_something(value: Any) -> bool:
    return value not in (None, "", False, [], {}) or (value == 0 and value is not False)
