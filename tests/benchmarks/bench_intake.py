"""Interactions a second over HTTP: batches at a steady rate, then single records as fast as they go.

The server is `plumb serve` on SQLite in a process of its own with its worker processes; the sender is this
one. Batches are sent when they are due, whether or not earlier ones were answered, and their time counts from
then. Every text is put together anew, so that no cache of the redaction knows it.

    python -m tests.benchmarks.bench_intake [--rate 3000] [--seconds 30] [--texts 2]
"""

import argparse
import asyncio
import csv
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from bot.bootstrap import build_services
from bot.domain.features import Watched
from bot.domain.people import Person
from bot.settings import Settings
from tests.paths import SHARED_DATA

BATCH, LIMIT_MS = 100, 500.0
LOGS = ("bitext27", "banking77", "multidogo_conv", "clinc150")
OWN = (
    "Where is my parcel, it should have come on Monday?",
    "I was charged twice for order 4471-22, please give me 19.90 back.",
    "The app closes when I open the second page.",
    "My name is Anna Keller, write to anna.keller@example.com when it is in stock again.",
    "Thanks, that helped.",
    "Can I change the address before it leaves? I have moved to Berlin.",
)


class Sender:
    """One connection that is kept open; HTTP/1.1 and no more, so that the sender costs little."""

    def __init__(self, port: int, secret: str) -> None:
        self._port = port
        self._head = (
            "POST /v1/interactions HTTP/1.1\r\nHost: bench\r\n"
            f"Authorization: Bearer {secret}\r\nContent-Type: application/x-ndjson\r\n"
        )

        self.is_open = False

    async def open(self) -> None:
        self.is_open = True
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)

    async def post(self, body: bytes) -> int:
        """The status."""
        self._writer.write(f"{self._head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        await self._reader.readexactly(length)
        return int(head[9:12])

    def close(self) -> None:
        self._writer.close()


def pieces() -> list[str]:
    """Real messages of customers where they are at hand."""
    if not SHARED_DATA.is_dir():
        return list(OWN)
    found: list[str] = []
    for name in LOGS:
        with (SHARED_DATA / "tickets" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found += [row["text"] for row in csv.DictReader(file)]
    return found


def records(count: int, texts: int, seed: int) -> Iterator[bytes]:
    """Records with ``texts`` texts of 100-300 characters each."""
    rng, pool = random.Random(seed), pieces()

    def text() -> str:
        wanted, parts = rng.randint(100, 250), [rng.choice(pool)]
        while sum(map(len, parts)) < wanted:
            parts.append(rng.choice(pool))
        return " ".join(parts)[:300]

    for number in range(count):
        record = {
            "id": f"{seed}-{number}", "at": "2026-11-20T12:00:00Z", "input": text(),
            "output": text() if texts > 1 else "We are looking into it.", "model": "gpt-4o-mini",
            "prompt": "reply@3", "latency_ms": rng.randint(300, 3000), "input_tokens": rng.randint(200, 900),
            "output_tokens": rng.randint(20, 200), "session": f"s{number // 4}",
            "user": f"u{rng.randrange(5_000)}", "segment": {"plan": rng.choice(["pro", "free"])},
            "trace": f"{rng.getrandbits(128):032x}", "span": f"{rng.getrandbits(64):016x}",
        }  # fmt: skip
        yield json.dumps(record).encode()


async def key_in(folder: Path) -> str:
    """A database with a feature; the secret of a key to it."""
    services = build_services(Settings(data_dir=folder, workers=0))
    try:
        await services.features.add(Watched("reply"), Person("bench"))
        return (await services.keys.create("reply", "bench", "bench"))[1]
    finally:
        await services.close()


async def serve(folder: Path) -> tuple[asyncio.subprocess.Process, int]:
    """The server as it is run, with its limits out of the way, once it listens."""
    environment = {
        **os.environ,
        "PLUMB_DATA_DIR": str(folder),
        "PLUMB_INTAKE_RATE": "1000000",
        "PLUMB_INTAKE_BYTES_RATE": "1000000000",
        "PLUMB_WORKERS": "2",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", "--port", "0", env=environment, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    said = (await process.stdout.readline()).decode()
    return process, int(said.partition("127.0.0.1:")[2].partition("/")[0])


async def steadily(port: int, secret: str, bodies: Sequence[bytes], rate: int) -> list[float]:
    """Batches when they are due; milliseconds from then to the ack of each. One that is refused is NaN."""
    free: asyncio.Queue[Sender] = asyncio.Queue()
    begun = time.perf_counter()

    async def one(number: int, body: bytes) -> float:
        due = begun + number * BATCH / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        sender = free.get_nowait() if not free.empty() else Sender(port, secret)
        if not sender.is_open:
            await sender.open()
        status = await sender.post(body)
        free.put_nowait(sender)
        return (time.perf_counter() - due) * 1000 if status == 200 else float("nan")

    taken = await asyncio.gather(*(one(number, body) for number, body in enumerate(bodies)))
    while not free.empty():
        free.get_nowait().close()
    return list(taken)


async def singly(
    port: int, secret: str, bodies: Sequence[bytes], connections: int
) -> tuple[float, list[float]]:
    """One record to a request, as fast as it goes: requests a second, and milliseconds of each."""
    waiting, taken = iter(bodies), list[float]()

    async def send() -> None:
        sender = Sender(port, secret)
        await sender.open()
        for body in waiting:
            begun = time.perf_counter()
            if await sender.post(body) != 200:
                raise SystemExit("a single record was refused")
            taken.append((time.perf_counter() - begun) * 1000)
        sender.close()

    begun = time.perf_counter()
    await asyncio.gather(*(send() for _ in range(connections)))
    return len(bodies) / (time.perf_counter() - begun), taken


async def lag(port: int, done: asyncio.Event) -> list[float]:
    """How long /healthz takes, asked twenty times a second: that is the server's event loop, and no work."""
    taken: list[float] = []
    while not done.is_set():
        begun = time.perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")
        await reader.read()
        writer.close()
        taken.append((time.perf_counter() - begun) * 1000)
        await asyncio.sleep(0.05)
    return taken


def report(name: str, taken: Sequence[float]) -> None:
    answered = [ms for ms in taken if ms == ms]
    cuts = statistics.quantiles(answered, n=100, method="inclusive")
    figures = ", ".join(f"p{q} {cuts[q - 1]:.0f}" for q in (50, 95, 99))
    refused = f", {len(taken) - len(answered)} refused" if len(answered) < len(taken) else ""
    print(f"{name}: n {len(taken)}{refused}, ms {figures}, max {max(answered):.0f}")


def cpu_seconds(pid: int) -> tuple[float, float]:
    """CPU that a process has used so far, and that its children have."""
    own, children = 0.0, 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            fields = stat.read_text().rpartition(")")[2].split()
            used = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            if int(stat.parent.name) == pid:
                own += used
            elif int(fields[1]) == pid:
                children += used
    return own, children


def say_cpu(before: tuple[float, float], after: tuple[float, float], count: int) -> None:
    own, workers = (1000 * (b - a) / count for a, b in zip(before, after, strict=True))
    print(f"  CPU for a record: {own:.2f} ms in the server, {workers:.2f} ms in its workers")


async def main(rate: int, seconds: int, texts: int, singles: int) -> None:
    made = list(records(rate * seconds + BATCH * 20 + singles, texts, seed=7))
    warm, alone, rest = made[: BATCH * 20], made[BATCH * 20 :][:singles], made[BATCH * 20 + singles :]
    batches = [b"\n".join(rest[at : at + BATCH]) for at in range(0, len(rest), BATCH)]
    size = sum(map(len, rest)) / len(rest)
    print(f"{len(rest):,} records of {size:.0f} bytes, {texts} texts of 100-300 characters each")
    with tempfile.TemporaryDirectory() as folder:
        secret = await key_in(Path(folder))
        process, port = await serve(Path(folder))
        try:
            for _ in range(10):
                await steadily(port, secret, [b"\n".join(warm)], rate)
            done = asyncio.Event()
            lagging = asyncio.create_task(lag(port, done))
            before, begun = cpu_seconds(process.pid), time.perf_counter()
            taken = await steadily(port, secret, batches, rate)
            took, after = time.perf_counter() - begun, cpu_seconds(process.pid)
            done.set()
            print(f"{len(rest) / took:,.0f} records/s for {took:.1f} s (aim {rate:,} for {seconds})")
            report(f"ack of a batch of {BATCH} (aim p99 {LIMIT_MS:.0f})", taken)
            report("event loop, /healthz meanwhile", await lagging)
            say_cpu(before, after, len(rest))
            before = cpu_seconds(process.pid)
            speed, taken = await singly(port, secret, alone, 16)
            print(f"{speed:,.0f} single records/s over 16 connections")
            report("ack of a single record", taken)
            say_cpu(before, cpu_seconds(process.pid), len(alone))
        finally:
            process.terminate()
            await process.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=3_000)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--texts", type=int, default=2)
    parser.add_argument("--singles", type=int, default=3_000)
    given = parser.parse_args()
    print(f"load average at the start {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    asyncio.run(main(given.rate, given.seconds, given.texts, given.singles))
