"""The boundary: what Slack sends is stored before it is acked, and every failure stops here."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from bot.errors import PlumblineError
from bot.logs import LOGGER, log_failure
from bot.ports import Job, JobFunction, Jobs, JsonObject
from handlers.ask import Ask, Kind
from handlers.desk import Desk
from handlers.desks import Desks
from handlers.feature import Checking, Opening, Work
from handlers.ids import ask_of
from handlers.views import failures
from handlers.views.kit import Message

Ack = Callable[..., Awaitable[Any]]
Listener = Callable[..., Awaitable[None]]
Observe = Callable[[str, float], None]
REMEMBERED = 1_000  # clicks that opened a window; they are of use for three seconds
TELLING = 10.0  # seconds that telling somebody about a failure may take


def _unobserved(_kind: str, _seconds: float) -> None:
    pass


class Boundary:
    """Wraps every listener. Nothing raises out of it: Bolt loses an ack that is followed by an exception."""

    def __init__(self, desks: Desks, jobs: Jobs, observe: Observe = _unobserved) -> None:
        self._desks = desks
        self._jobs = jobs
        self._observe = observe
        self._open: set[asyncio.Task[Any]] = set()
        self._opened: dict[str, None] = {}

    def stored(self, kind: Kind, job: str, narrow: Callable[[Ask], Ask] | None = None) -> Listener:
        """Store, commit, ack; the job does the rest. What cannot be stored is not acked when it is an event
        (Slack sends it again); a person is told."""

        async def listener(body: JsonObject, ack: Ack) -> None:
            await self.store(kind, job, body, ack, narrow)

        return listener

    def stored_and_opened(self, kind: Kind, job: str, opening: Opening) -> Listener:
        """Both: the click counts whatever becomes of the window."""

        async def listener(body: JsonObject, ack: Ack) -> None:
            await self.store(kind, job, body, ack)
            await self.open(kind, opening, body, _acked)

        return listener

    async def store(
        self,
        kind: Kind,
        job: str,
        body: JsonObject,
        ack: Ack,
        narrow: Callable[[Ask], Ask] | None = None,
    ) -> None:
        begun = time.perf_counter()
        try:
            ask = ask_of(kind, body)
            await self._jobs.enqueue(job, ask.key, (narrow(ask) if narrow else ask).as_json())
            await ack()
        except Exception as error:  # noqa: BLE001  failures stop here
            await self._not_stored(kind, error, ack)
        self._observe(kind, time.perf_counter() - begun)

    async def _not_stored(self, kind: Kind, error: Exception, ack: Ack) -> None:
        reference = log_failure(error)
        if kind == "command":
            with suppress(Exception):
                await ack(text=failures.failure(*words_of(error), reference=reference).text)

    def opened(self, kind: Kind, opening: Opening) -> Listener:
        """Ack, then open a window while the trigger id lives."""

        async def listener(body: JsonObject, ack: Ack) -> None:
            await self.open(kind, opening, body, ack)

        return listener

    async def open(
        self,
        kind: Kind,
        opening: Opening,
        body: JsonObject,
        ack: Ack,
        narrow: Callable[[Ask], Ask] | None = None,
    ) -> None:
        begun = time.perf_counter()
        with self._counted():
            try:
                await ack()
                self._observe(kind, time.perf_counter() - begun)
                ask = ask_of(kind, body)
                if self._is_open(ask.key):
                    return
                ask = narrow(ask) if narrow else ask
                desk = await self._desks.at(ask)
                await self._guarded(opening, ask, desk)
            except Exception as error:  # noqa: BLE001  failures stop here
                log_failure(error)

    def _is_open(self, key: str) -> bool:
        """Whether the same click was delivered before: its trigger opens one window only."""
        known = key in self._opened
        self._opened[key] = None
        while len(self._opened) > REMEMBERED:
            del self._opened[next(iter(self._opened))]
        return known

    def submitted(self, job: str, check: Checking | None) -> Listener:
        """Look at a form; show what is wrong in it, or store it and close it."""

        async def listener(body: JsonObject, ack: Ack) -> None:
            begun = time.perf_counter()
            try:
                ask = ask_of("submission", body)
                errors = await check(ask, await self._desks.at(ask)) if check else {}
                if errors:
                    await ack(response_action="errors", errors=dict(errors))
                else:
                    await self._jobs.enqueue(job, ask.key, ask.as_json())
                    await ack()
            except Exception as error:  # noqa: BLE001  failures stop here
                message, hint = words_of(error)
                view = failures.window(message, hint, reference=log_failure(error))
                with suppress(Exception):
                    await ack(response_action="update", view=dict(view))
            self._observe("submission", time.perf_counter() - begun)

        return listener

    def job(self, work: Work) -> JobFunction:
        """The durable half: the work with its failures told to the person who asked."""

        async def run(job: Job, payload: Mapping[str, Any]) -> None:
            ask = Ask.from_json(payload)
            desk = await self._desks.at(ask, job)
            await self._guarded(work, ask, desk)

        return run

    async def _guarded(self, act: Work | Opening, ask: Ask, desk: Desk) -> None:
        try:
            ask = await desk.placed(ask)
            await act(ask, desk)
        except PlumblineError as error:
            LOGGER.info("%s %s: %s", ask.kind, ask.action, error.code, exc_info=error.__cause__)
            await self._tell(desk, ask, failures.failure(error.message, error.hint))
        except Exception as error:  # noqa: BLE001  failures stop here
            reference = log_failure(error)
            message, hint = words_of(error)
            await self._tell(desk, ask, failures.failure(message, hint, reference=reference))

    async def _tell(self, desk: Desk, ask: Ask, message: Message) -> None:
        """An event nobody waits for (App Home, a reaction) fails into the log only."""
        if ask.kind == "event" and ask.action not in {"message", "app_mention"}:
            return
        try:
            await asyncio.wait_for(desk.answer(ask, message, "failure"), TELLING)
        except Exception as error:  # noqa: BLE001  telling is the last thing tried
            log_failure(error)

    def _counted(self) -> "_Counted":
        return _Counted(self._open)

    async def drain(self, seconds: float) -> None:
        """Wait for the windows that are being opened."""
        pending = [task for task in self._open if task is not asyncio.current_task()]
        if pending:
            await asyncio.wait(pending, timeout=seconds)


class _Counted:
    """Keeps the current task in a set while it runs."""

    def __init__(self, tasks: set[asyncio.Task[Any]]) -> None:
        self._tasks = tasks
        self._task = asyncio.current_task()

    def __enter__(self) -> None:
        if self._task is not None:
            self._tasks.add(self._task)

    def __exit__(self, *_: object) -> None:
        if self._task is not None:
            self._tasks.discard(self._task)


async def _acked() -> None:
    """It was, already."""


def words_of(error: Exception) -> tuple[str, str]:
    """What to say and what to do; an unexpected failure keeps its details for the log."""
    if isinstance(error, PlumblineError):
        return error.message, error.hint
    return "Something went wrong on my side.", "Try again; if it happens again, pass on the reference."
