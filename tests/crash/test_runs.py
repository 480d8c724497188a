"""A run killed again and again goes on, sends only what is missing, and its totals are the whole matrix."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

REPO = Path(__file__).parents[2]
CASES, REPEATS, AT_ONCE, KILLS = 40, 2, 4, 3


@contextmanager
def model_server(delay_ms: float) -> Iterator[int]:
    command = [sys.executable, "-m", "tests.model_server", "--delay-ms", str(delay_ms)]
    with subprocess.Popen(command, cwd=REPO, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  ours
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def seen(port: int) -> dict[str, Any]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/seen", timeout=20) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def config(folder: Path, port: int) -> Path:
    path = folder / "config.yaml"
    provider = {
        "id": "openai:chat:m", "config": {"apiBaseUrl": f"http://127.0.0.1:{port}/v1", "apiKey": "none"}
    }  # fmt: skip
    tests = [
        {"vars": {"q": f"{i}."}, "assert": [{"type": "contains", "value": f"case {i}."}]}
        for i in range(CASES)
    ]
    whole = {"prompts": ["case {{q}}"], "providers": [provider], "tests": tests}
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


def start(path: Path, data: Path) -> "subprocess.Popen[str]":
    options = ["-j", str(AT_ONCE), "--repeat", str(REPEATS), "--no-cache", "--format", "json"]
    return subprocess.Popen(  # noqa: S603  ours
        [sys.executable, "-m", "bot", "exp", "run", str(path), *options],
        cwd=REPO,
        env={**os.environ, "PLUMB_DATA_DIR": str(data)},
        stdout=subprocess.PIPE,
        text=True,
    )


def wait_for_answers(port: int, count: int, process: "subprocess.Popen[str]") -> None:
    end = time.monotonic() + 60
    while seen(port)["answered"] < count:
        assert time.monotonic() < end, "the run sends nothing"
        with suppress(subprocess.TimeoutExpired):
            raise AssertionError(f"the run ended with {process.wait(timeout=0.02)}")


def test_a_killed_run_goes_on_and_sends_only_what_is_missing(tmp_path: Path) -> None:
    total = CASES * REPEATS
    with model_server(40) as port:
        path = config(tmp_path, port)
        before = 0
        for _ in range(KILLS):
            with start(path, tmp_path / "data") as process:
                wait_for_answers(port, before + 12, process)
                process.send_signal(signal.SIGKILL)
                process.wait()
            before = seen(port)["answered"]
            assert before < total, "the kill came too late to show anything"
        with start(path, tmp_path / "data") as process:
            printed, _ = process.communicate(timeout=60)
        found = seen(port)
    report = json.loads(printed)
    keys = {(cell["arm"], cell["case"], cell["repeat"]) for cell in report["cells"]}
    assert (process.returncode, len(report["cells"]), len(keys), report["missing"]) == (0, total, total, 0)
    assert all(cell["pass"] for cell in report["cells"])
    assert len(found["asked"]) == CASES
    assert all(times >= REPEATS for times in found["asked"].values())
    # A kill costs what is out at that moment, and what was answered and not yet written.
    assert total <= found["calls"] <= total + KILLS * 2 * AT_ONCE
    assert not list((tmp_path / "data" / "runs").iterdir())
