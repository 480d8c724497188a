"""Stories: and the cases that their examples became."""

from collections.abc import Sequence

from bot.domain.chain import Link, Node, Stage
from bot.domain.stories import Story
from bot.services.chain import cases
from bot.services.chain.hop import MOST, Hop, Reached, shown
from bot.store import UnitOfWork
from bot.store.evidence import CasesWanted, StoryMark


def node(mark: StoryMark) -> Node:
    story = mark.story
    return Node(
        Stage.STORY, story.id, shown(story.title), mark.at, by=story.approved_by, channel=story.channel,
        state=story.state.value,
    )  # fmt: skip


def cited(story: Story) -> list[str]:
    """The tickets that its words stand on, in the order they are cited."""
    examples = [example.ticket_id for example in story.examples]
    refusal = [story.cannot_do.ticket_id] if story.cannot_do else []
    return list(dict.fromkeys([*(each.ticket_id for each in story.citations), *examples, *refusal]))


async def _cases(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    steps = []
    for each in nodes:
        for mark in await unit.evidence.cases(CasesWanted(story=each.id), MOST):
            far = cases.node(mark)
            steps.append((far, Link(each.name, far.name, "gave an example")))
    return Reached(tuple(steps))


async def _stories_of_cases(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    named: dict[str, list[str]] = {}
    for mark in await cases.marks(unit, nodes):
        _, comma, rest = mark.case.origin.partition(", ")
        kind, of, story = rest.partition(" of ")
        if comma and of and kind in {"example", "cannot-do"}:
            named.setdefault(story, []).append(cases.node(mark).name)
    found = await unit.evidence.stories(list(named), MOST)
    return Reached(
        tuple(
            (node(mark), Link(f"story:{mark.story.id}", case, "gave an example"))
            for mark in found
            for case in dict.fromkeys(named[mark.story.id])
        )
    )


HOPS = (Hop(Stage.STORY, Stage.CASE, _cases, _stories_of_cases),)
