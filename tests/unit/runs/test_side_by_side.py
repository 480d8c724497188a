"""Two arms side by side before a judge: both orders, and only what it says in both counts."""

import re
from typing import Any

import pytest

from bot.domain.experiments.cells import Cell, CellKey
from bot.domain.experiments.preference import Preference
from bot.scorers.tools import Said, Tools
from bot.services.runs.money import Purse
from bot.services.runs.side_by_side import side_by_side
from tests.unit.runs.plans import plan_of

WORDS = {"a": ("good", "fine", "same", "plain"), "b": ("bad", "splendid", "same", "other")}
MARKS = {"good": 3, "bad": 1, "fine": 2, "splendid": 4, "same": 0}


async def judge(_: str, user: str, answers: type[Any], *__: str, **___: str) -> Said:
    """Prefers the higher mark; of words it does not know, whichever stands first."""
    shown = re.findall("good|bad|fine|splendid|same|plain|other", user)[-2:]
    marks = [MARKS.get(word, -1) for word in shown]
    better = "tie" if "same" in shown else "first" if marks[0] >= marks[1] else "second"
    return Said(answers.model_validate({"reason": "r", "better": better}), 0.01)


async def price(*_: Any) -> float:
    return 0.02


CELLS = [Cell(CellKey(arm, f"c{i}"), word) for arm, words in WORDS.items() for i, word in enumerate(words)]
TOOLS = Tools(ask=judge, price=price)


async def test_only_what_is_said_in_both_orders_counts() -> None:
    purse = Purse(1.0)
    found, why = await side_by_side(plan_of(cases=5), CELLS, "Which is better?", TOOLS, purse)
    assert found == Preference("a", "b", "Which is better?", wins=1, losses=1, ties=1, inconsistent=1)
    assert (found.n, found.p, why) == (4, 1.0, "")
    assert purse.spent == pytest.approx(8 * 0.01)
    assert "prefers b in 1 and a in 1; 1 alike, 1 where it changed its mind" in found.sentence


async def test_it_stops_where_the_money_does() -> None:
    purse = Purse(0.04)
    found, why = await side_by_side(plan_of(cases=4), CELLS, "Which is better?", TOOLS, purse)
    assert found.n < 4
    assert "cap of $0.04" in why
    assert purse.spent <= 0.04
