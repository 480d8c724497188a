"""Two outputs for one input, compared by a judge in both orders: only what it says both times counts."""

from dataclasses import dataclass
from typing import Literal

from bot.scorers.kit.judging import ask, said_by
from bot.scorers.tools import Tools

PROMPT = "judge_pairwise@1"
Winner = Literal["first", "second", "tie"]
_TURNED: dict[Winner, Winner] = {"first": "second", "second": "first", "tie": "tie"}


@dataclass(frozen=True, slots=True)
class Pairwise:
    """``winner`` is "tie" too where the orders disagree; then ``consistent`` is False. ``reasons``: one for
    each order. ``judged`` is what it cost in US dollars."""

    winner: Winner
    consistent: bool
    reasons: tuple[str, str]
    judged: float


async def pairwise(
    criterion: str, asked: str, first: str, second: str, tools: Tools, *, provider: str = ""
) -> Pairwise:
    """Which of two outputs for ``asked`` meets the criterion better.

    Raises:
        Unsupported: there is no judge. ModelError and its kinds: it did not answer.
    """
    forth, reason, cost = await _better(criterion, asked, (first, second), tools, provider)
    back, other, more = await _better(criterion, asked, (second, first), tools, provider)
    consistent = forth == _TURNED[back]
    return Pairwise(forth if consistent else "tie", consistent, (reason, other), cost + more)


async def _better(
    criterion: str, asked: str, pair: tuple[str, str], tools: Tools, provider: str
) -> tuple[Winner, str, float]:
    from bot.scorers.kit.answers import PairAnswer

    values = {"criterion": criterion, "input": asked, "first": pair[0], "second": pair[1]}
    said, cost = await ask(PROMPT, values, PairAnswer, tools, kind="pairwise", provider=provider)
    return said.better, said_by(PROMPT, said.reason), cost
