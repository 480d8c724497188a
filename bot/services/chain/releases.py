"""Releases: of which version, on which experiment, and what was seen after."""

from collections.abc import Sequence

from bot.domain import release_words as say
from bot.domain.chain import Link, Node, Stage
from bot.domain.releases import Release
from bot.services.chain import experiments
from bot.services.chain.hop import MOST, Hop, Reached, shown
from bot.services.chain.prompts import node as prompt_node
from bot.store import UnitOfWork


def node(release: Release) -> Node:
    state = release.ended.value or "live"
    return Node(Stage.RELEASE, release.id, shown(say.move(release)), release.at, release.by, state=state)


def watch_node(release: Release) -> Node:
    judgement = release.judgement
    state = say.verdict(judgement) if judgement else "watching"
    return Node(Stage.WATCH, release.id, say.watch(release), release.watched_until, state=state)


async def _named(unit: UnitOfWork, nodes: Sequence[Node]) -> list[Release]:
    found = [await unit.releases.get(each.id) for each in nodes]
    return [each for each in found if each is not None]


async def _releases(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    found = await unit.releases.of([each.id for each in nodes], MOST)
    steps = [
        (node(each), Link(f"prompt:{each.reference}", node(each).name, "went live as")) for each in found
    ]
    return Reached(tuple(steps))


async def _prompts(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    steps = []
    for each in await _named(unit, nodes):
        far = await prompt_node(unit, each.reference)
        if far is not None:
            steps.append((far, Link(far.name, node(each).name, "went live as")))
    return Reached(tuple(steps))


async def _by_experiment(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    found = await unit.releases.on([each.id for each in nodes], MOST)
    return Reached(
        tuple(
            (node(each), Link(f"experiment:{each.experiment}", node(each).name, "spoke for"))
            for each in found
        )
    )


async def _experiments(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    spoke = {each.experiment: node(each).name for each in await _named(unit, nodes) if each.experiment}
    found = await unit.evidence.experiments_by_id(list(spoke), MOST)
    return Reached(
        tuple(
            (experiments.node(each), Link(experiments.node(each).name, spoke[each.id], "spoke for"))
            for each in found
        )
    )


async def _watches(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    found = await _named(unit, nodes)
    return Reached(
        tuple(
            (watch_node(each), Link(node(each).name, watch_node(each).name, "was watched")) for each in found
        )
    )


async def _releases_of_watches(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    found = await _named(unit, nodes)
    return Reached(
        tuple((node(each), Link(node(each).name, watch_node(each).name, "was watched")) for each in found)
    )


HOPS = (
    Hop(Stage.PROMPT, Stage.RELEASE, _releases, _prompts),
    Hop(Stage.EXPERIMENT, Stage.RELEASE, _by_experiment, _experiments),
    Hop(Stage.RELEASE, Stage.WATCH, _watches, _releases_of_watches),
)
