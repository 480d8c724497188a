"""What judges answer with: these keys and no others, and the reason before the verdict."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict


def _within(highest: float) -> AfterValidator:
    """Checked here, as not every vendor takes bounds in a schema. NaN is not within."""

    def check(value: float) -> float:
        if not 0 <= value <= highest:
            raise ValueError(f"must be within 0 and {highest:g}")
        return value

    return AfterValidator(check)


class Judgement(BaseModel):
    """Nothing is taken for something else: "yes" is no true, and no key is ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class RubricAnswer(Judgement):
    reason: str
    passed: bool
    score: Annotated[float, _within(1)]


class CriterionAnswer(Judgement):
    reason: str
    met: bool


class FactualityAnswer(Judgement):
    reason: str
    category: Literal["A", "B", "C", "D", "E"]


class StatementsAnswer(Judgement):
    statements: list[str]


class Support(Judgement):
    reason: str
    supported: bool


class SupportAnswer(Judgement):
    verdicts: list[Support]


class Attribution(Judgement):
    sentence: str
    attributed: bool


class RecallAnswer(Judgement):
    sentences: list[Attribution]


class RelevanceAnswer(Judgement):
    sentences: list[str]


class QuestionsAnswer(Judgement):
    questions: list[str]


class StepsAnswer(Judgement):
    steps: list[str]


class PointsAnswer(Judgement):
    reason: str
    score: Annotated[float, _within(10)]


class PairAnswer(Judgement):
    reason: str
    better: Literal["first", "second", "tie"]
