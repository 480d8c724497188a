"""Processes are killed in the middle of durable jobs: everything accepted is done, and hardly anything twice.

A step whose result was stored never runs again. One that was under way when its process died runs once
more: so after k deaths no step has run more than k + 1 times, and the steps of a job never go back."""

import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from pathlib import Path

from bot.durable import migrate
from tests.crash.worker import STEPS
from tests.paths import REPO

PATIENCE_S = 60.0
AT_ONCE = 8  # jobs a process has under way


class Worker:
    """One process, and what it has said. It is killed at the end, and if it says nothing for too long."""

    def __init__(self, url: str, folder: Path, ledger: Path, prefix: str, first: int, count: int) -> None:
        self._process = subprocess.Popen(  # noqa: S603  our own module
            [sys.executable, "-m", "tests.crash.worker", url, folder, ledger, prefix, str(first), str(count)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=REPO,
        )
        self._watchdog = threading.Timer(PATIENCE_S, self._process.kill)
        self._watchdog.start()
        self.acked: list[str] = []
        self.idle = False

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._watchdog.cancel()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def read(self) -> bool:
        """One more line; False at the end."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        word, _, key = line.strip().partition(" ")
        if word == "acked":
            self.acked.append(key)
        self.idle = self.idle or word == "idle"
        return bool(line)

    def until_acked(self, count: int) -> None:
        while len(self.acked) < count and self.read():
            pass

    def until_idle(self) -> None:
        while self.read():
            pass
        assert self.idle
        assert self._process.wait() == 0

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def kill(self) -> None:
        """SIGKILL; what it said before is read to the end."""
        self._process.kill()
        while self.read():
            pass
        self._process.wait()


def runs(ledger: Path) -> dict[str, list[int]]:
    """The steps of each job, in the order they ran."""
    steps = defaultdict(list)
    for line in ledger.read_text().splitlines():
        key, step = line.split()
        steps[key].append(int(step))
    return steps


def test_a_bot_killed_again_and_again_loses_nothing(tmp_path: Path) -> None:
    dice = random.Random(1)
    url, ledger = f"sqlite+aiosqlite:///{tmp_path / 'plumbline.db'}", tmp_path / "ledger"
    acked: list[str] = []
    deaths, wanted = 4, 60
    for _ in range(deaths):
        with Worker(url, tmp_path, ledger, "j", len(acked), wanted) as running:
            running.until_acked(dice.randrange(5, 25))
            time.sleep(dice.uniform(0, 0.3))  # anywhere: in a step, between two, in a commit
            running.kill()
            acked += running.acked
    with Worker(url, tmp_path, ledger, "j", len(acked), 5) as running:
        running.until_idle()
        acked += running.acked
    steps = runs(ledger)
    assert len(acked) >= deaths * 5
    assert not set(acked) - set(steps)
    for key, order in steps.items():
        assert sorted(set(order)) == list(range(STEPS)), key
        assert order == sorted(order), key
    most = max(max(Counter(order).values()) for order in steps.values())
    again = sum(len(order) - STEPS for order in steps.values())
    assert most <= deaths + 1
    assert again <= deaths * AT_ONCE


def test_of_three_replicas_one_dies_and_one_sleeps_and_all_work_is_done(
    postgres_url: str, tmp_path: Path
) -> None:
    migrate(postgres_url)
    ledger, each = tmp_path / "ledger", 25
    with (
        Worker(postgres_url, tmp_path, ledger, "a", 0, each) as dies,
        Worker(postgres_url, tmp_path, ledger, "b", 0, each) as sleeps,
        Worker(postgres_url, tmp_path, ledger, "c", 0, each) as lives,
    ):
        dies.until_acked(each)
        sleeps.until_acked(each)
        dies.kill()
        sleeps.signal(signal.SIGSTOP)
        lives.until_idle()  # nothing is left of the others' work either
        sleeps.signal(signal.SIGCONT)
        sleeps.until_idle()
    steps = runs(ledger)
    assert set(steps) == {f"{name}{number}" for name in "abc" for number in range(each)}
    assert all(set(order) == set(range(STEPS)) for order in steps.values())
    assert max(max(Counter(order).values()) for order in steps.values()) <= 3
    assert sum(len(order) - STEPS for order in steps.values()) <= 2 * AT_ONCE
