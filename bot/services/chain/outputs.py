"""Outputs of a product, and the votes on them and on stories."""

from collections.abc import Sequence

from bot.domain.chain import Link, Node, Stage
from bot.domain.feedback import REASONS, Vote
from bot.domain.interactions import Interaction
from bot.services.chain import stories
from bot.services.chain.hop import MOST, Hop, Reached, shown
from bot.services.chain.prompts import node as prompt_node
from bot.store import UnitOfWork
from bot.store.evidence import OutputMark, VoteMark


def name_of(node: Node) -> str:
    """What votes call a story, an interaction or a message."""
    return node.id if node.id.startswith("message:") else node.name


def node(mark: OutputMark) -> Node:
    kind, _, rest = mark.name.partition(":")
    name = mark.name if kind == "message" else rest
    title = shown(mark.title or mark.text)
    return Node(
        Stage.INTERACTION, name, title, mark.at, by=mark.tracked_by, channel=mark.channel, state=mark.prompt
    )


def interaction_node(found: Interaction) -> Node:
    return Node(
        Stage.INTERACTION, f"{found.feature}/{found.id}", shown(found.output), found.at, state=found.prompt
    )


def vote_node(mark: VoteMark) -> Node:
    vote = mark.vote
    state = "up" if vote.thumb == "up" else "corrected" if vote.correction else "down"
    return Node(
        Stage.VOTE, f"{vote.output}/{vote.user}", _said(vote), vote.given_at, vote.user, mark.channel, state
    )


def _said(vote: Vote) -> str:
    if vote.thumb == "up":
        return "👍"
    reasons = ", ".join(REASONS.get(reason, reason).lower() for reason in vote.reasons)
    words = shown(vote.correction or vote.comment, 60)
    return " ".join(filter(None, ("👎", reasons, f"“{words}”" if words else "")))


async def _votes(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    names = {name_of(each): each.name for each in nodes}
    marks = await unit.evidence.votes(list(names), MOST)
    more = await unit.evidence.count_votes(list(names)) - len(marks) if len(marks) == MOST else 0
    steps = [
        (vote_node(mark), Link(names[mark.vote.output], vote_node(mark).name, "judged by")) for mark in marks
    ]
    return Reached(tuple(steps), more)


def _output_of(vote: Node) -> str:
    return vote.id.rpartition("/")[0]


async def _outputs_of_votes(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    named = [_output_of(each) for each in nodes if not each.id.startswith("story:")]
    found = {mark.name: node(mark) for mark in await unit.evidence.outputs(list(dict.fromkeys(named)), MOST)}
    return Reached(
        tuple(
            (found[_output_of(each)], Link(found[_output_of(each)].name, each.name, "judged by"))
            for each in nodes
            if _output_of(each) in found and not each.id.startswith("story:")
        )
    )


async def _stories_of_votes(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    judged = [each for each in nodes if each.id.startswith("story:")]
    ids = [_output_of(each).removeprefix("story:") for each in judged]
    marks = await unit.evidence.stories(list(dict.fromkeys(ids)), MOST)
    found = {f"story:{mark.story.id}": stories.node(mark) for mark in marks}
    return Reached(
        tuple(
            (found[_output_of(each)], Link(_output_of(each), each.name, "judged by"))
            for each in judged
            if _output_of(each) in found
        )
    )


async def _answers(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    """What a prompt answered since, as far as it was judged: the next turn of the wheel."""
    marks = await unit.evidence.judged_outputs([each.id for each in nodes], MOST)
    return Reached(
        tuple((node(mark), Link(f"prompt:{mark.prompt}", node(mark).name, "answered")) for mark in marks)
    )


async def _prompts(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    steps = []
    for reference in dict.fromkeys(each.state for each in nodes if each.state):
        far = await prompt_node(unit, reference)
        if far is not None:
            made = [each.name for each in nodes if each.state == reference]
            steps += [(far, Link(far.name, name, "answered")) for name in made]
    return Reached(tuple(steps))


HOPS = (
    Hop(Stage.STORY, Stage.VOTE, _votes, _stories_of_votes),
    Hop(Stage.INTERACTION, Stage.VOTE, _votes, _outputs_of_votes),
    Hop(Stage.PROMPT, Stage.INTERACTION, _answers, _prompts),
)
