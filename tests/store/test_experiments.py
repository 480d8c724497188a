"""Experiments in the store: numbers, states, cells that are never overwritten, labels."""

from dataclasses import replace

import pytest

from bot.domain.experiments.cells import Cell, CellKey, Label
from bot.domain.experiments.experiment import Decision, Order, State
from bot.store import Store
from bot.store.experiments import Standing
from tests.conftest import FixedClock

ORDER = Order(prompts=("reply@3", "reply@4"), models=("openai:gpt-5-mini",), dataset="refunds", cap=0.5)
KEY = CellKey("reply@4", "T-1", 0)
CELL = Cell(
    KEY, output="Yes.\x00", passed=True, score=0.75, named_scores={"tone": 0.5}, reason="All good",
    latency_ms=101.5, first_token_ms=20.25, cost=0.001, input_tokens=12, output_tokens=3,
    parts=({"type": "contains", "passed": True, "score": 1.0, "reason": "", "metric": ""},),
)  # fmt: skip


async def created(store: Store, clock: FixedClock) -> str:
    async with store.write() as unit:
        return (await unit.experiments.create(ORDER, "U1", clock.now(), channel="C9", plan_hash="h1")).id


async def test_numbers_count_within_a_team(store: Store, clock: FixedClock) -> None:
    assert await created(store, clock) == "EX-1"
    assert await created(store, clock) == "EX-2"
    assert await created(store.for_team("team-b"), clock) == "EX-1"


async def test_an_experiment_comes_back_as_it_was_ordered(store: Store, clock: FixedClock) -> None:
    name = await created(store, clock)
    async with store.read() as unit:
        found = await unit.experiments.get("ex-1")
        assert found is not None
        assert (found.id, found.order, found.by, found.channel) == (name, ORDER, "U1", "C9")
        assert (found.state, found.created_at, found.decision) == (State.PLANNED, clock.now(), None)
        assert await unit.experiments.with_plan("h1") == found
        assert await unit.experiments.with_plan("other") is None


async def test_what_may_change_is_saved(store: Store, clock: FixedClock) -> None:
    name = await created(store, clock)
    async with store.write() as unit:
        found = await unit.experiments.get(name)
        assert found is not None
        closed = replace(
            found,
            state=State.CLOSED,
            spent=0.25,
            decision=Decision.SHIP,
            learned="Short wins",
            closed_by="U2",
        )
        await unit.experiments.save(closed)
    async with store.write() as unit:
        assert await unit.experiments.get(name) == closed
        assert await unit.experiments.all(state=State.CLOSED) == [closed]
        assert await unit.experiments.all(state=State.RUNNING) == []
        await unit.experiments.set_spec(name, {"arms": ["a"]}, "h2")
        assert await unit.experiments.spec(name) == {"arms": ["a"]}


async def test_cells_come_back_and_a_good_one_stays(store: Store, clock: FixedClock) -> None:
    name = await created(store, clock)
    async with store.write() as unit:
        await unit.experiments.put_cells(name, [CELL, Cell(CellKey("reply@3", "T-1"), error="no answer")])
    async with store.write() as unit:
        later = [replace(CELL, output="other"), Cell(CellKey("reply@3", "T-1"), output="now", passed=False)]
        await unit.experiments.put_cells(name, later)
        found = {cell.key: cell for cell in await unit.experiments.cells(name)}
    kept = found[KEY]
    assert kept == replace(CELL, output=kept.output)
    assert kept.output.startswith("Yes.")
    assert (found[CellKey("reply@3", "T-1")].output, found[CellKey("reply@3", "T-1")].error) == ("now", "")


async def test_standing_is_counted_by_the_database(store: Store, clock: FixedClock) -> None:
    name = await created(store, clock)
    cells = [replace(CELL, key=CellKey("a", str(i)), error="x" if i < 2 else "") for i in range(5)]
    async with store.write() as unit:
        assert await unit.experiments.standing(name) == Standing(0, 0, 0.0)
        await unit.experiments.put_cells(name, cells)
        standing = await unit.experiments.standing(name)
    assert (standing.done, standing.errors) == (5, 2)
    assert standing.spent == pytest.approx(0.005)


async def test_another_team_sees_nothing_of_it(store: Store, clock: FixedClock) -> None:
    name = await created(store, clock)
    other = store.for_team("team-b")
    async with other.write() as unit:
        assert await unit.experiments.get(name) is None
        assert await unit.experiments.all() == []
        await unit.experiments.put_cells(name, [CELL])
        assert await unit.experiments.cells(name) == []
        await unit.experiments.set_state(name, State.DONE)
    async with store.read() as unit:
        found = await unit.experiments.get(name)
        assert found is not None
        assert (found.state, await unit.experiments.cells(name)) == (State.PLANNED, [])


async def test_a_persons_last_label_counts(store: Store, clock: FixedClock) -> None:
    name = await created(store, clock)
    async with store.write() as unit:
        for passed in (True, False):
            await unit.experiments.label(name, Label(KEY, "U1", passed), clock.now())
    async with store.read() as unit:
        assert await unit.experiments.labels(name) == [Label(KEY, "U1", False)]


@pytest.mark.parametrize("name", ["EX-99", "ST-1", "EX-", "EX-1; --", "EX-99999999999999"])
async def test_no_such_experiment(store: Store, name: str) -> None:
    async with store.read() as unit:
        assert await unit.experiments.get(name) is None
        assert await unit.experiments.spec(name) == {}
