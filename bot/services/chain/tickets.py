"""Tickets: in the themes they were grouped into, the stories that cite them, and cases made of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.chain import Link, Node, Stage
from bot.services.chain import cases, stories, themes
from bot.services.chain.hop import MOST, Hop, Reached, shown
from bot.services.datasets.privacy import tidy
from bot.store import UnitOfWork
from bot.store.evidence import CasesWanted, TicketMark


def node(mark: TicketMark) -> Node:
    return Node(
        Stage.TICKET, f"{mark.source}/{mark.ticket_id}", shown(mark.text), mark.at, channel=mark.channel
    )


def by_source(nodes: Sequence[Node]) -> Mapping[str, list[str]]:
    """Ids within their sources, by source; of tickets as of themes."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for each in nodes:
        source, _, name = each.id.partition("/")
        found[source].append(name)
    return found


async def _themes(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    steps = []
    for source, ids in by_source(nodes).items():
        for theme in await themes.of(unit, source):
            held = {str(member["ticket_id"]) for member in theme["members"]}
            inside = [ticket for ticket in ids if ticket in held]
            steps += [_grouped(source, ticket, await themes.node(unit, source, theme)) for ticket in inside]
    return Reached(tuple(steps[: MOST * 2]))


def _grouped(source: str, ticket: str, far: Node) -> tuple[Node, Link]:
    return far, Link(f"ticket:{source}/{ticket}", far.name, "grouped into")


async def _tickets_of_themes(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    """The most typical ones; the others are counted."""
    steps, more = [], 0
    for source, ids in by_source(nodes).items():
        for theme in await themes.of(unit, source):
            if theme["id"] in ids:
                name, members = f"theme:{source}/{theme['id']}", list(theme["members"])
                marks = await unit.evidence.tickets(_ids(members[:MOST]), source, MOST)
                steps += [(node(mark), Link(node(mark).name, name, "grouped into")) for mark in marks]
                more += len(members) - len(marks)
    return Reached(tuple(steps), more)


def _ids(members: Sequence[Mapping[str, Any]]) -> list[str]:
    return [str(member["ticket_id"]) for member in members]


async def _stories(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    steps = []
    for source, ids in by_source(nodes).items():
        for ticket in ids:
            marks = await unit.evidence.stories_citing(source, ticket, MOST)
            steps += [_cited(source, ticket, stories.node(mark)) for mark in marks]
    return Reached(tuple(steps))


def _cited(source: str, ticket: str, far: Node) -> tuple[Node, Link]:
    return far, Link(f"ticket:{source}/{ticket}", far.name, "cited by")


async def _tickets_of_stories(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    steps, more = [], 0
    for mark in await unit.evidence.stories([each.id for each in nodes], MOST):
        cited = stories.cited(mark.story)
        found = await unit.evidence.tickets(cited, mark.source, MOST)
        name = f"story:{mark.story.id}"
        steps += [(node(ticket), Link(node(ticket).name, name, "cited by")) for ticket in found]
        more += max(0, len(cited) - MOST)
    return Reached(tuple(steps), more)


async def _cases(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    steps = []
    for source, ids in by_source(nodes).items():
        for ticket in await unit.evidence.tickets(ids, source, MOST):
            wanted = CasesWanted(origins=(f"ticket {ticket.ticket_id}",))
            for mark in await unit.evidence.cases(wanted, MOST):
                if tidy(ticket.text) in mark.case.vars.values():
                    far = cases.node(mark)
                    steps.append((far, Link(node(ticket).name, far.name, "made into a case")))
    return Reached(tuple(steps))


async def _tickets_of_cases(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    """A case names its ticket and not the log: the one that says the same is meant."""
    steps = []
    for mark in await cases.marks(unit, nodes):
        word, _, ticket = mark.case.origin.partition(" ")
        if word != "ticket" or "," in ticket:
            continue
        for each in await unit.evidence.tickets([ticket], "", MOST):
            if tidy(each.text) in mark.case.vars.values():
                link = Link(node(each).name, cases.node(mark).name, "made into a case")
                steps.append((node(each), link))
    return Reached(tuple(steps))


HOPS = (
    Hop(Stage.TICKET, Stage.STORY, _stories, _tickets_of_stories),
    Hop(Stage.TICKET, Stage.THEME, _themes, _tickets_of_themes),
    Hop(Stage.TICKET, Stage.CASE, _cases, _tickets_of_cases),
)
