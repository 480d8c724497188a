"""promptfoo's recorded verdicts against ours: a floor per tier, and nothing wrong without saying so."""

import json
import math
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tests.contracts import promptfoo_adapter
from tests.paths import SHARED_DATA, needs_shared_data

ROWS = SHARED_DATA / "scorers" / "dev.jsonl"
FLOORS = {"core": 1.0, "ext": 1.0, "agg": 1.0, "tpl": 1.0, "render": 1.0, "js": 1.0, "hard": 1.0}
LOOSE = {"bleu", "gleu", "rouge-n", "perplexity", "perplexity-score"}

pytestmark = needs_shared_data


def test_verdicts_by_tier() -> None:
    seen: dict[str, list[bool | None]] = defaultdict(list)
    wrong = []
    for row in _rows():
        agrees = _agrees(row)
        seen[row["tier"]].append(agrees)
        if agrees is False:
            wrong.append(row["id"])
    assert seen.keys() == FLOORS.keys()
    shares = {tier: sum(agrees is True for agrees in all_) / len(all_) for tier, all_ in seen.items()}
    assert not wrong
    assert {tier for tier, floor in FLOORS.items() if shares[tier] < floor} == set()


def _rows() -> Iterator[dict[str, Any]]:
    with ROWS.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _agrees(row: dict[str, Any]) -> bool | None:
    """Whether our verdict is promptfoo's; None where we say that we have none."""
    expected = row["expected"]
    try:
        got = _asked(row)
    except NotImplementedError:
        return None
    except Exception:  # noqa: BLE001 - whatever is raised stands against promptfoo's own error
        return "error" in expected
    if "error" in expected:
        return False
    if row["kind"] == "render":
        return bool(got["rendered"] == expected["rendered"])
    tolerance = 1e-3 if row["kind"] == "assertion" and _type(row) in LOOSE else 1e-6
    return got["pass"] is expected["pass"] and _same_scores(got, expected, tolerance)


def _type(row: dict[str, Any]) -> str:
    return str(row["assertion"]["type"]).removeprefix("not-")


def _same_scores(got: dict[str, Any], expected: dict[str, Any], tolerance: float) -> bool:
    if expected["score"] is not None and not math.isclose(got["score"], expected["score"], abs_tol=tolerance):
        return False
    named = expected.get("namedScores") or {}
    return all(math.isclose(got["namedScores"][name], value, abs_tol=1e-6) for name, value in named.items())


def _asked(row: dict[str, Any]) -> dict[str, Any]:
    variables = row.get("vars") or {}
    if row["kind"] == "render":
        return {"rendered": promptfoo_adapter.render(row["template"], variables)}
    if row["kind"] == "aggregate":
        return promptfoo_adapter.run_assertions(
            row["assert"], row["output"], vars=variables, threshold=row.get("threshold")
        )
    return promptfoo_adapter.run_assertion(
        row["assertion"],
        row["output"],
        vars=variables,
        latency_ms=row.get("latencyMs"),
        cost=row.get("cost"),
        finish_reason=row.get("finishReason"),
        log_probs=row.get("logProbs"),
        provider_config=row.get("providerConfig"),
    )
