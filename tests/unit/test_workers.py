"""Worker processes: order, failure, and no pool for small work."""

import os
from collections.abc import Iterator

import pytest

from bot.errors import WorkStopped
from bot.workers import WORTH_A_POOL, Workers


def double_with_pid(batch: list[int]) -> tuple[list[int], int]:
    return [2 * number for number in batch], os.getpid()


def batches(count: int) -> list[list[int]]:
    return [[number, number + 1] for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, WORTH_A_POOL - 1])
async def test_small_work_stays_in_this_process(count: int) -> None:
    workers = Workers(2)
    results = [result async for result in workers.map(double_with_pid, batches(count))]
    assert [numbers for numbers, _ in results] == [[2 * a, 2 * b] for a, b in batches(count)]
    assert {pid for _, pid in results} <= {os.getpid()}


@pytest.mark.parametrize("processes", [0, 2])
async def test_results_come_in_order(processes: int) -> None:
    workers = Workers(processes)
    try:
        results = [result async for result in workers.map(double_with_pid, batches(40))]
    finally:
        workers.close()
    assert [numbers for numbers, _ in results] == [[2 * a, 2 * b] for a, b in batches(40)]
    assert (os.getpid() in {pid for _, pid in results}) is (processes == 0)


async def test_a_failure_while_reading_ends_the_map() -> None:
    def broken() -> Iterator[list[int]]:
        yield from batches(WORTH_A_POOL + 3)
        raise ValueError("row 12")

    workers = Workers(0)
    with pytest.raises(ValueError, match="row 12"):
        async for _ in workers.map(double_with_pid, broken()):
            pass


@pytest.mark.parametrize("processes", [0, 1])
async def test_one_piece_of_work_is_done_elsewhere(processes: int) -> None:
    workers = Workers(processes)
    try:
        await workers.warm(os.getpid)
        numbers, pid = await workers.run(double_with_pid, [1, 2])
        assert numbers == [2, 4]
        assert (pid == os.getpid()) is (processes == 0)
    finally:
        workers.close()


async def test_a_process_that_dies_over_its_work_is_replaced() -> None:
    workers = Workers(1)
    try:
        with pytest.raises(WorkStopped, match="ended halfway"):
            await workers.run(os._exit, 1)
        assert await workers.run(int, "7") == 7
    finally:
        workers.close()
