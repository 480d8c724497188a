"""Experiments: on versions of sets, for versions of prompts."""

import re
from collections.abc import Sequence

from bot.domain.chain import Link, Node, Stage
from bot.domain.experiments.experiment import Experiment
from bot.services.chain import cases
from bot.services.chain.hop import MOST, Hop, Reached, shown
from bot.services.chain.prompts import node as prompt_node
from bot.store import UnitOfWork

_VERSION = re.compile(r"[a-z][a-z0-9_]*@[1-9][0-9]*")


def node(found: Experiment) -> Node:
    return Node(
        Stage.EXPERIMENT, found.id, shown(found.order.title), found.finished_at or found.created_at, found.by,
        found.channel, found.state.value,
    )  # fmt: skip


def candidates(found: Experiment) -> list[str]:
    """The versions it speaks of: all but the one they were compared with."""
    prompts = list(found.order.prompts)
    base = found.order.base if found.order.base in prompts else prompts[0]
    return [prompt for prompt in prompts if prompt != base and _VERSION.fullmatch(prompt)]


async def _experiments(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    found = await unit.evidence.experiments([each.id for each in nodes], MOST)
    return Reached(
        tuple((node(each), Link(f"dataset:{each.dataset}", node(each).name, "was run by")) for each in found)
    )


async def _datasets(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    found = await unit.evidence.experiments_by_id([each.id for each in nodes], MOST)
    run = {each.dataset: cases.parse_version(each.dataset) for each in found if "@" in each.dataset}
    versions = {
        f"{mark.dataset}@{mark.number}": cases.version_node(mark)
        for mark in await unit.evidence.versions(list(run.values()), MOST)
    }
    return Reached(
        tuple(
            (versions[each.dataset], Link(versions[each.dataset].name, node(each).name, "was run by"))
            for each in found
            if each.dataset in versions
        )
    )


async def _prompts(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    steps = []
    for each in await unit.evidence.experiments_by_id([each.id for each in nodes], MOST):
        for reference in candidates(each):
            far = await prompt_node(unit, reference)
            if far is not None:
                steps.append((far, Link(node(each).name, far.name, "tried")))
    return Reached(tuple(steps))


async def _experiments_of_prompts(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    steps = []
    for near in nodes:
        found = await unit.evidence.experiments_with(near.id, MOST)
        tried = [each for each in found if near.id in candidates(each)]
        steps += [(node(each), Link(node(each).name, near.name, "tried")) for each in tried]
    return Reached(tuple(steps))


HOPS = (
    Hop(Stage.DATASET, Stage.EXPERIMENT, _experiments, _datasets),
    Hop(Stage.EXPERIMENT, Stage.PROMPT, _prompts, _experiments_of_prompts),
)
