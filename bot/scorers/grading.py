"""From the assertions of a case to one score, added up as promptfoo adds them.

score = sum(score x weight) / sum(weight); all must pass, unless a threshold is set, which then decides alone;
an assertion of weight 0 always passes; a metric is the weighted mean of the assertions that name it.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.scoring import Assertion, Output, Part, Score
from bot.errors import InputError, PlumblineError, Unsupported
from bot.scorers import SCORERS
from bot.scorers.known import why_not
from bot.scorers.resolving import filled, resolved
from bot.scorers.scorer import AssertionInvalid, Scorer, base_type
from bot.scorers.tools import NO_TOOLS, Tools

_SET = "assert-set"
_AT_ONCE = 3  # assertions of one output that are awaited at the same time


async def grade(
    assertions: Sequence[Assertion], output: Output, threshold: float | None = None, tools: Tools = NO_TOOLS
) -> Score:
    """One score for all assertions of a case. Raises AssertionInvalid and Unsupported."""
    if not any(needs_waiting(each) for each in assertions):
        return grade_now(assertions, output, threshold, tools)
    import asyncio  # 40 ms of a start that seldom needs it

    single = list(_flat(assertions))
    places = asyncio.Semaphore(_AT_ONCE)

    async def one(assertion: Assertion) -> Score:
        async with places:
            return await score(assertion, output, tools)

    tasks = [asyncio.create_task(one(each)) for each in single]
    try:
        scores = await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
    return _total(assertions, iter(scores), output, threshold)


def grade_now(
    assertions: Sequence[Assertion], output: Output, threshold: float | None = None, tools: Tools = NO_TOOLS
) -> Score:
    """``grade`` where nothing has to be awaited."""
    scores = [score_now(each, output, tools) for each in _flat(assertions)]
    return _total(assertions, iter(scores), output, threshold)


async def score(assertion: Assertion, output: Output, tools: Tools = NO_TOOLS) -> Score:
    """What one assertion says; a set is no single assertion."""
    scorer = scorer_of(assertion)
    if scorer.awaited is None:
        return score_now(assertion, output, tools)
    assertion, output = resolved(assertion, output, tools)
    return _weighed(assertion, await scorer.awaited(assertion, output, tools))


def score_now(assertion: Assertion, output: Output, tools: Tools = NO_TOOLS) -> Score:
    """What one assertion says that needs no waiting."""
    scorer = scorer_of(assertion)
    if scorer.grade is None:
        raise Unsupported(f'"{assertion.type}" cannot be scored without waiting')
    assertion, output = resolved(assertion, output, tools)
    try:
        return _weighed(assertion, scorer.grade(assertion, output, tools))
    except RecursionError:
        raise InputError(f'The output is nested too deeply for "{assertion.type}".') from None


def needs_waiting(assertion: Assertion) -> bool:
    return any(scorer_of(each).awaited is not None for each in _flat([assertion]))


def scorer_of(assertion: Assertion) -> Scorer:
    """Raises Unsupported for a type that only promptfoo has, AssertionInvalid for one that nobody has."""
    name = base_type(assertion)
    scorer = SCORERS.get(name)
    if scorer is not None:
        return scorer
    if reason := why_not(name):
        raise Unsupported(f'"{assertion.type}" is not supported: it {reason}')
    raise AssertionInvalid(f'Unknown assertion type "{assertion.type}"')


def _flat(assertions: Sequence[Assertion]) -> Iterator[Assertion]:
    for assertion in assertions:
        if assertion.type == _SET:
            yield from assertion.members
        else:
            yield assertion


def _weighed(assertion: Assertion, score: Score) -> Score:
    return replace(score, passed=True) if assertion.weight == 0 and not score.passed else score


@dataclass(slots=True)
class _Sum:
    """What is added up for a case, or for a set within it."""

    score: float = 0.0
    weight: float = 0.0
    judged: float = 0.0
    failure: str = ""
    parts: list[Part] = field(default_factory=list)
    named: dict[str, float] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)

    def add(self, part: Part, weight: float, named_weights: Mapping[str, float]) -> None:
        score = part.score
        self.parts.append(part)
        self.score += score.value * weight
        self.weight += weight
        self.judged += score.judged
        if part.metric:
            self._name(part.metric, score.value, weight)
        for name, value in score.named.items():
            if name != part.metric:
                self._name(name, value, named_weights.get(name, 1) * weight)
        if not score.passed:
            self.failure = score.reason

    def _name(self, name: str, value: float, weight: float) -> None:
        self.named[name] = self.named.get(name, 0) + value * weight
        self.weights[name] = self.weights.get(name, 0) + weight

    def done(self, threshold: float | None) -> Score:
        value = self.score / self.weight if self.weight > 0 else 0.0
        passed, reason = not self.failure, self.failure or "All assertions passed"
        if threshold is not None and not math.isnan(threshold):
            passed = value >= threshold
            reason = f"Score {value:.2f} is {'at least' if passed else 'below'} threshold {threshold:g}"
        named = {
            name: total / self.weights[name] if self.weights[name] > 0 else 0.0
            for name, total in self.named.items()
        }
        return Score(passed, value, reason, named, tuple(self.parts), self.judged)


def _total(
    assertions: Sequence[Assertion], scores: Iterator[Score], output: Output, threshold: float | None
) -> Score:
    """``scores`` has one for each single assertion, in order. Sets are added after all else."""
    if not assertions:
        return Score(True, 1.0, "No assertions")
    whole, sets = _Sum(), []
    for assertion in assertions:
        if assertion.type == _SET:
            inner = _Sum()
            for member in assertion.members:
                inner.add(Part(member.type, next(scores), _metric(member, output)), member.weight, {})
            sets.append((assertion, inner))
        else:
            whole.add(Part(assertion.type, next(scores), _metric(assertion, output)), assertion.weight, {})
    for assertion, inner in sets:
        part = Part(None, inner.done(assertion.threshold), _metric(assertion, output))
        whole.add(part, assertion.weight, inner.weights)
    return whole.done(threshold)


def _metric(assertion: Assertion, output: Output) -> str:
    """A metric's name is a template; one that cannot be rendered stays as it is written."""
    if "{" not in assertion.metric:
        return assertion.metric
    try:
        return str(filled(assertion.metric, output.vars, NO_TOOLS))
    except PlumblineError:
        return assertion.metric
