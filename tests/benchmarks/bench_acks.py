"""Acks of 200 commands within a second, while the bot is idle and while it drafts from 20,000 tickets.

The bot is a process of its own, started as `plumb run`; the sandbox measures from delivery to ack. The idle
run is the peer of the busy one, in the same minute on the same machine.

    python -m tests.benchmarks.bench_acks [--tickets 20000] [--commands 200]
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.sandbox import Person, Sandbox
from handlers.features import FEATURES
from handlers.manifest import manifest
from tests.slack.office import ADA, GENERAL, SUPPORT, small_log

LIMIT_MS, READY_S, IDLE_MB = 500.0, 3.0, 250.0


async def main(tickets: int, commands: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with Sandbox() as sandbox:
            await sandbox.install(manifest(FEATURES))
            process, ready = await start(sandbox, Path(folder))
            try:
                await measure(sandbox, process.pid, ready, tickets, commands)
            finally:
                stopping = time.perf_counter()
                process.terminate()
                await asyncio.wait_for(process.wait(), 40)
                print(f"stopped within {time.perf_counter() - stopping:.1f} s of SIGTERM (aim 20)")


async def start(sandbox: Sandbox, folder: Path) -> tuple[asyncio.subprocess.Process, float]:
    """The bot, and the seconds until it was connected."""
    environment = {
        **os.environ,
        "PLUMB_DATA_DIR": str(folder),
        "PLUMB_SLACK_BOT_TOKEN": sandbox.bot_token,
        "PLUMB_SLACK_APP_TOKEN": sandbox.app_token,
        "PLUMB_SLACK_API_URL": sandbox.api_url,
    }
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=environment)
    while not sandbox.hub.sockets.count:
        if process.returncode is not None:
            raise SystemExit("the bot did not start")
        await asyncio.sleep(0.02)
    return process, time.perf_counter() - begun


async def measure(sandbox: Sandbox, pid: int, ready: float, tickets: int, commands: int) -> None:
    print(
        f"ready for commands {ready:.1f} s after the start (aim {READY_S:.0f}), with the first database made"
    )
    async with sandbox.person(ADA) as ada:
        await asyncio.sleep(5)
        print(f"memory when idle {memory_mb(pid):.0f} MB (aim {IDLE_MB:.0f})")
        idle = await burst(sandbox, ada, commands)
        report("idle", idle, commands)
        await ada.upload("many.csv", small_log(tickets), channel=SUPPORT)
        before = ada.mark
        await ada.command(SUPPORT, "/plumb story draft from many.csv top 3 because made for measuring")
        await ada.wait_for_message(lambda m: "Reading" in str(m.get("blocks")), 120, after=before)
        busy = await burst(sandbox, ada, commands)
        report(f"drafting from {tickets:,} tickets", busy, commands)
        begun = time.perf_counter()
        await ada.wait_for_message(ended, 300, after=before)
        print(f"the draft itself went on and ended {time.perf_counter() - begun:.0f} s later")
        print(
            f"busy / idle at p99: {quantile(busy, 99) / quantile(idle, 99):.1f}; bot {memory_mb(pid):.0f} MB"
        )


def ended(message: Mapping[str, Any]) -> bool:
    return any(text in str(message) for text in ("story_trace", "Stopped here"))


async def burst(sandbox: Sandbox, ada: Person, commands: int) -> list[float]:
    """Commands spread evenly over one second; milliseconds from delivery to ack of each. Waits for all
    answers, so that none is lost unseen."""
    after, mark = sandbox.log.last, ada.mark

    async def one(number: int) -> None:
        await asyncio.sleep(number / commands)
        await ada.command(GENERAL, "/plumb help story")

    begun = time.perf_counter()
    await asyncio.gather(*(one(number) for number in range(commands)))
    while answered(ada, mark) < commands:
        await ada.wait_for(lambda frame: True, 60, after=ada.mark)
    print(f"  all {commands} answered {time.perf_counter() - begun:.1f} s after the first was typed")
    taken = [one["ms"] for one in sandbox.log.since(after, "delivery") if one["type"] == "slash_commands"]
    return [float(ms) for ms in taken]


def answered(ada: Person, mark: int) -> int:
    return sum(
        frame["type"] == "message" and bool(frame["message"].get("ephemeral"))
        and frame["channel"] == GENERAL
        for frame in ada.frames[mark:]
    )  # fmt: skip


def report(name: str, taken: Sequence[float], commands: int) -> None:
    figures = ", ".join(f"p{q} {quantile(taken, q):.0f}" for q in (50, 95, 99))
    lost = commands - len(taken)
    print(f"{name}: n {len(taken)}, lost {lost}, ack ms {figures}, max {max(taken):.0f}; aim {LIMIT_MS:.0f}")


def quantile(taken: Sequence[float], percent: int) -> float:
    return statistics.quantiles(taken, n=100, method="inclusive")[percent - 1]


def memory_mb(pid: int) -> float:
    """Resident memory of the bot's own process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return float("nan")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=20_000)
    parser.add_argument("--commands", type=int, default=200)
    given = parser.parse_args()
    print(f"load average at the start {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    asyncio.run(main(given.tickets, given.commands))
