"""Versioned sets of eval cases: read, previewed, changed, resolved for a plan."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from bot.domain.datasets import (
    Dataset,
    DatasetLine,
    Diff,
    Version,
    answered,
    differences,
    parse_reference,
)
from bot.domain.datasets.columns import Columns, RawCase
from bot.domain.datasets.model import clustered
from bot.domain.redaction import redact
from bot.errors import InputError, NotFound
from bot.ports import Clock
from bot.services.datasets.editing import edited
from bot.services.datasets.files import read_file
from bot.services.datasets.privacy import Cleaned, clean_batch, vocabulary
from bot.services.datasets.proposals import Incoming, Proposal, proposed
from bot.services.datasets.shelf import add_version, check_origin, newest_cases, set_of, version_of
from bot.store import Store
from bot.workers import Workers

BATCH = 250
MAX_NOTE = 500


class DatasetService:
    """Named sets of a team. A change is proposed first and kept by ``commit``. Who may see a private
    channel's set is the caller's to check (``channel``)."""

    def __init__(self, store: Store, clock: Clock, workers: Workers, key: Callable[[], bytes]) -> None:
        self._store = store
        self._clock = clock
        self._workers = workers
        self._key = key

    async def all(self) -> list[DatasetLine]:
        """Every set, by name."""
        async with self._store.read() as unit:
            return await unit.datasets.overview()

    async def get(self, reference: str) -> Dataset:
        """A version as it was written; ``scoring`` says how it would be scored.

        Raises:
            NotFound: no such set or version.
        """
        wanted = parse_reference(reference)
        async with self._store.read() as unit:
            found, number = await version_of(unit, wanted)
            cases = await unit.datasets.cases(found.id, number)
        return Dataset(found.name, number, tuple(cases), found.channel, answered(cases)[1])

    async def resolve(self, reference: str, *, judge: bool = True) -> Dataset:
        """A version ready for a plan: each case with a right answer has a check, and made-up cases share the
        cluster of the case they were made from. Without a ``judge``, free text is compared by nearness.

        Raises:
            NotFound: no such set or version.
        """
        found = await self.get(reference)
        cases, scoring = answered(clustered(found.cases), judge=judge)
        return replace(found, cases=cases, scoring=scoring)

    async def versions(self, name: str) -> list[Version]:
        """Oldest first; none where only candidates wait."""
        async with self._store.read() as unit:
            found = await set_of(unit, parse_reference(name).name)
            return await unit.datasets.versions(found.id)

    async def diff(self, before: str, after: str = "") -> Diff:
        """What changed between two versions; with one, since the version before it."""
        if not after:
            later = await self.get(before)
            if later.version == 1:
                return differences((), later.cases)
            after, before = later.reference, f"{later.name}@{later.version - 1}"
        one, other = await self.get(before), await self.get(after)
        if one.name != other.name:
            raise InputError(f"{one.name} and {other.name} are two sets.", hint="Name versions of one set.")
        return differences(one.cases, other.cases)

    async def read(
        self, data: Path | BinaryIO, *, filename: str, columns: Columns | None = None, channel: str = ""
    ) -> Incoming:
        """The cases of a file, redacted; nothing is stored. ``channel``: the private one it was shared in.

        Raises:
            ImportRefused: the file as a whole cannot be used; one sentence says why and where.
        """
        reading = partial(read_file, data, filename=filename, columns=columns or Columns())
        found = await asyncio.to_thread(reading)
        cleaned = await self.cleaned(found.cases)
        cases = [
            replace(each.case, origin=each.case.origin or f"file {filename} row {each.row}")
            for each in cleaned
        ]
        return Incoming(
            cases=cases,
            source=filename,
            channel=channel,
            removed=sum((Counter(each.removed) for each in cleaned), Counter()),
            problems=tuple(found.problems),
            notes=found.notes,
        )

    async def cleaned(self, cases: Sequence[RawCase]) -> list[Cleaned]:
        """Redacted, by worker processes where there are many."""
        words = await asyncio.to_thread(vocabulary, cases)
        work = partial(clean_batch, key=self._key(), words=words)
        batches = (cases[start : start + BATCH] for start in range(0, len(cases), BATCH))
        return [each async for batch in self._workers.map(work, batches) for each in batch]

    async def propose(self, name: str, incoming: Incoming, *, replacing: bool = False) -> Proposal:
        """What putting these cases into a set would do; ``replacing``: cases that did not come are retired.

        Raises:
            InputError: no name of a set, or private cases for a set that is not that channel's.
        """
        reference = parse_reference(name)
        async with self._store.read() as unit:
            found = await unit.datasets.get(reference.name)
            check_origin(found, incoming.channel)
            before = await newest_cases(unit, found)
        base = found.version if found else 0
        return await asyncio.to_thread(proposed, reference.name, base, before, incoming, replacing=replacing)

    async def propose_edit(self, name: str, case_id: str, values: Mapping[str, str]) -> Proposal:
        """What an edit would do: ``expected``, ``note``, ``cluster``, ``threshold``, ``vars.NAME``,
        ``slices.NAME`` (empty takes a slice away). A new ``expected`` replaces checks made from the old one.

        Raises:
            NotFound: no such case. InputError: no such field, or a value that does not fit.
        """
        found = await self.get(parse_reference(name).name)
        case = next((case for case in found.cases if case.id == case_id), None)
        if case is None:
            raise NotFound(f"{found.reference} has no case {case_id[:80]!r}.", hint="`show` lists them.")
        raw = RawCase(0, edited(case, values))
        (clean,) = await self.cleaned([raw])
        incoming = Incoming([clean.case], f"edit of {case_id}", removed=clean.removed)
        after = [clean.case if each.id == case_id else each for each in found.cases]
        proposal = proposed(found.name, found.version, found.cases, incoming)
        if proposal.conflicts or proposal.duplicates:
            raise InputError(
                f"Another case of {found.name} has this input already.", hint="Retire one of them."
            )
        return replace(proposal, cases=tuple(after))

    async def propose_retiring(self, name: str, case_ids: Sequence[str]) -> Proposal:
        """What taking cases out would do.

        Raises:
            NotFound: no such case.
        """
        found = await self.get(parse_reference(name).name)
        missing = set(case_ids) - {case.id for case in found.cases}
        if missing:
            raise NotFound(f"{found.reference} has no case {min(missing)[:80]!r}.", hint="`show` lists them.")
        kept = [case for case in found.cases if case.id not in set(case_ids)]
        return proposed(found.name, found.version, found.cases, Incoming(kept), replacing=True)

    async def commit(self, proposal: Proposal, author: str, note: str = "") -> Version | None:
        """Keep a proposal as the set's next version; None where it changes nothing.

        Raises:
            InputError: somebody changed the set since the proposal was made.
        """
        now = self._clock.now()
        async with self._store.write() as unit:
            if not proposal.diff:
                return None
            found = await unit.datasets.get_or_add(proposal.name, proposal.channel, now)
            check_origin(found, proposal.channel)
            if found.version != proposal.base:
                raise InputError(
                    f"{found.name} is at version {found.version} by now; this was made for {proposal.base}.",
                    hint="Look at it again: nothing was changed.",
                )
            before = await newest_cases(unit, found)
            return await add_version(
                unit, found, before, proposal.cases, author, _note(note, proposal.source), now
            )


def _note(note: str, source: str) -> str:
    """Redacted like any text of a person's."""
    return redact(note.strip()[:MAX_NOTE]).text or (f"from {source}" if source else "")
