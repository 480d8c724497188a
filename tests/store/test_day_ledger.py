"""A team's money for a day: processes at once do not pass the cap, and what is not spent comes back."""

import asyncio
import sys
from datetime import timedelta

import pytest

from bot.errors import BudgetReached
from bot.services.runs.ledger import DayLedger
from bot.services.runs.money import BLOCK, Purse
from bot.store import Store
from tests.conftest import FixedClock
from tests.paths import REPO

RIVAL = """
import asyncio, sys
from datetime import UTC, datetime
from bot.errors import BudgetReached
from bot.services.runs.ledger import DayLedger
from bot.services.runs.money import Purse
from bot.store import open_store

class Clock:
    def now(self):
        return datetime.fromisoformat(sys.argv[2])

async def main():
    store = open_store(sys.argv[1], sys.argv[4])
    purse = Purse(None, ledger=DayLedger(store, Clock(), 3.0, sys.argv[3]))
    print("ready", flush=True)
    sys.stdin.readline()
    made = 0
    try:
        while True:
            await purse.reserve(0.07)
            made += 1
            purse.settle(0.07, 0.06)
    except BudgetReached:
        await purse.close()
    print(made, flush=True)
    await store.close()

asyncio.run(main())
"""


async def spend_all(purse: Purse) -> None:
    while True:
        await purse.reserve(0.07)
        purse.settle(0.07, 0.06)


async def test_processes_at_once_do_not_pass_the_cap(
    store: Store, clock: FixedClock, database_url: str
) -> None:
    """Two processes and this one draw on $3 at 6 cents a call, reserved at 7, until nothing is left."""
    rivals = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", RIVAL, database_url, clock.now().isoformat(), f"EX-{number}", store.team,
            cwd=REPO, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )
        for number in range(2)
    ]  # fmt: skip
    for rival in rivals:
        assert rival.stdout is not None
        assert await asyncio.wait_for(rival.stdout.readline(), 60) == b"ready\n"
    own = Purse(None, ledger=DayLedger(store, clock, 3.0, "EX-9"))
    told = asyncio.gather(*(rival.communicate(b"go\n") for rival in rivals))
    with pytest.raises(BudgetReached, match="free again at 00:00 UTC"):
        await spend_all(own)
    await own.close()
    calls = [round(own.spent / 0.06), *(int(out) for out, _ in await asyncio.wait_for(told, 60))]
    today = await DayLedger(store, clock, 3.0).today()
    assert today.spent == pytest.approx(0.06 * sum(calls))
    assert today.spent <= 3.0
    assert sum(calls) >= (3.0 - 3 * (BLOCK + 0.07)) / 0.07  # little is left lying in blocks


async def test_what_was_not_spent_comes_back_and_the_next_day_begins_anew(
    store: Store, clock: FixedClock
) -> None:
    ledger = DayLedger(store, clock, 1.0, "EX-1")
    purse = Purse(5.0, spent=2.0, ledger=ledger)
    await purse.reserve(0.3)
    assert (await ledger.today()).spent == pytest.approx(0.3)
    purse.settle(0.3, 0.11)
    await purse.reserve(0.1)
    assert (await ledger.today()).spent == pytest.approx(0.3)  # still within the first block
    purse.settle(0.1, 0.0)
    await purse.close()
    assert (await ledger.today()).spent == pytest.approx(0.11)
    await DayLedger(store, clock, 1.0, "a process that died").reserve(0.5)
    with pytest.raises(BudgetReached, match=r"\$0\.61 of the \$1\.00 for a day"):
        await ledger.reserve(0.4)
    clock.time += timedelta(days=1)
    assert (await ledger.today()).spent == 0
    await ledger.reserve(1.0)


async def test_teams_and_drafting_have_their_own_money(store: Store, clock: FixedClock) -> None:
    await DayLedger(store, clock, 1.0, "EX-1").reserve(0.75)
    async with store.write() as unit:
        await unit.spending.reserve("openai:gpt", "draft_story@1", 0.5, clock.now())
        assert await unit.spending.spent_since(clock.now()) == pytest.approx(0.5)
    assert (await DayLedger(store, clock, 1.0).today()).left == pytest.approx(0.25)
    assert (await DayLedger(store.for_team("other"), clock, 1.0).today()).spent == 0
