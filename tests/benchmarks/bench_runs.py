"""How fast a run is: the span of its calls over the ideal, calls a second, start, memory; promptfoo beside.

    python -m tests.benchmarks.bench_runs [--cells 1000] [--rounds 3] [--promptfoo DIR]

Each round starts a model server in a process of its own and runs the command on it. The span goes from the
first call's arrival to the last answer, on the server's clock; the ideal is cells / concurrency x 100 ms. DIR
is a folder with node_modules/promptfoo. Python keeps its bytecode, as in any installation. Nothing here is a
test: figures depend on the machine and on who else is on it; "cpu" (user and
system, of the runner alone) does less so.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

REPO = Path(__file__).parents[2]
PLUMB = Path(sys.executable).with_name("plumb")


@dataclass(frozen=True)
class Timed:
    """One run. ``start`` is from the process's start to its first call, all in seconds; memory in MB."""

    span: float
    start: float
    whole: float
    calls: int
    memory: float
    cpu: float


@contextmanager
def model_server(delay_ms: float) -> Iterator[int]:
    command = [sys.executable, "-m", "tests.model_server", "--delay-ms", str(delay_ms)]
    with subprocess.Popen(  # noqa: S603  our own server
        command, cwd=REPO, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def config(folder: Path, port: int, cells: int) -> Path:
    path = folder / "promptfooconfig.yaml"
    tests = [
        {
            "vars": {"q": f"Question {i}: where is my order?"},
            "assert": [{"type": "contains", "value": f"Question {i}:"}],
        }
        for i in range(cells)
    ]
    provider = {
        "id": "openai:chat:gpt-4o-mini",
        "config": {"apiBaseUrl": f"http://127.0.0.1:{port}/v1", "apiKey": "none"},
    }
    whole = {"prompts": ["Answer politely. {{q}}"], "providers": [provider], "tests": tests}
    path.write_text(json.dumps(whole), encoding="utf-8")  # JSON is YAML
    return path


def timed(command: list[str], environment: dict[str, str], folder: Path, port: int) -> Timed:
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.monotonic()
    with (folder / "output.txt").open("w") as output:
        process = subprocess.Popen(  # noqa: S603  our own command, or promptfoo's
            command, cwd=folder, env={**inherited, **environment}, stdout=output, stderr=subprocess.STDOUT
        )
        _, status, used = os.wait4(process.pid, 0)
    whole = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/seen") as answer:
        seen = json.load(answer)
    if process.returncode not in (0, 100):
        print((folder / "output.txt").read_text()[-2000:])
    return Timed(
        seen["last"] - seen["first"],
        seen["first"] - began,
        whole,
        seen["calls"],
        used.ru_maxrss / 1024,
        used.ru_utime + used.ru_stime,
    )


def ours(path: Path, concurrency: int) -> list[str]:
    return [str(PLUMB), "exp", "run", str(path), "-j", str(concurrency), "--no-cache", "-f", "json"]


def theirs(path: Path, concurrency: int, promptfoo: Path) -> list[str]:
    main = promptfoo / "node_modules" / "promptfoo" / "dist" / "src" / "main.js"
    options = ["-j", str(concurrency), "--no-cache", "--no-progress-bar", "--no-table", "--no-write"]
    return ["node", str(main), "eval", "-c", str(path), *options]


def measure(who: str, delay_ms: float, concurrency: int, cells: int, promptfoo: Path | None) -> Timed:
    with tempfile.TemporaryDirectory() as name, model_server(delay_ms) as port:
        folder = Path(name)
        path = config(folder, port, cells)
        command = ours(path, concurrency)
        if promptfoo is not None:
            command = theirs(path, concurrency, promptfoo)
        environment = {
            "PLUMB_DATA_DIR": str(folder / "data"), "PROMPTFOO_CONFIG_DIR": str(folder / "pf"),
            "PROMPTFOO_DISABLE_TELEMETRY": "1", "PROMPTFOO_DISABLE_UPDATE": "1",
            "PROMPTFOO_DISABLE_REMOTE_GENERATION": "1", "PROMPTFOO_REQUEST_BACKOFF_MS": "0",
        }  # fmt: skip
        found = timed(command, environment, folder, port)
        if found.calls != cells:
            print(f"  {who}: the server got {found.calls} calls, not {cells}")
        return found


def line(who: str, delay_ms: float, concurrency: int, cells: int, rounds: list[Timed]) -> str:
    spans = [each.span for each in rounds]
    middle, spread = statistics.median(spans), f"{min(spans):.2f}…{max(spans):.2f}"
    ideal = cells / concurrency * delay_ms / 1000
    ratio = f"{middle / ideal:6.3f}" if ideal else "     –"
    start = statistics.median(each.start for each in rounds)
    memory = max(each.memory for each in rounds)
    whole = statistics.median(each.whole for each in rounds)
    cpu = statistics.median(each.cpu for each in rounds)
    return (
        f"{who:10} {delay_ms:6.0f} {concurrency:5} {ratio} {cells / middle:8.0f}/s {middle:7.2f} s ({spread})"
        f" {start:6.2f} s {whole:6.2f} s {memory:5.0f} MB {cpu:6.2f} s  n={len(rounds)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--promptfoo", type=Path)
    parser.add_argument("--only", default="", help='such as "100x20": delay in ms x concurrency')
    asked = parser.parse_args()
    runners: list[tuple[str, Path | None]] = [("plumb", None)]
    if asked.promptfoo is not None:
        runners.append(("promptfoo", asked.promptfoo))
    print(
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {asked.cells} cells, medians (all rounds)"
    )
    print(
        "who      delay/ms at once span/ideal  calls       span           first call   whole  memory    cpu"
    )
    for delay_ms, concurrency in ((100, 4), (100, 20), (100, 100), (0, 20), (0, 100)):
        if asked.only and asked.only != f"{delay_ms}x{concurrency}":
            continue
        for who, folder in runners:
            rounds = [measure(who, delay_ms, concurrency, asked.cells, folder) for _ in range(asked.rounds)]
            print(line(who, delay_ms, concurrency, asked.cells, rounds), flush=True)
    print(f"this process itself: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
