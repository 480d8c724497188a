"""Milliseconds until an ask is stored, when 200 arrive within a second and jobs run meanwhile.

    python -m tests.benchmarks.bench_durable [--asks 200] [--tickets 20000] [--url postgresql+asyncpg://…]

With --tickets the workshop imports and groups a log of that size at the same time. Prints percentiles of the
wait, how long the jobs took altogether, and the memory of this process and of the child.
"""

import argparse
import asyncio
import csv
import resource
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.durable import Durable, migrate
from bot.ports import Job, JsonObject
from bot.settings import Settings
from bot.workshop import Workshop
from tests.benchmarks.bench_import import HEADER, sample_rows


class Now:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


async def plain_job(job: Job, payload: JsonObject) -> None:
    """Two steps, as an answer in Slack has."""

    async def work(n: int) -> int:
        await asyncio.sleep(0.01)
        return n

    await job.step("look", work, payload["n"])
    await job.step("post", work, payload["n"])


async def heavy_work(workshop: Workshop, folder: Path, tickets: int) -> None:
    path = folder / "log.csv"
    with path.open("w", newline="") as log:
        writer = csv.writer(log)
        writer.writerow(HEADER)
        writer.writerows(sample_rows(tickets))
    payload = {"path": str(path), "filename": "log.csv", "source": "log"}
    begun = time.perf_counter()
    for task in ("import", "themes"):
        await workshop.run("local", task, payload)
        print(f"  workshop: {task} done after {time.perf_counter() - begun:.1f} s")


async def asks(durable: Durable, count: int, round_: int) -> list[float]:
    """``count`` asks spread over one second; seconds each waited until it was stored."""
    waited: list[float] = []

    async def ask(n: int) -> None:
        await asyncio.sleep(n / count)
        begun = time.perf_counter()
        await durable.enqueue("plain", f"{round_}:{n}", {"n": n})
        waited.append(time.perf_counter() - begun)

    await asyncio.gather(*(ask(n) for n in range(count)))
    return sorted(waited)


async def main(count: int, tickets: int, url: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        durable = Durable(url or f"sqlite+aiosqlite:///{folder / 'plumbline.db'}", folder, clock=Now())
        durable.register("plain", plain_job)
        workshop = Workshop(Settings(data_dir=folder))
        begun = time.perf_counter()
        await durable.start()
        print(f"started in {time.perf_counter() - begun:.2f} s")
        heavy = asyncio.create_task(heavy_work(workshop, folder, tickets)) if tickets else None
        every: list[float] = []
        for round_ in range(10):
            begun = time.perf_counter()
            every += await asks(durable, count, round_)
            while await durable.pending():  # noqa: ASYNC110  a benchmark may look
                await asyncio.sleep(0.05)
            print(f"  round {round_}: all {count} jobs done after {time.perf_counter() - begun:.1f} s")
        every.sort()
        p50, p99 = every[len(every) // 2], every[len(every) * 99 // 100]
        print(f"stored after: p50 {p50 * 1e3:.1f} ms, p99 {p99 * 1e3:.1f} ms, most {every[-1] * 1e3:.1f} ms")
        print(f"memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        if heavy:
            await heavy
        await workshop.close()
        await durable.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--asks", type=int, default=200)
    parser.add_argument("--tickets", type=int, default=0)
    parser.add_argument("--url", default="")
    options = parser.parse_args()
    if options.url:
        migrate(options.url)
    asyncio.run(main(options.asks, options.tickets, options.url))
