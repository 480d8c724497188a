"""Short ways to ask scorers in tests."""

from typing import Any

from bot.domain.scoring import Assertion, Output, Score
from bot.scorers import grading
from bot.scorers.tools import NO_TOOLS, Tools


def score(
    type_: str, value: Any = None, output: Any = "", *, tools: Tools = NO_TOOLS, **fields: Any
) -> Score:
    """What one assertion says; fields of an Output go there, all others to the assertion."""
    told = {key: fields.pop(key) for key in list(fields) if key in Output.__dataclass_fields__}
    return grading.score_now(Assertion(type_, value, **fields), Output(output, **told), tools)


async def awaited(
    type_: str, value: Any = None, output: Any = "", *, tools: Tools = NO_TOOLS, **fields: Any
) -> Score:
    """``score`` for a type that asks somebody."""
    told = {key: fields.pop(key) for key in list(fields) if key in Output.__dataclass_fields__}
    return await grading.score(Assertion(type_, value, **fields), Output(output, **told), tools)


def passes(type_: str, value: Any = None, output: Any = "", **fields: Any) -> bool:
    return score(type_, value, output, **fields).passed
