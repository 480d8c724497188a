"""A 👎 that says what it should have been becomes a candidate case, at once and once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.datasets import Candidate, parse_reference
from bot.domain.datasets.edges import main_variable
from bot.domain.datasets.model import case_id_of
from bot.domain.experiments.cells import Case
from bot.domain.feedback import TrackedOutput, Vote
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
        made = await self._propose([(vote, found)])
        return made[0] if made else None

    async def set_name(self, output: str) -> str:
        """The set that corrections of an output wait in, "" where nobody knows the output."""
        async with self._store.read() as unit:
            found = await find(unit, output)
            return await set_for(unit, found) if found else ""

    async def collect_all(self) -> int:
        """Every correction that stands and became no candidate yet, such as those that products sent; returns
        how many are new."""
        async with self._store.read() as unit:
            votes = await unit.flywheel.waiting_corrections(MOST_AT_ONCE)
            outputs = await unit.outputs.some([vote.output for vote in votes])
        return len(await self._propose([(vote, outputs[vote.output]) for vote in votes]))

    async def _propose(self, corrected: Sequence[tuple[Vote, TrackedOutput]]) -> list[Candidate]:
        """All of a set at once."""
        by_set: defaultdict[tuple[str, str], list[tuple[Vote, TrackedOutput]]] = defaultdict(list)
        async with self._store.read() as unit:
            for vote, output in corrected:
                by_set[await set_for(unit, output), output.channel].append((vote, output))
            variables = {name: await _variable(unit, name) for name, _ in by_set}
        found: list[Candidate] = []
        for (name, channel), group in by_set.items():
            cases, authors = _cases(group, variables[name])
            try:
                done = await self._candidates.propose(
                    name, cases, group[0][0].user, channel=channel, authors=authors
                )
            except InputError:  # a set of that name holds what came from elsewhere: these stay apart
                continue
            found += done.candidates
        return found


def _cases(
    group: Sequence[tuple[Vote, TrackedOutput]], variable: str
) -> tuple[list[tuple[Case, str]], dict[str, str]]:
    """What to propose, and who proposes it by the case's id."""
    cases: list[tuple[Case, str]] = []
    authors: dict[str, str] = {}
    for vote, output in group:
        if (made := as_case(vote, output)) is not None:
            case = _renamed(made[0], variable)
            cases.append((case, made[1]))
            authors.setdefault(case.id, vote.user)
    return cases, authors


async def set_for(unit: UnitOfWork, output: TrackedOutput) -> str:
    """The name of the set that a correction of an output belongs to; what came from a private channel has one
    of its own."""
    feature = await unit.features.get(output.feature) if output.feature else None
    own = STORIES if output.kind == "story" else output.kind
    name = set_of(feature) if feature else output.feature or own
    if output.channel:
        there = await unit.datasets.get(name)
        if there is None or there.channel != output.channel:
            name = f"{name}-{output.channel.lower()}"
    return parse_reference(name).name


async def _variable(unit: UnitOfWork, name: str) -> str:
    """What a set calls its main input, "" where it has no cases."""
    there = await unit.datasets.get(name)
    return main_variable(await newest_cases(unit, there)) if there and there.version else ""


def _renamed(case: Case, variable: str) -> Case:
    """The case with the set's own name for its input, so that one prompt fills in old and new cases alike."""
    if len(case.vars) != 1 or not variable or variable in case.vars:
        return case
    values = {variable: next(iter(case.vars.values()))}
    return replace(case, id=case_id_of(values), vars=values)
