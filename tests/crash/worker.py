"""A process that does durable jobs until it is killed, or until nothing is left to do.

    python -m tests.crash.worker URL FOLDER LEDGER PREFIX FIRST COUNT

Each job has four steps; each step appends a line to the ledger. It says "acked KEY" for what it took in, and
"idle" once no job is left anywhere.
"""

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.durable import Durable, Pulse
from bot.errors import StoreError
from bot.ports import Job, JsonObject

STEPS = 4


class Now:
    """The machine's clock; the one in bootstrap comes with everything else there."""

    def now(self) -> datetime:
        return datetime.now(UTC)


async def left(durable: Durable) -> bool:
    """Whether any job is left; asked again where the server ended the question while this process slept."""
    try:
        return await durable.pending() > 0
    except StoreError:
        return True


async def main(url: str, folder: str, ledger: str, prefix: str, first: int, count: int) -> None:
    effects = os.open(ledger, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def effect(key: str, step: int) -> int:
        os.write(effects, f"{key} {step}\n".encode())
        await asyncio.sleep(0.005)  # the killer's chance
        return step + 1

    async def job(job: Job, payload: JsonObject) -> None:
        step = 0
        while step < STEPS:
            step = await job.step("effect", effect, payload["key"], step)

    durable = Durable(url, Path(folder), clock=Now(), pulse=Pulse(every_s=0.2, dead_after_s=1.5))
    durable.register("steps", job)
    await durable.start()
    print("started", flush=True)
    for number in range(first, first + count):
        key = f"{prefix}{number}"
        await durable.enqueue("steps", key, {"key": key})
        print(f"acked {key}", flush=True)
    while await left(durable):  # noqa: ASYNC110  other processes set no event
        await asyncio.sleep(0.05)
    print("idle", flush=True)
    await durable.close()
    os.close(effects)


if __name__ == "__main__":
    url, folder, ledger, prefix, first, count = sys.argv[1:]
    asyncio.run(main(url, folder, ledger, prefix, int(first), int(count)))
