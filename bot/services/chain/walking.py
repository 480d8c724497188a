"""Walking the chain: from where one stands to all that led there, and to all that came of it."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.domain.chain import Chain, Link, Node, Stage
from bot.services.chain.hop import MOST, Reached

Reach = Callable[[Sequence[Node]], Awaitable[Reached]]
Sees = Callable[[str], Awaitable[bool]]
"""Whether what came from a private channel may be shown here."""

ORDER = {stage: number for number, stage in enumerate(Stage)}


@dataclass(frozen=True, slots=True)
class Way:
    """A hop over one open database."""

    cause: Stage
    effect: Stage
    forth: Reach
    back: Reach


@dataclass(slots=True)
class _Walk:
    """What was found so far; ``sees`` is asked once a channel."""

    sees: Sees
    nodes: dict[str, Node] = field(default_factory=dict)
    links: dict[tuple[str, str], Link] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    left_out: Counter[Stage] = field(default_factory=Counter)
    seen: dict[str, bool] = field(default_factory=dict)

    async def take(self, node: Node) -> bool:
        """Whether it may be shown and there is room for it; where not, it is counted."""
        if node.name in self.nodes:
            return True
        if node.name in self.hidden:
            return False
        full = sum(each.stage is node.stage for each in self.nodes.values()) >= MOST
        if full or not await self._may_show(node.channel):
            self.hidden.add(node.name)
            self.left_out[node.stage] += 1
            return False
        self.nodes[node.name] = node
        return True

    async def _may_show(self, channel: str) -> bool:
        if channel and channel not in self.seen:
            self.seen[channel] = await self.sees(channel)
        return not channel or self.seen[channel]

    async def add(self, reached: Reached, stage: Stage) -> list[Node]:
        """The nodes that were taken in, with their links."""
        taken = []
        for node, link in reached.steps:
            if await self.take(node):
                self.links.setdefault((link.cause, link.effect), link)
                taken.append(node)
        self.left_out[stage] += reached.more
        return taken


async def walk(ways: Sequence[Way], start: Sequence[Node], sees: Sees) -> Chain:
    """Everything before and after ``start``, of which one at least may be seen.

    Each stage is left once, towards later stages and then towards earlier ones, so the walk ends. A link that
    leads back (a prompt answers, and its answers are judged) is another turn of the wheel: it is shown and
    not followed, and the turn to come only from what was asked for. What may not be seen is counted and not
    passed.
    """
    found = _Walk(sees)
    begun = [node for node in start if await found.take(node)]
    await _onwards(found, ways, begun, list(Stage), forth=True)
    await _onwards(found, ways, begun, list(reversed(Stage)), forth=False)
    ordered = sorted(found.nodes.values(), key=lambda node: ORDER[node.stage])
    left_out = tuple((stage, found.left_out[stage]) for stage in Stage if found.left_out[stage])
    links = sorted(found.links.values(), key=lambda link: (_stage_of(link.cause), _stage_of(link.effect)))
    return Chain(begun[0].name, tuple(ordered), tuple(links), left_out)


async def _onwards(
    found: _Walk, ways: Sequence[Way], start: Sequence[Node], stages: Sequence[Stage], *, forth: bool
) -> None:
    frontier: dict[Stage, dict[str, Node]] = {}
    for node in start:
        frontier.setdefault(node.stage, {})[node.name] = node
    place = {stage: number for number, stage in enumerate(stages)}
    for stage in stages:
        here = list(frontier.get(stage, {}).values())
        for way in ways if here else ():
            near, far = (way.cause, way.effect) if forth else (way.effect, way.cause)
            onwards = place[far] > place[stage]
            if near is not stage or not (onwards or not forth or here[0] in start):
                continue
            taken = await found.add(await (way.forth if forth else way.back)(here), far)
            if onwards:
                frontier.setdefault(far, {}).update((node.name, node) for node in taken)


def _stage_of(name: str) -> int:
    return ORDER[Stage(name.partition(":")[0])]
