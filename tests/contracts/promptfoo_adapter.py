"""promptfoo's three entry points over Plumbline's own code, for comparing verdicts."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.scoring import Assertion, Output
from bot.errors import Unsupported
from bot.scorers import grading

_KEYS = {"type", "value", "threshold", "weight", "metric", "transform", "provider", "assert"}


def run_assertion(
    assertion: Mapping[str, Any],
    output: Any,
    *,
    vars: Mapping[str, Any],  # noqa: A002 - the name that the callers use
    latency_ms: float | None = None,
    cost: float | None = None,
    finish_reason: str | None = None,
    log_probs: Sequence[float] | None = None,
    provider_config: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    scored = Output(
        value=output,
        vars=vars,
        latency_ms=latency_ms,
        cost=cost,
        finish_reason=finish_reason,
        log_probs=None if log_probs is None else tuple(log_probs),
        provider_config=provider_config or {},
    )
    try:
        score = grading.score_now(_assertion(assertion), scored)
    except Unsupported as error:
        raise NotImplementedError(error.message) from error
    return {"pass": score.passed, "score": score.value}


def run_assertions(
    asserts: Sequence[Mapping[str, Any]],
    output: Any,
    *,
    vars: Mapping[str, Any],  # noqa: A002 - the name that the callers use
    threshold: float | None = None,
) -> dict[str, Any]:
    scored = Output(value=output, vars=vars)
    try:
        score = grading.grade_now([_assertion(each) for each in asserts], scored, threshold)
    except Unsupported as error:
        raise NotImplementedError(error.message) from error
    return {"pass": score.passed, "score": score.value, "namedScores": dict(score.named)}


def render(template: str, vars: Mapping[str, Any]) -> str:  # noqa: A002 - the name that the callers use
    from bot.domain import nunjucks

    return nunjucks.render(template, vars)


def _assertion(config: Mapping[str, Any]) -> Assertion:
    rest = {key: value for key, value in config.items() if key not in _KEYS}
    if "value" in config and config["value"] is None:
        rest["value"] = None
    return Assertion(
        type=config["type"],
        value=config.get("value"),
        threshold=config.get("threshold"),
        weight=config.get("weight", 1),
        metric=config.get("metric") or "",
        transform=config.get("transform") or "",
        provider=config.get("provider") or "",
        members=tuple(_assertion(each) for each in config.get("assert", ())),
        rest=rest,
    )
