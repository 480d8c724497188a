"""Import (read, redact, audit, store) and themes at size, against plain loops over the same rows.

    python -m tests.benchmarks.bench_pipeline [tickets ...]

Prints tickets/s, peak memory of this process and its workers, and ratios measured in the same run: the import
against `csv.reader` plus a plain `executemany`, and what each stage of grouping takes. The texts are
banking77's where the shared data are here, else the sample log's, each made distinct by a word.
"""

import asyncio
import csv
import itertools
import os
import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bot.bootstrap import build_services
from bot.cli.running import open_file
from bot.settings import Settings
from tests.paths import REPO, SHARED_DATA

SIZES = (10_000, 100_000)
FILLERS = ("please", "today", "again", "still", "now", "really")


def texts() -> list[str]:
    """Real short messages."""
    shared = SHARED_DATA / "tickets" / "banking77.csv"
    path, column = (
        (shared, "text") if shared.is_file() else (REPO / "bot" / "sample" / "support_log.csv", "message")
    )
    with path.open(encoding="utf-8", newline="") as file:
        return [row[column] for row in csv.DictReader(file) if row[column].strip()]


def write_log(path: Path, size: int) -> None:
    """``size`` tickets: every text distinct, as in a real log."""
    rng = random.Random(size)
    pool = itertools.cycle(texts())
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "created_at", "email", "plan", "text"])
        for number, text in zip(range(size), pool, strict=False):
            day = f"2026-{rng.randrange(8, 11):02d}-{rng.randrange(1, 29):02d}T10:00:00Z"
            words = text.split()
            words.insert(
                rng.randrange(len(words) + 1),
                rng.choice(("please", "today", "again", "still", "now", "really")),
            )
            mail = f"p{rng.randrange(size)}@example.com"
            out.writerow([f"t{number}", day, mail, rng.choice(("Free", "Pro")), " ".join(words)])


def plain_load(path: Path, folder: Path) -> float:
    """Seconds of CPU to read the file with csv and insert it with one executemany: the floor."""
    started = time.process_time()
    connection = sqlite3.connect(folder / "plain.db")
    connection.execute("CREATE TABLE t (a, b, c, d, e)")
    with path.open(encoding="utf-8", newline="") as file:
        connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", csv.reader(file))
    connection.commit()
    connection.close()
    return time.process_time() - started


def peak_mb(who: int) -> str:
    """Peak resident megabytes of this process (RUSAGE_SELF) or of its largest worker (RUSAGE_CHILDREN)."""
    return f"{resource.getrusage(who).ru_maxrss / 1024:.0f} MB"


async def measure(size: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "log.csv"
        write_log(path, size)
        floor = plain_load(path, folder)
        services = build_services(Settings(data_dir=folder / "data"))
        try:
            started = time.perf_counter()
            log = open_file(str(path), [], None)
            done = await services.tickets.import_log(log, source="log", filename=path.name)
            took = time.perf_counter() - started
            services.workers.close()
            rate = f"{size / took:,.0f} tickets/s, {took / floor:.0f} x the plain load"
            print(f"import  n={size:,}: {took:.1f} s, {rate}, grade {done.audit.grade}")
            print(
                f"        peak {peak_mb(resource.RUSAGE_SELF)}, a worker {peak_mb(resource.RUSAGE_CHILDREN)}"
            )
            stages: dict[str, float] = {}

            def mark(stage: str, _done: int, _total: int | None) -> None:
                stages.setdefault(stage, time.perf_counter())

            started = time.perf_counter()
            found = await services.themes.find("log", progress=mark)
            took = time.perf_counter() - started
            print(f"themes  n={size:,}: {took:.1f} s, {len(found.themes)} themes")
            print(f"        peak {peak_mb(resource.RUSAGE_SELF)}")
            marks = [*stages.items(), ("end", time.perf_counter())]
            for (stage, begun), (_, ended) in itertools.pairwise(marks):
                print(f"        {stage.lower()}: {ended - begun:.1f} s")
        finally:
            await services.close()


def noise() -> Iterator[str]:
    """How much the same work varies on this machine right now."""
    times = []
    for _ in range(7):
        started = time.perf_counter()
        sum(range(3_000_000))
        times.append(time.perf_counter() - started)
    yield f"machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
    spread = max(times) / min(times) - 1
    yield f"same loop 7 times: median {statistics.median(times) * 1e3:.0f} ms, spread {spread:.0%}"


if __name__ == "__main__":
    print("".join(noise()))
    for wanted in [int(argument) for argument in sys.argv[1:]] or SIZES:
        asyncio.run(measure(wanted))
