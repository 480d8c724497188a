"""Pairs are compared in both orders, and only what the judge says both times counts."""

from collections.abc import Callable

import pytest

from bot.errors import Unsupported
from bot.scorers.pairwise import pairwise
from bot.scorers.tools import NO_TOOLS
from tests.unit.scorers.judges import COST, Asked, ScriptedJudge

GOOD, BAD = "It arrives on Monday.", "Soon."


def judge(better: Callable[[str, str], str]) -> ScriptedJudge:
    def answer(asked: Asked) -> dict[str, str]:
        shown = asked.sections
        return {"reason": "r", "better": better(shown["first output"], shown["second output"])}

    return ScriptedJudge({"judge_pairwise@1": answer})


@pytest.mark.parametrize(
    ("better", "winner", "consistent"),
    [
        (lambda first, _: "first" if first == GOOD else "second", "first", True),
        (lambda first, _: "second" if first == GOOD else "first", "second", True),
        (lambda *_: "tie", "tie", True),
        (lambda *_: "first", "tie", False),
        (lambda *_: "second", "tie", False),
        (lambda first, _: "first" if first == GOOD else "tie", "tie", False),
    ],
    ids=["the good one", "the bad one", "neither", "whichever is first", "whichever is last", "half a win"],
)
async def test_only_wins_in_both_orders_count(
    better: Callable[[str, str], str], winner: str, consistent: bool
) -> None:
    asked = judge(better)
    found = await pairwise("Names a day.", "When?", GOOD, BAD, asked.tools, provider="openai:x")
    assert (found.winner, found.consistent) == (winner, consistent)
    assert found.judged == 2 * COST
    assert [each.sections["first output"] for each in asked.asked] == [GOOD, BAD]
    assert {each.provider for each in asked.asked} == {"openai:x"}


async def test_it_needs_a_judge() -> None:
    with pytest.raises(Unsupported, match="needs a judge model"):
        await pairwise("c", "i", "a", "b", NO_TOOLS)
