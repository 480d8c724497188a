"""llm-rubric: a judge grades the output against a rubric."""

import json

from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.judging import ask, judge_of, said_by, text_or_json
from bot.scorers.scorer import Scorer, base_type, negated, require
from bot.scorers.tools import Tools

PROMPT = "judge_rubric@1"


async def llm_rubric(assertion: Assertion, output: Output, tools: Tools) -> Score:
    """Passes where the judge says so and its score reaches the threshold, if there is one."""
    from bot.scorers.kit.answers import RubricAnswer

    values = {"rubric": _rubric(assertion), "output": text_or_json(output.value)}
    said, cost = await ask(
        PROMPT, values, RubricAnswer, tools, kind=assertion.type, provider=judge_of(assertion)
    )
    passed = said.passed and (assertion.threshold is None or said.score >= assertion.threshold)
    inverse = negated(assertion)
    value = 1 - said.score if inverse else said.score
    return Score(passed is not inverse, value, said_by(PROMPT, said.reason), judged=cost)


def _rubric(assertion: Assertion) -> str:
    value = assertion.value
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    require(isinstance(value, str) and value.strip(), f'"{base_type(assertion)}" needs a rubric as its value')
    return str(value)


SCORERS = (Scorer(types=("llm-rubric",), awaited=llm_rubric),)
