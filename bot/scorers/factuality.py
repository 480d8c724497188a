"""factuality: a judge compares the facts of the output with those of an expert's answer.

The five categories are those of OpenAI's evals; a config may weigh them (``factuality: {subset: 0.5}``).
"""

from collections.abc import Mapping
from typing import Any

from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.judging import ask, judge_of, only_affirmed, said_by, text_or_json
from bot.scorers.scorer import Scorer, base_type, require
from bot.scorers.tools import Tools

PROMPT = "judge_factuality@1"
CATEGORIES: Mapping[str, tuple[str, float]] = {
    "A": ("subset", 1.0),
    "B": ("superset", 1.0),
    "C": ("agree", 1.0),
    "D": ("disagree", 0.0),
    "E": ("differButFactual", 1.0),
}


async def factuality(assertion: Assertion, output: Output, tools: Tools) -> Score:
    """The score of the category, which passes above 0."""
    from bot.scorers.kit.answers import FactualityAnswer

    only_affirmed(assertion)
    require(isinstance(assertion.value, str), f'"{base_type(assertion)}" needs a text as its value')
    require(output.prompt, f'"{base_type(assertion)}" needs a prompt')
    values = {"input": output.prompt, "ideal": assertion.value, "output": text_or_json(output.value)}
    said, cost = await ask(
        PROMPT, values, FactualityAnswer, tools, kind=assertion.type, provider=judge_of(assertion)
    )
    value = _score(said.category, assertion.rest.get("factuality"))
    return Score(value > 0, value, f"{said.category}: {said_by(PROMPT, said.reason)}", judged=cost)


def _score(category: str, weights: Any) -> float:
    name, usual = CATEGORIES[category]
    own = weights.get(name) if isinstance(weights, Mapping) else None
    if own is None:
        return usual
    require(isinstance(own, int | float) and not isinstance(own, bool), f"factuality.{name} must be a number")
    return float(own)


SCORERS = (Scorer(types=("factuality", "model-graded-factuality"), awaited=factuality),)
