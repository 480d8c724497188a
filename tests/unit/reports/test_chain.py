"""The picture of a chain: everything on the sheet, nothing over anything, the same bytes each time."""

from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.chain import Chain, Link, Node, Stage
from bot.domain.chain_layout import CARD, MOST, laid_out
from bot.reports._chain_words import drawable, fitted, width, wrapped
from bot.reports.chain import described, picture

AT = datetime(2026, 11, 3, tzinfo=UTC)


def chain_of(sizes: list[int], *, title: str = "Where is my refund?") -> Chain:
    """So many nodes in the first stages, each linked to one before it."""
    nodes: list[Node] = []
    links: list[Link] = []
    before: list[Node] = []
    for stage, size in zip(Stage, sizes, strict=False):
        here = [Node(stage, f"{stage}-{number}", title, AT, "U1") for number in range(size)]
        links += [
            Link(before[number % len(before)].name, node.name, "leads to")
            for number, node in enumerate(here)
            if before
        ]
        nodes += here
        before = here or before
    return Chain(nodes[-1].name, tuple(nodes), tuple(links), ((Stage.TICKET, 40),))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=12).filter(any))
def test_cards_stand_on_the_sheet_and_apart(sizes: list[int]) -> None:
    chain = chain_of(sizes)
    layout = laid_out(chain)
    cards = list(layout.cards.values())
    assert chain.about in layout.cards
    for card in cards:
        assert 0 < card.x < layout.width - CARD
        assert 0 < card.y < card.y + card.height < layout.height
    for one, other in combinations(cards, 2):
        apart = (
            abs(one.x - other.x) >= CARD or one.y + one.height <= other.y or other.y + other.height <= one.y
        )
        assert apart, (one.node.name, other.node.name)
    for column in layout.columns:
        held = sum(card.x == column.x for card in cards)
        assert held <= MOST
        assert held + column.hidden == column.total


def test_links_that_lead_back_go_under_everything() -> None:
    nodes = (Node(Stage.INTERACTION, "reply/1"), Node(Stage.PROMPT, "reply@1"))
    layout = laid_out(Chain(nodes[0].name, nodes, (Link(nodes[1].name, nodes[0].name, "answered"),)))
    ((lane,), cards) = layout.lanes, layout.cards.values()
    assert layout.links == ()
    assert max(card.y + card.height for card in cards) < lane.y < layout.height


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_same_chain_is_the_same_picture(kind: str) -> None:
    chain = chain_of([3, 1, 1], title="Costs $5 or $6 · 👎 返金はどこ <&>")
    first = picture(chain, kind)
    assert first.startswith(b"\x89PNG" if kind == "png" else b"<?xml")
    assert first == picture(chain, kind)
    if kind == "svg":
        assert b"Chain of evidence around story-0" in first


def test_words_stay_within_their_room() -> None:
    assert fitted("short", 2, 8) == "short"
    cut = fitted("a rather long name of a card that has no room", 1, 8)
    assert cut.endswith("…")
    assert width(cut, 8) <= 1
    lines = wrapped("Where is my refund for order A-1021? It was due on Monday", 1.4, 8, most=2)
    assert len(lines) == 2
    assert max(width(each, 8) for each in lines) <= 1.4
    assert drawable("返金 👎 €5") == "· ▼ €5"


def test_the_picture_is_told_in_words() -> None:
    assert described(chain_of([1])).startswith("Chain of evidence around ticket-0: 41 tickets")
