"""g-eval: a judge turns a criterion into steps, then grades by them (Liu et al. 2023, arXiv:2303.16634)."""

from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.judging import ask, judge_of, no_verdict, said_by, text_or_json
from bot.scorers.scorer import Scorer, negated, require
from bot.scorers.tools import Tools

STEPS, GRADE = "judge_geval_steps@1", "judge_geval@1"
DEFAULT_THRESHOLD = 0.7
_POINTS = 10


async def g_eval(assertion: Assertion, output: Output, tools: Tools) -> Score:
    """The mean over all criteria of the points out of ten."""
    criteria = _criteria(assertion)
    require(output.prompt, '"g-eval" needs a prompt')
    values: list[float] = []
    reasons: list[str] = []
    cost = 0.0
    for criterion in criteria:
        graded = await _graded(criterion, assertion, output, tools)
        cost += graded.judged
        if not graded.passed:
            return no_verdict(graded.reason, cost)
        values.append(graded.value)
        reasons.append(graded.reason)
    mean = sum(values) / len(values)
    threshold = DEFAULT_THRESHOLD if assertion.threshold is None else assertion.threshold
    inverse = negated(assertion)
    passed = (mean >= threshold) is not inverse
    return Score(passed, 1 - mean if inverse else mean, " ".join(reasons), judged=cost)


async def _graded(criterion: str, assertion: Assertion, output: Output, tools: Tools) -> Score:
    """One criterion's points as 0..1; not passed where there are no steps to grade by."""
    from bot.scorers.kit.answers import PointsAnswer, StepsAnswer

    kind, judge = assertion.type, judge_of(assertion)
    planned, cost = await ask(STEPS, {"criterion": criterion}, StepsAnswer, tools, kind=kind, provider=judge)
    steps = [each for each in planned.steps if each.strip()]
    if not steps:
        return no_verdict("The judge found no steps to grade by", cost)
    values = {
        "criterion": criterion, "steps": steps, "input": output.prompt,
        "output": text_or_json(output.value),
    }  # fmt: skip
    said, more = await ask(GRADE, values, PointsAnswer, tools, kind=kind, provider=judge)
    return Score(True, said.score / _POINTS, said_by(GRADE, said.reason), judged=cost + more)


def _criteria(assertion: Assertion) -> list[str]:
    value = assertion.value if isinstance(assertion.value, list | tuple) else [assertion.value]
    require(
        value and all(isinstance(each, str) for each in value),
        '"g-eval" needs a criterion or a list of criteria as its value',
    )
    return list(value)


SCORERS = (Scorer(types=("g-eval",), awaited=g_eval),)
