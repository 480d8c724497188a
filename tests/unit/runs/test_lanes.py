"""Rate limits: fewer calls at once after a 429, none while the provider says so, more again step by step."""

import asyncio

import pytest

from bot.errors import ModelRateLimited, ModelUnavailable
from bot.llm.failures import NO_ANSWER
from bot.llm.text import TextReply, TextRequest
from bot.services.runs import Caps, Tries, run
from bot.services.runs.lanes import Lane, LaneClosed
from tests.unit.runs.plans import AT_ONCE, Model, all_by, plan_of, until


async def test_no_more_than_so_many_are_out_at_once() -> None:
    lane = Lane(2)
    assert [await lane.enter(), await lane.enter()] == [1, 2]
    third = asyncio.create_task(lane.enter())
    await asyncio.sleep(0)
    assert not third.done()
    lane.leave()
    assert await third == 3


async def test_a_429_halves_once_for_all_calls_that_were_out() -> None:
    lane = Lane(16)
    calls = [await lane.enter() for _ in range(16)]
    for call in calls:
        lane.refused(call, 0.0)
    assert lane.limit == 8.0
    for _ in calls:
        lane.leave()
    lane.refused(await lane.enter(), 0.0)
    assert lane.limit == 4.0


async def test_a_round_that_goes_well_allows_one_more_up_to_the_most() -> None:
    lane = Lane(6)
    lane.limit = 4.0
    for _ in range(4):
        lane.went_well()
    assert 4.8 < lane.limit <= 5.0
    for _ in range(50):
        lane.went_well()
    assert lane.limit == 6.0


async def test_never_fewer_than_one() -> None:
    lane = Lane(2)
    for _ in range(5):
        lane.refused(await lane.enter(), 0.0)
        lane.leave()
    assert lane.limit == 1.0
    assert await lane.enter() == 6


async def test_nobody_enters_during_a_pause_and_no_stampede_follows() -> None:
    lane = Lane(8)
    lane.refused(await lane.enter(), 0.05)
    lane.leave()
    loop = asyncio.get_running_loop()
    began = loop.time()
    tasks = [asyncio.create_task(lane.enter()) for _ in range(8)]
    await until(lambda: any(task.done() for task in tasks))
    assert loop.time() - began >= 0.045
    await asyncio.sleep(0)
    assert sum(task.done() for task in tasks) == 4  # half of eight
    lane.close()
    for task in tasks[4:]:
        with pytest.raises(LaneClosed):
            await task


async def test_a_place_given_to_one_that_was_cancelled_is_the_nexts() -> None:
    lane = Lane(1)
    await lane.enter()
    second, third = asyncio.create_task(lane.enter()), asyncio.create_task(lane.enter())
    await asyncio.sleep(0)
    lane.leave()
    second.cancel()
    assert await asyncio.wait_for(third, 5) == 2


async def test_a_limited_call_is_sent_again_until_it_is_answered() -> None:
    def say(request: TextRequest, nth: int) -> object:
        return ModelRateLimited("Slowly.", retry_after=0.0) if nth < 4 else request.prompt

    plan = plan_of(cases=4, arms=("a",))
    model = Model(say)
    outcome = await run(plan, providers=all_by(model, plan))
    assert all(cell.passed for cell in outcome.cells)
    assert (model.calls, outcome.calls) == (16, 16)


@pytest.mark.parametrize(("wait", "calls"), [(500.0, 1), (0.0, 10)])
async def test_a_wait_without_end_is_not_waited(wait: float, calls: int) -> None:
    plan, model = plan_of(cases=1, arms=("a",)), Model(lambda *_: ModelRateLimited("No.", retry_after=wait))
    outcome = await run(plan, providers=all_by(model, plan))
    assert (model.calls, outcome.cells[0].error) == (calls, "No.")


async def test_failures_that_pass_are_tried_again_with_growing_waits() -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    plan, model = plan_of(cases=1, arms=("a",)), Model(lambda *_: ModelUnavailable("Down."))
    tries = Tries(sleep=sleep, chance=lambda: 0.0)
    outcome = await run(plan, providers=all_by(model, plan), tries=tries)
    assert (model.calls, waits, outcome.cells[0].error) == (4, [0.5, 1.0, 2.0], "Down.")


async def test_what_may_have_been_billed_stays_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.runs.calling.highest_cost", lambda *_: 0.02)

    def say(request: TextRequest, nth: int) -> object:
        if nth == 1:
            return ModelUnavailable("Nobody there.")
        return (
            ModelUnavailable("No answer.", code=NO_ANSWER) if nth == 2 else TextReply("x", 1, 1, cost=0.001)
        )

    plan, model = plan_of(cases=1, arms=("a",)), Model(say)
    outcome = await run(plan, providers=all_by(model, plan), caps=Caps(max_cost=1.0), tries=AT_ONCE)
    assert (model.calls, outcome.cells[0].cost) == (3, 0.001)
    assert outcome.spent == pytest.approx(0.021)


async def test_a_provider_that_asks_for_a_pause_gets_it() -> None:
    plan = plan_of(cases=2, arms=("a",), concurrency=1)
    loop, times = asyncio.get_running_loop(), list[float]()

    def say(request: TextRequest, _: int) -> object:
        times.append(loop.time())
        return TextReply(request.prompt, 1, 1, cost=0.0, hold_s=0.05)

    await run(plan, providers=all_by(Model(say), plan))
    assert times[1] - times[0] >= 0.045
