"""Where things stand in the picture of a chain: a column for each stage, cards so that few links cross.

Lengths are in inches, y grows downwards.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.chain import Chain, Link, Node, Stage

MARGIN, HEAD, TITLES = 0.4, 0.95, 0.45
CARD, GAP = 2.0, 0.52  # widths of a card and of the way between two columns
TALL, LOW = 0.9, 0.44  # heights of a card with all its lines, and with one
SPACE = 0.13
ROOMY = 5  # cards of a column that get all their lines
MOST = 16  # cards of a column; more are counted
MORE = 0.3  # height of that count
LEAST_WIDTH = 7.4  # so that the heading has room
FIRST, LANE = 0.5, 0.3  # to the first way that leads back, under everything, and between two of them
ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Card:
    """A node where it stands: its upper left corner and its height."""

    node: Node
    x: float
    y: float
    height: float
    asked: bool

    @property
    def roomy(self) -> bool:
        return self.height == TALL

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Column:
    """A stage: how many there are of it in all, how many of them have no card, and where it ends."""

    stage: Stage
    x: float
    total: int
    hidden: int
    bottom: float


@dataclass(frozen=True, slots=True)
class Lane:
    """Links that lead back from one card to a column, drawn as one way under everything at ``y``."""

    start: Card
    end: Column
    y: float
    links: int
    says: str


@dataclass(frozen=True, slots=True)
class Layout:
    """All of a picture of ``width`` by ``height``; ``links`` lead onwards between cards that are shown."""

    width: float
    height: float
    columns: tuple[Column, ...]
    cards: Mapping[str, Card]
    links: tuple[Link, ...]
    lanes: tuple[Lane, ...] = ()


def laid_out(chain: Chain) -> Layout:
    """Columns in the order evidence flows, each centred; the asked node has a card whatever else has."""
    shown = {stage: _chosen(chain, stage) for stage in chain.stages}
    ordered = _ordered(shown, chain.links)
    heights = {stage: _height(nodes, _hidden(chain, stage, nodes)) for stage, nodes in ordered.items()}
    body = max(heights.values(), default=TALL)
    used = len(ordered) * (CARD + GAP) - GAP
    left = max(0.0, (LEAST_WIDTH - 2 * MARGIN - used) / 2)
    cards: dict[str, Card] = {}
    columns = []
    for number, (stage, nodes) in enumerate(ordered.items()):
        x = MARGIN + left + number * (CARD + GAP)
        y = HEAD + TITLES + (body - heights[stage]) / 2
        height = _card_height(nodes)
        for node in nodes:
            cards[node.name] = Card(node, x, y, height, node.name == chain.about)
            y += height + SPACE
        hidden = _hidden(chain, stage, nodes)
        columns.append(Column(stage, x, len(nodes) + hidden, hidden, y - SPACE + (MORE if hidden else 0)))
    bottom = HEAD + TITLES + body
    links = [link for link in chain.links if link.cause in cards and link.effect in cards]
    onwards = tuple(link for link in links if cards[link.effect].x > cards[link.cause].x)
    lanes = _lanes([link for link in links if link not in onwards], cards, columns, bottom)
    width, height = max(LEAST_WIDTH, used + 2 * MARGIN), bottom + MARGIN + (len(lanes) and FIRST)
    height += max(0, len(lanes) - 1) * LANE
    return Layout(width, height, tuple(columns), cards, onwards, lanes)


def _lanes(
    links: Sequence[Link], cards: Mapping[str, Card], columns: Sequence[Column], bottom: float
) -> tuple[Lane, ...]:
    found: defaultdict[tuple[str, Stage], list[Link]] = defaultdict(list)
    for link in links:
        found[link.cause, cards[link.effect].node.stage].append(link)
    at = {column.stage: column for column in columns}
    return tuple(
        Lane(cards[cause], at[stage], bottom + FIRST + number * LANE, len(group), group[0].says)
        for number, ((cause, stage), group) in enumerate(found.items())
    )


def _chosen(chain: Chain, stage: Stage) -> list[Node]:
    """The best linked ones where not all have room."""
    nodes = list(chain.at(stage))
    if len(nodes) <= MOST:
        return nodes
    links: defaultdict[str, int] = defaultdict(int)
    for link in chain.links:
        links[link.cause] += 1
        links[link.effect] += 1
    ranked = sorted(nodes, key=lambda node: (node.name != chain.about, -links[node.name]))
    kept = {node.name for node in ranked[:MOST]}
    return [node for node in nodes if node.name in kept]


def _ordered(shown: Mapping[Stage, list[Node]], links: Sequence[Link]) -> dict[Stage, list[Node]]:
    """Each column sorted by where its neighbours stand, there and back (Sugiyama, Tagawa, Toda 1981)."""
    order = {stage: list(nodes) for stage, nodes in shown.items()}
    near: defaultdict[str, list[str]] = defaultdict(list)
    for link in links:
        near[link.cause].append(link.effect)
        near[link.effect].append(link.cause)
    for turn in range(ROUNDS):
        for stage in order if turn % 2 == 0 else reversed(order):
            place = {
                node.name: _place(nodes, at) for nodes in order.values() for at, node in enumerate(nodes)
            }
            order[stage] = sorted(order[stage], key=lambda node: _pull(node, near[node.name], place))
    return order


def _place(nodes: Sequence[Node], at: int) -> float:
    return at - (len(nodes) - 1) / 2


def _pull(node: Node, near: Sequence[str], place: Mapping[str, float]) -> float:
    there = [place[name] for name in near if name in place]
    return sum(there) / len(there) if there else place[node.name]


def _hidden(chain: Chain, stage: Stage, nodes: Sequence[Node]) -> int:
    return len(chain.at(stage)) - len(nodes) + chain.more(stage)


def _card_height(nodes: Sequence[Node]) -> float:
    return TALL if len(nodes) <= ROOMY else LOW


def _height(nodes: Sequence[Node], hidden: int) -> float:
    cards = len(nodes) * (_card_height(nodes) + SPACE)
    return cards + (MORE if hidden else -SPACE)
