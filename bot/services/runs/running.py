"""Running a plan: workers per provider send, a few tasks judge, one writes, one looks at the clock."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain.experiments.cells import CellKey
from bot.domain.experiments.plan import ModelSpec, Plan
from bot.errors import BudgetReached, InputError, ModelRejected, ModelUnavailable, PlumblineError
from bot.llm.text import TextReply, TextRequest
from bot.services.runs.calling import Caller, Tries, kept_form
from bot.services.runs.judging import Judge, failed
from bot.services.runs.lanes import Lane, LaneClosed
from bot.services.runs.money import Ledger, Purse
from bot.services.runs.order import in_random_order
from bot.services.runs.rendering import Redact, redacted, rendered
from bot.services.runs.values import (
    Caps,
    Control,
    Ended,
    Looking,
    MemorySink,
    OnProgress,
    Providers,
    Result,
    RunOutcome,
    Sink,
)
from bot.services.runs.watching import Watch
from bot.services.runs.writing import Writer

if TYPE_CHECKING:
    from bot.scorers.tools import Tools

ALIKE = 5  # calls of an arm that fail alike, with none that went well, end the run
JUDGES = 4  # outputs judged at the same time where a judge or a program is waited for
LOOK_S = 1.0


async def run(
    plan: Plan,
    *,
    providers: Providers,
    tools: "Tools | Callable[[], Tools] | None" = None,
    sink: Sink | None = None,
    caps: Caps = Caps(),  # noqa: B008  frozen
    control: Control | None = None,
    on_progress: OnProgress | None = None,
    look: Looking | None = None,
    redact: Redact | None = None,
    seed: int = 0,
    tries: Tries = Tries(),  # noqa: B008  frozen
    ledger: Ledger | None = None,
) -> RunOutcome:
    """Send every cell of the plan that the sink does not have, and judge the answers.

    A call that fails is its cell's error, and the run goes on; where all calls of an arm fail alike it ends.
    ``tools`` are what judges and embeddings need, or a function that makes them once they are needed.
    ``redact`` is applied to prompts that leave this machine. ``ledger`` is the team's money for a day.
    Nothing is raised for what a provider does; what the sink or the ledger raises (StoreError) goes up.
    """
    sink = sink or MemorySink()
    order = list(in_random_order(plan, seed))
    watch = Watch(len(order), on_progress, look)
    wanted = set(order)
    for cell in await sink.kept():
        if cell.key in wanted and not cell.error:
            watch.add(cell)
    purse = Purse(caps.max_cost, sum(cell.cost or 0.0 for cell in watch.done.values()), ledger)
    engine = _Engine(
        plan, providers, tools, caps, control or Control(), redact,
        Caller(purse, sink.answer if plan.cache else None, tries), Writer(sink), watch,
    )  # fmt: skip
    resumed = len(watch.done)
    try:
        await engine.run([key for key in order if key not in watch.done])
    finally:
        await purse.close()
    cells = tuple(watch.done[key] for key in plan.cells() if key in watch.done)
    ended, why = engine.ended if len(cells) < watch.total or engine.broken else (Ended.COMPLETE, "")
    return RunOutcome(
        cells, ended, why, watch.total - len(cells), engine.caller.calls, purse.spent, watch.seconds, resumed
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """A reply on its way to be judged."""

    key: CellKey
    spec: ModelSpec
    request: TextRequest
    reply: TextReply
    kept_as: str = ""
    cached: bool = False


class _Engine:
    """The tasks of one run and what they share."""

    def __init__(
        self,
        plan: Plan,
        providers: Providers,
        tools: "Tools | Callable[[], Tools] | None",
        caps: Caps,
        control: Control,
        redact: Redact | None,
        caller: Caller,
        writer: Writer,
        watch: Watch,
    ) -> None:
        self.caller = caller
        self.ended = (Ended.COMPLETE, "")
        self._providers, self._judged, self._caps, self._redact = (
            providers,
            Judge(tools, caller.purse),
            caps,
            redact,
        )
        self._control, self._writer, self._watch = control, writer, watch
        self._keeps, self._most = plan.cache, plan.concurrency
        self._arms = {planned.arm.id: planned for planned in plan.arms}
        self._cases = {case.id: case for case in plan.cases}
        self._said: asyncio.Queue[_Said] = asyncio.Queue(4 * plan.concurrency)
        self._alike: Counter[tuple[str, str]] = Counter()
        self._well: set[str] = set()
        self._over = False
        self._lanes: list[Lane] = []

    @property
    def broken(self) -> bool:
        return self.ended[0] is Ended.PROVIDER

    async def run(self, order: Sequence[CellKey]) -> None:
        """Senders, then judges, then the writer come to their end, each when no more can reach it."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._writer.run())
                aside = [group.create_task(self._judge()) for _ in range(JUDGES)]
                aside.append(group.create_task(self._look_now_and_then()))
                await self._send_all(order)
                await self._said.join()
                for task in aside:
                    task.cancel()
                self._writer.close()
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from None
        await self._watch.tell(self.caller.purse.spent)

    async def _send_all(self, order: Sequence[CellKey]) -> None:
        """Wait for the senders; give up what is out when told to, or when the time is over."""
        senders = [
            asyncio.create_task(self._send(lane))
            for lane in self._queues(order)
            for _ in range(min(lane.most, len(lane.queue)))
        ]
        now = asyncio.create_task(self._control.at_once.wait())
        stop = asyncio.create_task(self._control.stopped.wait())
        try:
            async with asyncio.timeout(self._caps.max_seconds):
                await self._ended(senders, stop, now)
        except TimeoutError:
            self._end(Ended.TIME, f"The time limit of {self._caps.max_seconds:g} s was reached.")
        finally:
            for task in (*senders, now, stop):
                task.cancel()
            found = await asyncio.gather(*senders, now, stop, return_exceptions=True)
        for each in found:
            if isinstance(each, Exception):
                raise each

    async def _ended(
        self, senders: list[asyncio.Task[None]], stop: asyncio.Task[bool], now: asyncio.Task[bool]
    ) -> None:
        sent = asyncio.gather(*senders)
        try:
            await asyncio.wait((sent, stop, now), return_when=asyncio.FIRST_COMPLETED)
            if stop.done() and not sent.done():
                self._end(Ended.STOPPED, f"The run was {self._control.why}.")
                await asyncio.wait((sent, now), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sent.cancel()

    def _queues(self, order: Sequence[CellKey]) -> list[Lane]:
        """Cells by the provider whose limits they share, in order."""
        lanes: dict[str, Lane] = {}
        for key in order:
            provider = self._providers.of(key)
            lanes.setdefault(provider.lane if provider else "", Lane(self._most)).queue.append(key)
        self._lanes = list(lanes.values())
        return self._lanes

    async def _send(self, lane: Lane) -> None:
        while lane.queue and not self._over:
            key = lane.queue.popleft()
            try:
                said = await self._ask(lane, key)
            except LaneClosed:
                return
            except BudgetReached as error:
                self._end(Ended.BUDGET, error.message)
            except PlumblineError as error:
                self._finish(Result(failed(key, error)))
                self._count_failure(key.arm, error)
            else:
                await self._said.put(said)

    async def _ask(self, lane: Lane, key: CellKey) -> _Said:
        planned, case = self._arms[key.arm], self._cases[key.case]
        given, own = case.options.get("providerOutput"), case.options.get("model")
        spec = replace(own, transform=planned.model.transform) if own else planned.model
        provider = self._providers.of(key)
        if why := case.refused or (planned.refused if given is None else ""):
            raise InputError(why)
        chat = given is None and provider is not None and provider.lane != "echo"
        request = rendered(planned.template, case, chat=chat)
        if given is not None or provider is None:
            return _Said(key, spec, request, TextReply(given, 0, 0, cost=0.0))
        if self._redact is not None and provider.leaves:
            request = redacted(request, self._redact)
        reply, kept_as, cached = await self.caller.reply(key, spec, provider, lane, request)
        self._well.add(key.arm)
        return _Said(key, spec, request, reply, kept_as, cached)

    async def _judge(self) -> None:
        while True:
            said = await self._said.get()
            case = self._cases[said.key.case]
            try:
                cell = await self._judged.cell(
                    said.key, case, said.spec, said.request, said.reply, said.cached
                )
            except BudgetReached as error:  # the answer is kept, so going on pays for its judge alone
                self._end(Ended.BUDGET, error.message)
                cell = failed(said.key, error)
            keep = self._keeps and said.kept_as and not said.cached
            self._finish(Result(cell, said.kept_as, kept_form(said.reply) if keep else None))
            self._said.task_done()
            await asyncio.sleep(0)  # calls that wait to be sent go first

    def _finish(self, result: Result) -> None:
        self._watch.add(result.cell)
        self._writer.add(result)

    def _count_failure(self, arm: str, error: PlumblineError) -> None:
        """The same refusal again and again, never an answer: a wrong key or name, which every call meets."""
        if not isinstance(error, ModelRejected | ModelUnavailable) or arm in self._well:
            return
        self._alike[arm, error.message] += 1
        if self._alike[arm, error.message] >= ALIKE:
            self._end(Ended.PROVIDER, f"Every call of {arm} fails: {error.message} {error.hint}".strip())

    async def _look_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            seen = await self._watch.tell(self.caller.purse.spent)
            if seen.stop:
                self._end(Ended.DECIDED, seen.stop)

    def _end(self, ended: Ended, why: str) -> None:
        """Send no more; the first reason counts."""
        if not self._over:
            self._over = True
            self.ended = (ended, why)
            for lane in self._lanes:
                lane.close()
