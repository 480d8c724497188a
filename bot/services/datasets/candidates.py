"""Cases that wait until a person accepts or rejects them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.datasets import Candidate, CandidateState, Version, merged, parse_reference, vars_key
from bot.domain.datasets.columns import RawCase
from bot.domain.datasets.edges import edge_cases
from bot.domain.experiments.cells import Case
from bot.domain.redaction import redact
from bot.errors import InputError, NotFound
from bot.ports import Clock
from bot.services.datasets.corrections import corrections
from bot.services.datasets.service import DatasetService
from bot.services.datasets.shelf import add_version, check_origin, newest_cases, set_of
from bot.store import Store

MAX_TEXT = 20_000  # characters of one input that a person hands in
MAX_REASON = 500


@dataclass(frozen=True, slots=True)
class Proposed:
    """Candidates that are new, and how many were proposed before, whatever was decided on them."""

    candidates: tuple[Candidate, ...]
    known: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """The version that accepting made, None where the cases were in the set already."""

    version: Version | None
    cases: tuple[Case, ...]


class CandidateService:
    """The waiting room of a team's sets."""

    def __init__(self, store: Store, clock: Clock, datasets: DatasetService) -> None:
        self._store = store
        self._clock = clock
        self._datasets = datasets

    async def all(self, name: str, state: CandidateState | None = CandidateState.WAITING) -> list[Candidate]:
        """In the order they were proposed; None: whatever was decided."""
        async with self._store.read() as unit:
            found = await set_of(unit, parse_reference(name).name)
            return await unit.candidates.all(found.id, state)

    async def propose(
        self,
        name: str,
        cases: Sequence[tuple[Case, str]],
        by: str,
        *,
        channel: str = "",
        authors: Mapping[str, str] | None = None,
    ) -> Proposed:
        """Put (case, why) into the waiting room of a set, which is made where there is none. The cases must
        be redacted; ``channel``: the private one they come from; ``authors``: who else than ``by`` proposes
        some of them, by the case's id.

        Raises:
            InputError: no name of a set, or private cases for a set that is not that channel's.
        """
        now = self._clock.now()
        async with self._store.write() as unit:
            found = await unit.datasets.get_or_add(parse_reference(name).name, channel, now)
            check_origin(found, channel)
            inputs = {vars_key(case.vars): case for case in await newest_cases(unit, found)}
            new = [(case, why) for case, why in cases if not _is_in(case, inputs)]
            fresh = await unit.candidates.add(found.id, new, by, now, authors)
        return Proposed(tuple(fresh), known=len(cases) - len(fresh))

    async def propose_text(
        self,
        name: str,
        text: str,
        by: str,
        *,
        expected: str = "",
        origin: str = "",
        cluster: str = "",
        variable: str = "input",
        channel: str = "",
    ) -> Proposed:
        """Somebody's words as a candidate, redacted; ``cluster``: the thread or customer they come from.

        Raises:
            InputError: nothing in it, or more than 20,000 characters.
        """
        if not text.strip() or len(text) + len(expected) > MAX_TEXT:
            raise InputError(f"A case has an input, and at most {MAX_TEXT:,} characters.")
        case = Case("", {variable: text.strip()}, cluster=cluster, origin=origin, expected=expected.strip())
        (clean,) = await self._datasets.cleaned([RawCase(1, case)])
        return await self.propose(name, [(clean.case, origin or f"added by {by}")], by, channel=channel)

    async def propose_edges(self, name: str, by: str, *, each: int = 1) -> Proposed:
        """Edge cases made of the set's own cases by rule, each saying what it probes.

        Raises:
            NotFound: no such set, or nothing in it yet.
        """
        found = await self._datasets.get(parse_reference(name).name)
        made = [(case, case.description) for case in edge_cases(found.cases, each)]
        return await self.propose(found.name, made, by, channel=found.channel)

    async def propose_corrections(self, name: str, by: str) -> Proposed:
        """What people said an output should have been, of the features whose set it is, or, where it is no
        feature's, of all; not what came from another private channel."""
        reference = parse_reference(name)
        async with self._store.read() as unit:
            there = await unit.datasets.get(reference.name)
            mine = [x.name for x in await unit.features.all() if reference.name == (x.dataset or x.name)]
            found = await corrections(unit, there.channel if there else "", frozenset(mine))
        if not found.proposed and there is None:
            raise NotFound("Nobody has corrected an output yet.", hint="👎 asks what it should have said.")
        done = await self.propose(reference.name, found.proposed, by, channel=there.channel if there else "")
        left_out = found.without_input + found.elsewhere
        note = f"{left_out} corrections are of outputs whose input is not kept or may not be shown here"
        return replace(done, notes=(note,) if left_out else ())

    async def accept(
        self, name: str, numbers: Sequence[int], by: str, *, expected: Mapping[int, str] | None = None
    ) -> Accepted:
        """Candidates become cases of the next version, all or none; ``expected`` gives some of them the right
        answer by number. One with the input of a case that is there takes its place.

        Raises:
            NotFound: no such candidate. InputError: one was decided on before.
        """
        answers = await self._answers(expected or {})
        now = self._clock.now()
        async with self._store.write() as unit:
            found = await set_of(unit, parse_reference(name).name)
            chosen = _waiting(found.name, await unit.candidates.all(found.id), numbers)
            before = await newest_cases(unit, found)
            owners = {vars_key(case.vars): case.id for case in before}
            cases = [_accepted(each, answers, owners) for each in chosen]
            after = merged(before, cases).cases
            note = f"accepted candidates {', '.join(str(each.number) for each in chosen)}"
            version = await add_version(unit, found, before, after, by, note, now)
            await unit.candidates.decide(
                found.id, [each.number for each in chosen], CandidateState.ACCEPTED, by, "", now
            )
        return Accepted(version, tuple(cases))

    async def reject(self, name: str, numbers: Sequence[int], by: str, reason: str) -> list[Candidate]:
        """Candidates leave the waiting room with a reason, and are not proposed again.

        Raises:
            NotFound: no such candidate. InputError: one was decided on before, or no reason.
        """
        if not reason.strip():
            raise InputError(
                "Rejecting a candidate needs a reason.", hint='For example "not a real request".'
            )
        kept = redact(reason.strip()[:MAX_REASON]).text
        now = self._clock.now()
        async with self._store.write() as unit:
            found = await set_of(unit, parse_reference(name).name)
            chosen = _waiting(found.name, await unit.candidates.all(found.id), numbers)
            await unit.candidates.decide(
                found.id, [each.number for each in chosen], CandidateState.REJECTED, by, kept, now
            )
        return chosen

    async def _answers(self, expected: Mapping[int, str]) -> dict[int, str]:
        raw = [RawCase(number, Case("", {"_": "_"}, expected=text)) for number, text in expected.items()]
        return {each.row: each.case.expected for each in await self._datasets.cleaned(raw)} if raw else {}


def _is_in(case: Case, inputs: Mapping[str, Case]) -> bool:
    """Whether the set says all of it already; another answer to a known input is news."""
    there = inputs.get(vars_key(case.vars))
    return there is not None and case.expected in ("", there.expected)


def _waiting(name: str, candidates: Sequence[Candidate], numbers: Sequence[int]) -> list[Candidate]:
    by_number = {each.number: each for each in candidates}
    chosen = []
    for number in dict.fromkeys(numbers):
        each = by_number.get(number)
        if each is None:
            raise NotFound(f"{name} has no candidate {number}.", hint="`candidates` lists them.")
        if each.state is not CandidateState.WAITING:
            raise InputError(f"Candidate {number} of {name} was {each.state.value} by {each.decided_by}.")
        chosen.append(each)
    if not chosen:
        raise InputError("No candidate is named.", hint="Name their numbers.")
    return chosen


def _accepted(candidate: Candidate, answers: Mapping[int, str], owners: Mapping[str, str]) -> Case:
    case = candidate.case
    case = replace(case, id=owners.get(vars_key(case.vars), case.id))
    if candidate.number in answers:
        return replace(case, expected=answers[candidate.number], assertions=())
    return case
