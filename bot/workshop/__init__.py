"""Heavy work in one child process, so that the bot answers while it goes on and stays small."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.errors import PlumblineError, WorkStopped
from bot.logs import LOGGER, log_failure
from bot.settings import Settings
from bot.workshop.wire import HEADER, Finished, Progressed, Task, packed, unpacked

Watch = Callable[[str, int, int | None], Awaitable[None]]
"""Told the stage, what is done, and of how much (None where nobody knows)."""

IDLE_S = 300.0  # the models and tables it loaded are hundreds of megabytes


class Workshop:
    """Runs ``bot.tasks.TASKS`` one at a time, in order of asking. The child starts with the first task and
    ends after ``idle_s`` without one."""

    def __init__(self, settings: Settings, *, idle_s: float = IDLE_S) -> None:
        self._settings = settings
        self._idle_s = idle_s
        self._turn = asyncio.Lock()
        self._child: _Child | None = None
        self._closing: asyncio.TimerHandle | None = None

    async def run(
        self, team: str, task: str, payload: Mapping[str, Any], progress: Watch | None = None
    ) -> dict[str, Any]:
        """Run a task for a team. Cancelled, it is dropped, and its child with it.

        Raises:
            PlumblineError: what the task raised; with code "unexpected" where that was no error of ours.
            WorkStopped: the child was killed or crashed.
        """
        async with self._turn:
            child = await self._ready()
            try:
                return await child.perform(Task(team, task, dict(payload)), progress)
            except (WorkStopped, asyncio.CancelledError):
                await self._end()
                raise
            finally:
                self._close_when_idle()

    async def close(self) -> None:
        """End the child; a running task is dropped."""
        if self._closing is not None:
            self._closing.cancel()
        await self._end()

    @property
    def pid(self) -> int | None:
        """The child's process id, None while there is none."""
        return None if self._child is None else self._child.process.pid

    async def _ready(self) -> "_Child":
        if self._closing is not None:
            self._closing.cancel()
        if self._child is not None and self._child.process.returncode is not None:
            await self._end()
        if self._child is None:
            self._child = await _Child.start(self._settings)
        return self._child

    async def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            await child.end()

    def _close_when_idle(self) -> None:
        def close() -> None:
            if not self._turn.locked():
                self._ending = asyncio.get_running_loop().create_task(self._end())

        self._closing = asyncio.get_running_loop().call_later(self._idle_s, close)


class _Child:
    """One child process and the wire to it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    @classmethod
    async def start(cls, settings: Settings) -> "_Child":
        """Settings go over the wire: what is secret in them stands neither in arguments nor environment."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.workshop.child",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,  # a group of its own: it ends with its worker processes, not by Ctrl-C
        )  # fmt: skip
        child = cls(process)
        with contextlib.suppress(ConnectionError):  # it died at once; perform says so
            await child._send(settings)
        return child

    async def perform(self, task: Task, progress: Watch | None) -> dict[str, Any]:
        async with _Latest(progress) as latest:
            with contextlib.suppress(ConnectionError):
                await self._send(task)
            while True:
                match await self._receive():
                    case Progressed() as where:
                        latest.put(where)
                    case Finished(result=dict() as result):
                        return result
                    case Finished(error=PlumblineError() as error):
                        raise error
                    case _:
                        raise WorkStopped(
                            "The work stopped halfway: its process ended.",
                            hint="Try again; if it stops again, the log may be too large for this machine.",
                        )

    async def end(self) -> None:
        """Kill the child and the worker processes it has; returns once it is gone."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        await self.process.wait()
        assert self.process.stdin is not None  # noqa: S101  it is a pipe
        self.process.stdin.close()
        with contextlib.suppress(ConnectionError):
            await self.process.stdin.wait_closed()

    async def _send(self, message: object) -> None:
        assert self.process.stdin is not None  # noqa: S101  it is a pipe
        self.process.stdin.write(packed(message))
        await self.process.stdin.drain()

    async def _receive(self) -> Any:
        """The next message; None where the child is gone."""
        assert self.process.stdout is not None  # noqa: S101  it is a pipe
        try:
            (length,) = HEADER.unpack(await self.process.stdout.readexactly(HEADER.size))
            return unpacked(await self.process.stdout.readexactly(length))
        except (asyncio.IncompleteReadError, ConnectionError):
            LOGGER.warning("the workshop's process %d ended", self.process.pid)
            return None


class _Latest:
    """Passes progress on without ever waiting for whoever watches: a slow one sees only the latest."""

    def __init__(self, watch: Watch | None) -> None:
        self._watch = watch
        self._latest: Progressed | None = None
        self._passing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "_Latest":
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._passing is not None:
            await asyncio.wait([self._passing])

    def put(self, where: Progressed) -> None:
        self._latest = where
        if self._watch is not None and (self._passing is None or self._passing.done()):
            self._passing = asyncio.create_task(self._pass_on(self._watch))

    async def _pass_on(self, watch: Watch) -> None:
        while self._latest is not None:
            where, self._latest = self._latest, None
            try:
                await watch(where.stage, where.done, where.total)
            except Exception as error:  # noqa: BLE001  nobody's work fails because it could not be watched
                log_failure(error)
