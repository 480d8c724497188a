"""model-graded-closedqa: a judge says whether the output meets one criterion."""

from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.judging import ask, judge_of, only_affirmed, said_by, text_or_json
from bot.scorers.scorer import Scorer, base_type, require
from bot.scorers.tools import Tools

PROMPT = "judge_closedqa@1"


async def closed_qa(assertion: Assertion, output: Output, tools: Tools) -> Score:
    from bot.scorers.kit.answers import CriterionAnswer

    only_affirmed(assertion)
    require(isinstance(assertion.value, str), f'"{base_type(assertion)}" needs a text as its value')
    require(output.prompt, f'"{base_type(assertion)}" needs a prompt')
    values = {
        "input": output.prompt, "criterion": assertion.value, "output": text_or_json(output.value)
    }  # fmt: skip
    said, cost = await ask(
        PROMPT, values, CriterionAnswer, tools, kind=assertion.type, provider=judge_of(assertion)
    )
    return Score(said.met, float(said.met), said_by(PROMPT, said.reason), judged=cost)


SCORERS = (Scorer(types=("model-graded-closedqa",), awaited=closed_qa),)
