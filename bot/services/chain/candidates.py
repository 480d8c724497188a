"""Candidates: proposed by corrections, and the cases they became."""

from collections import defaultdict
from collections.abc import Sequence

from bot.domain.chain import Link, Node, Stage
from bot.domain.datasets import CandidateState, vars_key
from bot.services.chain import cases
from bot.services.chain.hop import MOST, Hop, Reached, shown
from bot.services.chain.outputs import vote_node
from bot.store import UnitOfWork
from bot.store.evidence import CORRECTION, CandidateMark, CandidatesWanted, CasesWanted


def node(mark: CandidateMark) -> Node:
    each = mark.candidate
    return Node(
        Stage.CANDIDATE, f"{mark.dataset}#{each.number}", shown(each.case.expected or each.why),
        mark.decided_at or each.proposed_at, each.decided_by or each.proposed_by, mark.channel,
        each.state.value,
    )  # fmt: skip


async def marks(unit: UnitOfWork, nodes: Sequence[Node]) -> list[CandidateMark]:
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for each in nodes:
        dataset, _, number = each.id.partition("#")
        numbers[dataset].append(int(number))
    found = []
    for dataset, wanted in numbers.items():
        found += await unit.evidence.candidates(
            CandidatesWanted(dataset=dataset, numbers=tuple(wanted)), MOST
        )
    return found


def _output(mark: CandidateMark) -> str:
    origin = mark.candidate.case.origin
    return origin.removeprefix(CORRECTION) if origin.startswith(CORRECTION) else ""


async def _candidates(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    votes: defaultdict[str, list[str]] = defaultdict(list)
    for each in nodes:
        if each.state == "corrected":
            votes[each.id.rpartition("/")[0]].append(each.name)
    if not votes:
        return Reached()
    steps = []
    for mark in await unit.evidence.candidates(CandidatesWanted(outputs=tuple(votes)), MOST):
        steps += [
            (node(mark), Link(vote, node(mark).name, "corrected into")) for vote in votes[_output(mark)]
        ]
    return Reached(tuple(steps))


async def _votes(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    made: defaultdict[str, list[str]] = defaultdict(list)
    for mark in await marks(unit, nodes):
        if output := _output(mark):
            made[output].append(node(mark).name)
    if not made:
        return Reached()
    steps = []
    for vote in await unit.evidence.votes(list(made), MOST):
        if vote.vote.correction:
            far = vote_node(vote)
            steps += [(far, Link(far.name, name, "corrected into")) for name in made[vote.vote.output]]
    return Reached(tuple(steps))


async def _cases(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    """The case of the same input that came in when the candidate was accepted: it may bear another's id."""
    steps = []
    for mark in await marks(unit, nodes):
        if mark.candidate.state is not CandidateState.ACCEPTED:
            continue
        for made in await unit.evidence.cases(CasesWanted(mark.dataset, at=mark.decided_at), MOST):
            if vars_key(made.case.vars) == mark.input_key:
                far = cases.node(made)
                steps.append((far, Link(node(mark).name, far.name, "accepted as")))
    return Reached(tuple(steps))


async def _candidates_of_cases(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    inputs: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for mark in await cases.marks(unit, nodes):
        inputs[mark.dataset][vars_key(mark.case.vars)] = cases.node(mark).name
    steps = []
    for dataset, keys in inputs.items():
        wanted = CandidatesWanted(dataset=dataset, inputs=tuple(keys))
        for found in await unit.evidence.candidates(wanted, MOST):
            if found.candidate.state is CandidateState.ACCEPTED:
                link = Link(node(found).name, keys[found.input_key], "accepted as")
                steps.append((node(found), link))
    return Reached(tuple(steps))


HOPS = (
    Hop(Stage.VOTE, Stage.CANDIDATE, _candidates, _votes),
    Hop(Stage.CANDIDATE, Stage.CASE, _cases, _candidates_of_cases),
)
