"""similar and answer-relevance, with vectors made by hand and once with the embeddings that ship."""

import asyncio
import math
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bot.errors import Unsupported
from bot.scorers.scorer import AssertionInvalid
from bot.scorers.tools import Tools
from tests.unit.scorers.judges import ScriptedJudge
from tests.unit.scorers.say import awaited

VECTORS: Mapping[str, list[float]] = {
    "east": [1.0, 0.0],
    "north": [0.0, 1.0],
    "north-east": [3.0, 3.0],
    "west": [-2.0, 0.0],
    "nowhere": [0.0, 0.0],
}
HALF = math.sqrt(0.5)  # the cosine of 45 degrees


async def embed(texts: Sequence[str]) -> list[list[float]]:
    return [VECTORS[text] for text in texts]


TOOLS = Tools(embed=embed)


@pytest.mark.parametrize(
    ("type_", "wanted", "output", "threshold", "expected"),
    [
        ("similar", "east", "east", None, (True, 1.0)),
        ("similar", "east", "north-east", None, (False, HALF)),
        ("similar", "east", "north-east", 0.7, (True, HALF)),
        ("similar:cosine", "east", "west", -1, (True, -1.0)),
        ("similar", "east", "nowhere", 0, (True, 0.0)),
        ("not-similar", "east", "north", None, (True, 1.0)),
        ("not-similar", "east", "north-east", 0.7, (False, 1 - HALF)),
        ("similar", ["north", "north-east"], "east", 0.7, (True, HALF)),
        ("similar", ["north", "west"], "east", None, (False, 0.0)),
        ("not-similar", ["north", "north-east", "east"], "east", 0.5, (False, 1 - HALF)),
        ("not-similar", ["north", "north-east"], "east", 0.9, (True, 1 - HALF)),
        ("similar:dot", "north-east", "north-east", 17.9, (True, 18.0)),
        ("not-similar:dot", "west", "east", -1, (True, 3.0)),
        ("similar:euclidean", "east", "west", 3, (True, 0.25)),
        ("similar:euclidean", "east", "west", 2.9, (False, 0.25)),
        ("not-similar:euclidean", "east", "west", 3, (True, 0.75)),
    ],
)
async def test_nearness(
    type_: str, wanted: Any, output: str, threshold: float | None, expected: tuple[bool, float]
) -> None:
    said = await awaited(type_, wanted, output, tools=TOOLS, threshold=threshold)
    assert said.passed is expected[0]
    assert said.value == pytest.approx(expected[1])


@pytest.mark.parametrize("wanted", [None, [], ["east", 1], {"a": "b"}])
async def test_only_texts_can_be_near(wanted: Any) -> None:
    with pytest.raises(AssertionInvalid, match="needs a text or a list of texts"):
        await awaited("similar", wanted, "east", tools=TOOLS)


async def test_without_embeddings_it_says_so() -> None:
    with pytest.raises(Unsupported, match="needs embeddings"):
        await awaited("similar", "east", "east")


@pytest.mark.parametrize(
    ("type_", "variables", "expected"),
    [
        ("answer-relevance", {"query": "east"}, (False, (1 + HALF + 0) / 3 - 1 / 3)),
        ("answer-relevance", {}, (True, (0 + HALF + 1) / 3)),
        ("not-answer-relevance", {}, (False, 1 - (0 + HALF + 1) / 3)),
    ],
)
async def test_an_answer_is_relevant_where_its_questions_are_near(
    type_: str, variables: dict[str, str], expected: tuple[bool, float]
) -> None:
    questions = ["east", "north-east", "north"] if not variables else ["nowhere", "north-east", "north"]
    judge = ScriptedJudge({"judge_questions@1": {"questions": questions}})
    tools = Tools(ask=judge.ask, embed=embed)
    said = await awaited(type_, None, "It is so.", tools=tools, prompt="north", vars=variables)
    assert said.passed is expected[0]
    assert said.value == pytest.approx(expected[1])
    assert judge.asked[0].sections == {"output": "It is so."}


async def test_the_embeddings_that_ship_know_what_is_alike() -> None:
    from bot.embeddings.minilm import MiniLM

    model = MiniLM(threads=1)

    async def shipped(texts: Sequence[str]) -> Any:
        return await asyncio.to_thread(model.embed, texts)

    wanted, tools = "My card was stolen, please block it.", Tools(embed=shipped)
    alike = await awaited("similar", wanted, "Somebody took my card. Block it.", tools=tools, threshold=0.6)
    other = await awaited("similar", wanted, "The weather in Lisbon is mild.", tools=tools, threshold=0.6)
    assert (alike.passed, other.passed) == (True, False)
    assert alike.value > other.value + 0.4
