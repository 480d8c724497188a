"""Cases: and the versions of sets they are in."""

from collections import defaultdict
from collections.abc import Sequence

from bot.domain.chain import Link, Node, Stage
from bot.services.chain.hop import MOST, Hop, Reached, shown
from bot.store import UnitOfWork
from bot.store.evidence import CaseMark, CasesWanted, VersionMark


def node(mark: CaseMark) -> Node:
    words = " ".join(str(value) for value in mark.case.vars.values())
    state = f"since {mark.dataset}@{mark.since}"
    return Node(Stage.CASE, f"{mark.dataset}/{mark.case.id}", shown(words), channel=mark.channel, state=state)


def version_node(mark: VersionMark) -> Node:
    title = f"{mark.cases:,} cases" + (f", {mark.note}" if mark.note else "")
    return Node(
        Stage.DATASET, f"{mark.dataset}@{mark.number}", shown(title), mark.at, mark.author, mark.channel
    )


async def marks(unit: UnitOfWork, nodes: Sequence[Node]) -> list[CaseMark]:
    """How these cases stand or stood, in whichever versions."""
    ids: defaultdict[str, list[str]] = defaultdict(list)
    for each in nodes:
        dataset, _, case = each.id.partition("/")
        ids[dataset].append(case)
    found = []
    for dataset, wanted in ids.items():
        found += await unit.evidence.cases(CasesWanted(dataset, ids=tuple(wanted)), MOST * 2)
    return found


def parse_version(reference: str) -> tuple[str, int]:
    name, _, number = reference.rpartition("@")
    return name, int(number) if number.isdecimal() and len(number) < 10 else 0


async def _versions(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    """The version that a case came in with, and those with it that an experiment ran."""
    wanted: defaultdict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    for mark in await marks(unit, nodes):
        name = node(mark).name
        wanted[mark.dataset, mark.since].append((name, "came in with"))
        for number in await unit.evidence.versions_run(mark.dataset, mark.since, mark.until, MOST):
            if number != mark.since:
                wanted[mark.dataset, number].append((name, "is in"))
    steps = []
    for version in await unit.evidence.versions(list(wanted), MOST):
        far = version_node(version)
        steps += [(far, Link(near, far.name, says)) for near, says in wanted[version.dataset, version.number]]
    return Reached(tuple(steps))


async def _cases(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    steps, more = [], 0
    for each in nodes:
        wanted = CasesWanted(*parse_version(each.id))
        found = await unit.evidence.cases(wanted, MOST)
        for mark in found:
            says = "came in with" if each.id == f"{mark.dataset}@{mark.since}" else "is in"
            steps.append((node(mark), Link(node(mark).name, each.name, says)))
        if len(found) == MOST:
            more += await unit.evidence.count_cases(wanted) - MOST
    return Reached(tuple(steps), more)


HOPS = (Hop(Stage.CASE, Stage.DATASET, _versions, _cases),)
