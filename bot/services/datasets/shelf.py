"""Sets in a transaction: found by reference, and given their next version."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.datasets import Reference, Version, differences
from bot.domain.datasets.model import MAX_CASES
from bot.domain.experiments.cells import Case
from bot.errors import InputError, NotFound
from bot.store import UnitOfWork
from bot.store.datasets import StoredSet


async def set_of(unit: UnitOfWork, name: str) -> StoredSet:
    """Raises NotFound, naming the sets there are that are not of a private channel."""
    found = await unit.datasets.get(name)
    if found is None:
        open_ones = [line.name for line in await unit.datasets.overview() if not line.channel]
        known = f"Known: {', '.join(open_ones[:12])}." if open_ones else "Make one from a file or a theme."
        raise NotFound(f"There is no set named {name!r}.", hint=known)
    return found


async def version_of(unit: UnitOfWork, reference: Reference) -> tuple[StoredSet, int]:
    """The set and the number of the version meant.

    Raises:
        NotFound: no such set or version, or nothing was accepted into it yet.
    """
    found = await set_of(unit, reference.name)
    wanted = found.version if reference.version is None else reference.version
    if not found.version:
        raise NotFound(
            f"{found.name} has no version yet, only candidates.",
            hint="Accept some of them to make the first.",
        )
    if wanted > found.version:
        raise NotFound(f"There is no {reference}.", hint=f"The newest is {found.name}@{found.version}.")
    return found, wanted


async def newest_cases(unit: UnitOfWork, found: StoredSet | None) -> list[Case]:
    return await unit.datasets.cases(found.id, found.version) if found and found.version else []


def check_origin(found: StoredSet | None, channel: str) -> None:
    """What came from a private channel goes nowhere else. Not everybody may know which: it is not named.

    Raises:
        InputError: the set is open, or another channel's.
    """
    if channel and found is not None and found.channel != channel:
        raise InputError(
            f"These cases came from a private channel, the set {found.name} did not: they stay apart.",
            hint="Put them into a set of their own.",
        )


async def add_version(
    unit: UnitOfWork,
    found: StoredSet,
    before: Sequence[Case],
    after: Sequence[Case],
    author: str,
    note: str,
    now: datetime,
) -> Version | None:
    """The next version, None where nothing would change.

    Raises:
        InputError: it would have too many cases.
    """
    diff = differences(before, after)
    if not diff:
        return None
    if len(after) > MAX_CASES:
        raise InputError(
            f"{found.name} would have {len(after):,} cases; a set has at most {MAX_CASES:,}.",
            hint="Take a sample: a few hundred show a difference of a few points.",
        )
    version = Version(
        number=found.version + 1,
        author=author,
        note=note,
        created_at=now,
        cases=len(after),
        added=len(diff.added),
        changed=len(diff.changed),
        removed=len(diff.removed),
    )
    await unit.datasets.add_version(found.id, version, diff, after)
    return version
