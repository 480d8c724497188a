"""Taking interactions in: prepared in worker processes, written in groups, acknowledged once committed."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot.domain.interactions import Interaction
from bot.domain.pseudonyms import product_user
from bot.errors import InputError, RowsRefused
from bot.importers.interactions import Problem
from bot.ports import Clock
from bot.services.interactions.preparation import Arrived, Prepared, prepare, stored_id, warm_up
from bot.services.interactions.watching import Watching
from bot.services.interactions.writing import GroupWriter
from bot.store import Store
from bot.store.numbers import BusinessNumber
from bot.workers import Workers

TOLD = 50  # problems that one answer names


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a body. ``accepted`` interactions were read; ``new`` of them were stored first by it,
    ``known`` were there already (what was empty of them is filled), ``sampled_out`` are not kept.

    ``problems`` are of records that were left out, where others of the body were taken; ``apart`` counts
    records that are no calls of a model, ``ignored`` names what was sent and is not kept, ``size`` is the
    body's in bytes, unpacked.
    """

    accepted: int
    new: int
    known: int
    sampled_out: int
    problems: tuple[Problem, ...]
    apart: int
    ignored: Mapping[str, int]
    size: int


class InteractionService:
    """Interactions of one team's products."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        workers: Workers,
        install_key: Callable[[], bytes],
        arrived: Callable[[], Awaitable[object]],
    ) -> None:
        """``arrived`` makes votes of feedback that came before its interactions."""
        self._store = store
        self._clock = clock
        self._workers = workers
        self._install_key = install_key
        self._watching = Watching(store)
        self._writer = GroupWriter(store, clock, arrived)

    async def record(
        self,
        feature: str,
        body: bytes,
        format_: str,
        *,
        gzipped: bool = False,
        whole: bool = True,
        most_bytes: int = 5_000_000,
        most: int = 10_000,
    ) -> Recorded:
        """Take a body in; returns once it is committed. ``format_`` is one of importers.interactions.FORMATS.

        ``whole``: nothing is kept unless every record can be used; else the good ones are.

        Raises:
            InputError: the body is not what it is said to be. ImportRefused: too large, no gzip.
            RowsRefused: records of it cannot be used.
            WorkStopped, StoreError: nothing of it is stored; worth another try.
        """
        arrived = Arrived(
            body, format_, feature, self._clock.now(), gzipped, whole, await self._watching.share(feature),
            most_bytes, most,
        )  # fmt: skip
        prepared = await self._workers.run(prepare, arrived, self._install_key())
        _check(prepared, whole=whole)
        new = await self._writer.write(prepared.rows)
        return Recorded(
            accepted=prepared.good,
            new=new,
            known=len(prepared.rows) - new,
            sampled_out=prepared.good - len(prepared.rows),
            problems=tuple(prepared.problems),
            apart=prepared.apart,
            ignored=prepared.ignored,
            size=prepared.size,
        )

    async def get(self, feature: str, id_: str) -> Interaction | None:
        """By the product's own id."""
        async with self._store.read() as unit:
            return await unit.interactions.get(feature, self.stored_id(id_))

    async def by_trace(self, trace: str) -> list[Interaction]:
        async with self._store.read() as unit:
            return await unit.interactions.by_trace(trace.lower())

    def stored_id(self, id_: str) -> str:
        """What the product's id is kept as: itself, nearly always."""
        return stored_id(id_, self._install_key())

    def stored_user(self, user: str) -> str:
        """What a product's user is kept as: "product:HASH"."""
        return product_user(user, self._install_key())

    async def put_numbers(self, numbers: list[BusinessNumber]) -> None:
        """Business numbers; one that was sent before for the same moment is replaced."""
        async with self._store.write() as unit:
            await unit.numbers.put(numbers)

    async def numbers(
        self, feature: str, metric: str, since: datetime, until: datetime
    ) -> list[BusinessNumber]:
        async with self._store.read() as unit:
            return await unit.numbers.between(feature, metric, since, until)

    async def warm(self) -> None:
        """Start the worker processes, so that the first body does not wait for them."""
        await self._workers.warm(warm_up)


def _check(prepared: Prepared, *, whole: bool) -> None:
    if prepared.refused is not None:
        raise InputError(prepared.refused.message, hint=prepared.refused.hint, code="bad_body")
    if not (whole and prepared.problems):
        return
    rows = len({problem.row for problem in prepared.problems})
    first = prepared.problems[0]
    told = tuple(islice(prepared.problems, TOLD))
    raise RowsRefused(
        f"{_count(rows, 'record')} cannot be used, so nothing was kept. The first is record {first.row}:"
        f" {first.message}",
        problems=told,
        left_out=len(prepared.problems) - len(told),
        hint=first.hint,
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
