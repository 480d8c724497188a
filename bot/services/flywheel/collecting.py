"""A 👎 that says what it should have been becomes a candidate case, at once and once."""

from dataclasses import replace

from bot.domain.datasets import Candidate, parse_reference
from bot.domain.datasets.edges import main_variable
from bot.domain.datasets.model import case_id_of
from bot.domain.experiments.cells import Case
from bot.domain.feedback import TrackedOutput
from bot.errors import InputError
from bot.services.datasets import CandidateService
from bot.services.datasets.corrections import as_case
from bot.services.datasets.shelf import newest_cases
from bot.services.feedback.origins import find
from bot.services.flywheel.whose import set_of
from bot.store import Store, UnitOfWork

MOST_AT_ONCE = 2_000  # corrections that are looked at in one go
STORIES = "stories"
"""The set that corrections of the bot's own stories wait in."""


class Collector:
    """Puts corrections into the waiting room of their feature's set; a person accepts them there."""

    def __init__(self, store: Store, candidates: CandidateService) -> None:
        self._store = store
        self._candidates = candidates

    async def collect(self, output: str, user: str) -> Candidate | None:
        """The candidate made of somebody's correction of an output. None: nothing was corrected, what it was
        made from is not kept, or that input waits or was decided on already."""
        async with self._store.read() as unit:
            vote = await unit.votes.get(output, user)
            found = await find(unit, output)
            if vote is None or found is None or not vote.correction:
                return None
            made = as_case(vote, found)
            if made is None:
                return None
            name = await set_for(unit, found)
            case = await _renamed(unit, name, made[0])
        try:
            done = await self._candidates.propose(name, [(case, made[1])], user, channel=found.channel)
        except InputError:  # a set of that name holds what came from elsewhere: these stay apart
            return None
        return done.candidates[0] if done.candidates else None

    async def set_name(self, output: str) -> str:
        """The set that corrections of an output wait in, "" where nobody knows the output."""
        async with self._store.read() as unit:
            found = await find(unit, output)
            return await set_for(unit, found) if found else ""

    async def collect_all(self) -> int:
        """Every correction that stands and became no candidate yet, such as those that products sent."""
        async with self._store.read() as unit:
            votes = await unit.flywheel.waiting_corrections(MOST_AT_ONCE)
        return sum([await self.collect(output, user) is not None for output, user in votes])


async def set_for(unit: UnitOfWork, output: TrackedOutput) -> str:
    """The name of the set that a correction of an output belongs to; what came from a private channel has one
    of its own."""
    feature = await unit.features.get(output.feature) if output.feature else None
    name = (
        set_of(feature) if feature else output.feature or (STORIES if output.kind == "story" else output.kind)
    )
    if output.channel:
        there = await unit.datasets.get(name)
        if there is None or there.channel != output.channel:
            name = f"{name}-{output.channel.lower()}"
    return parse_reference(name).name


async def _renamed(unit: UnitOfWork, name: str, case: Case) -> Case:
    """The case with the set's own name for its input, so that one prompt fills in old and new cases alike."""
    there = await unit.datasets.get(name)
    wanted = main_variable(await newest_cases(unit, there)) if there and there.version else ""
    if len(case.vars) != 1 or not wanted or wanted in case.vars:
        return case
    values = {wanted: next(iter(case.vars.values()))}
    return replace(case, id=case_id_of(values), vars=values)
