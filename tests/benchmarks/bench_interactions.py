"""Interactions of a file into the store: time from start to end, memory of all processes together.

    python -m tests.benchmarks.bench_interactions [--rows 1000000] [--store sqlite|postgres] [--workers 2]

Runs the whole import (read, redact, hash, price, store) in a fresh process, as ``plumb fb import`` does, and
looks at /proc five times a second: the sum of the resident memory of that process and its workers, pages
that they share counted for each. A tenth of the questions holds a phone number and an address.
"""

import argparse
import asyncio
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

HEADER = (
    "id", "timestamp", "question", "answer", "model", "prompt_name", "prompt_version", "latency_ms",
    "input_tokens", "output_tokens", "user_id", "session_id", "segment.plan", "outcome",
)  # fmt: skip
_TEXT = (
    "my card has not arrived yet and the app shows an error when I try to log in again please help where "
    "is the parcel that was sent last week can I get a refund for it"
)


def sample_rows(count: int) -> Iterator[tuple[object, ...]]:
    """Seeded: questions of 6-16 words, answers of 13-28, no two alike."""
    rng, start, words = random.Random(7), datetime(2026, 10, 1, tzinfo=UTC), _TEXT.split()
    for n in range(count):
        question = " ".join(rng.choices(words, k=rng.randint(6, 16)))
        if n % 10 == 0:
            question += f" call me at 555-01{n % 100:02d} or user{n}@example.com"
        answer = "Sorry to hear that, " + " ".join(rng.choices(words, k=rng.randint(10, 25)))
        at = (start + timedelta(seconds=2 * n)).isoformat()
        yield (
            f"r{n}", at, question, answer, "gpt-5-mini", "reply", 1 + n % 3, rng.randint(200, 2000),
            rng.randint(20, 200), rng.randint(5, 90), f"u{n % 5000}", f"s{n // 3}",
            rng.choice(("free", "pro")), rng.choice(("accepted", "edited", "")),
        )  # fmt: skip


def write_csv(path: Path, count: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(sample_rows(count))


async def import_file(path: Path) -> None:
    """As the child: import, and print what became of it with the seconds of each stage."""
    from bot.bootstrap import build_services
    from bot.importers.interactions.files import open_interactions
    from bot.settings import load_settings

    started = time.perf_counter()
    ends: dict[str, float] = {}

    def progress(stage: str, _done: int, _total: int | None) -> None:
        ends[stage] = time.perf_counter() - started

    services = build_services(load_settings())
    try:
        opened = open_interactions(path, filename=path.name, feature="reply")
        done = await services.interaction_imports.run(opened, "reply", progress=progress)
    finally:
        await services.close()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = [round(each.ru_utime + each.ru_stime) for each in used]
    print(json.dumps({"added": done.added, "cpu": seconds, "until": ends}))


def run(path: Path, environment: dict[str, str]) -> tuple[dict[str, object], float, float, float]:
    """What the child printed, seconds, and peaks in MB: of all processes' sum, and of the main one."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "tests.benchmarks.bench_interactions", "--child", str(path)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, **environment})  # noqa: S603  ourselves
    peak = alone = 0.0
    while child.poll() is None:
        sizes = [_resident(pid) for pid in (child.pid, *_below(child.pid))]
        peak, alone = max(peak, sum(sizes)), max(alone, sizes[0])
        time.sleep(0.2)
    printed = child.stdout.read() if child.stdout else b""
    if child.returncode:
        raise SystemExit(child.returncode)
    return json.loads(printed), time.perf_counter() - started, peak, alone


def _below(pid: int) -> Iterator[int]:
    try:
        children = [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        threads = [int(path.name) for path in Path(f"/proc/{pid}/task").iterdir() if int(path.name) != pid]
        for thread in threads:
            words = Path(f"/proc/{pid}/task/{thread}/children").read_text().split()
            children += [int(word) for word in words]
    except (FileNotFoundError, ProcessLookupError):
        return
    for child in children:
        yield child
        yield from _below(child)


def _resident(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def measure(path: Path, folder: Path, store: str, workers: int, rows: int) -> None:
    settings = {"PLUMB_DATA_DIR": str(folder / "data"), "PLUMB_WORKERS": str(workers)}
    if store == "sqlite":
        _tell(store, rows, run(path, settings))
        return
    from bot.store.database import upgrade
    from tests.postgres import run_server, url_of

    with run_server(Path(tempfile.gettempdir()) / "plumbline-bench-interactions") as socket:
        url = url_of(socket, "postgres")
        upgrade(url)
        _tell(store, rows, run(path, {**settings, "PLUMB_DATABASE_URL": url}))


def _tell(store: str, rows: int, measured: tuple[dict[str, object], float, float, float]) -> None:
    printed, seconds, peak, alone = measured
    print(f"{store}: {printed['added']:,} of {rows:,} rows in {seconds:.0f} s ({rows / seconds:,.0f} rows/s)")
    print(f"  stages until {printed['until']} s; CPU {printed['cpu']} s of main process and workers")
    print(f"  peak {peak:.0f} MB of all processes, {alone:.0f} MB of the main one")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--child", type=Path)
    options = parser.parse_args()
    if options.child:
        asyncio.run(import_file(options.child))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "interactions.csv"
        write_csv(path, options.rows)
        measure(path, Path(folder), options.store, options.workers, options.rows)


if __name__ == "__main__":
    main()
