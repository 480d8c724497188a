"""cost, latency and finish-reason: what is known of the call rather than of its text."""

from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.scorer import Scorer, negated, require, yes_or_no
from bot.scorers.tools import Tools


def cost(assertion: Assertion, output: Output, _: Tools) -> Score:
    """At most ``threshold`` US dollars."""
    limit = assertion.threshold
    require(limit is not None, '"cost" needs a threshold')
    require(output.cost is not None, '"cost" cannot be checked: what this call cost is not known')
    return _within(output.cost, limit, assertion, f"cost at most ${limit}, it cost ${output.cost}")


def latency(assertion: Assertion, output: Output, _: Tools) -> Score:
    """At most ``threshold`` milliseconds; an answer from the cache has no latency."""
    limit = assertion.threshold
    require(limit is not None, '"latency" needs a threshold in milliseconds')
    require(output.latency_ms is not None, '"latency" cannot be checked for an answer from the cache')
    return _within(
        output.latency_ms, limit, assertion, f"take at most {limit} ms, it took {output.latency_ms}"
    )


def _within(measured: float | None, limit: float | None, assertion: Assertion, told: str) -> Score:
    return yes_or_no(measured is not None and limit is not None and measured <= limit, assertion, told)


def finish_reason(assertion: Assertion, output: Output, _: Tools) -> Score:
    """The provider's own word for why the answer ended, whatever its case."""
    value, reason = assertion.value, output.finish_reason
    require(isinstance(value, str), '"finish-reason" needs a text as its value')
    if not reason:
        return Score(negated(assertion), float(negated(assertion)), "The provider gave no finish reason")
    return yes_or_no(
        value.lower() == reason.lower(), assertion, f'end for "{value}", it ended for "{reason}"'
    )


SCORERS = (
    Scorer(types=("cost",), grade=cost),
    Scorer(types=("latency",), grade=latency),
    Scorer(types=("finish-reason",), grade=finish_reason),
)
