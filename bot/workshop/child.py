"""The child process: builds the services once and runs one task after the other."""

import asyncio
import os
import signal
import sys
import threading
import time
from typing import Any, BinaryIO, NoReturn

from bot.bootstrap import Services, build_services
from bot.errors import PlumblineError
from bot.logs import log_failure
from bot.settings import Settings
from bot.tasks import TASKS
from bot.workshop.wire import Finished, Progressed, Task, packed, read

NICENESS = 10  # answers to people come first
PROGRESS_EVERY_S = 0.2


class Reporter:
    """Sends progress up at most five times a second, and always where a stage begins. Called from any
    thread."""

    def __init__(self, up: BinaryIO) -> None:
        self._up = up
        self._lock = threading.Lock()
        self._stage = ""
        self._sent_at = 0.0

    def send(self, message: object) -> None:
        with self._lock:
            self._up.write(packed(message))
            self._up.flush()

    def progress(self, stage: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if stage == self._stage and now - self._sent_at < PROGRESS_EVERY_S:
            return
        self._stage, self._sent_at = stage, now
        self.send(Progressed(stage, done, total))


async def perform(services: Services, task: Task, reporter: Reporter) -> Finished:
    """Run one task; every failure is words by the time it leaves."""
    try:
        return Finished(await TASKS[task.name](services.for_team(task.team), task.payload, reporter.progress))
    except PlumblineError as error:
        return Finished(error=error)
    except Exception as error:  # noqa: BLE001  the parent gets words, the log has the rest
        reference = log_failure(error)
        return Finished(
            error=PlumblineError(
                "Something went wrong on my side while working on this.",
                hint=f"Try again; if it happens again, pass on the reference {reference}.",
                code="unexpected",
            )
        )


async def serve(down: BinaryIO, reporter: Reporter) -> None:
    """Settings first, then tasks until the parent hangs up."""
    settings: Settings | None = await asyncio.to_thread(read, down)
    if settings is None:
        return
    services = build_services(settings)
    loop = asyncio.get_running_loop()
    tasks: asyncio.Queue[Task | None] = asyncio.Queue()
    threading.Thread(target=_listen, args=(down, loop, tasks), daemon=True).start()
    while (task := await tasks.get()) is not None:
        reporter.send(await perform(services, task, reporter))


def _listen(down: BinaryIO, loop: asyncio.AbstractEventLoop, tasks: "asyncio.Queue[Any]") -> NoReturn:
    """Reads in a thread of its own, so that the parent's end is noticed in the middle of a task."""
    while (task := read(down)) is not None:
        loop.call_soon_threadsafe(tasks.put_nowait, task)
    end()


def end() -> NoReturn:
    """Leave at once with the worker processes of imports: whatever was not committed is rolled back."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(0)


def main() -> None:
    """Standard output belongs to the wire; what prints goes to standard error."""
    os.nice(NICENESS)
    up = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    asyncio.run(serve(sys.stdin.buffer, Reporter(up)))


if __name__ == "__main__":
    main()
