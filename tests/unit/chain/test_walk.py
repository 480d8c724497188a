"""The walk on a world made by hand: what is reached, what is counted, what is not passed."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pkgutil import iter_modules

from bot.domain.chain import Chain, Link, Node, Stage
from bot.domain.chain_text import headings, indented, line
from bot.services import chain
from bot.services.chain import HOPS
from bot.services.chain.finding import FINDERS
from bot.services.chain.hop import MOST, Reached
from bot.services.chain.walking import ORDER, Way, walk

WORLD: Mapping[str, Sequence[str]] = {
    "ticket:bank/1": ["theme:bank/a", "story:ST-1"],
    "ticket:bank/2": ["theme:bank/a"],
    "theme:bank/a": ["story:ST-1", "story:ST-2"],
    "story:ST-1": ["vote:story:ST-1/ann", "case:cards/c-1"],
    "story:ST-2": ["vote:story:ST-2/bob"],
    "interaction:reply/x": ["vote:interaction:reply/x/cy"],
    "vote:story:ST-1/ann": ["candidate:cards#1"],
    "vote:interaction:reply/x/cy": ["candidate:cards#2"],
    "candidate:cards#1": ["case:cards/c-1"],
    "candidate:cards#2": ["case:cards/c-2"],
    "case:cards/c-1": ["dataset:cards@1"],
    "case:cards/c-2": ["dataset:cards@1"],
    "dataset:cards@1": ["experiment:EX-1"],
    "experiment:EX-1": ["prompt:reply@2", "release:REL-1"],
    "prompt:reply@1": ["interaction:reply/x"],
    "prompt:reply@2": ["release:REL-1", "interaction:reply/y"],
    "release:REL-1": ["watch:REL-1"],
}
PRIVATE = {"story:ST-2": "C7", "vote:story:ST-2/bob": "C7"}


def node_of(name: str) -> Node:
    stage, _, id_ = name.partition(":")
    return Node(
        Stage(stage), id_, by="ann" if stage == "vote" else "", channel=PRIVATE.get(name, ""), state="down"
    )


def ways(world: Mapping[str, Sequence[str]], *, more: int = 0) -> list[Way]:
    """A way for every pair of stages that the real hops join."""

    def way(cause: Stage, effect: Stage) -> Way:
        def reached(near: Sequence[Node], *, forth: bool) -> Reached:
            names = {node.name for node in near}
            pairs = [(a, b) for a, effects in world.items() for b in effects]
            steps = [
                (node_of(b if forth else a), Link(a, b, "leads to"))
                for a, b in pairs
                if (a if forth else b) in names and (node_of(a).stage, node_of(b).stage) == (cause, effect)
            ]
            return Reached(tuple(steps), more if steps else 0)

        async def forth(near: Sequence[Node]) -> Reached:
            return reached(near, forth=True)

        async def back(near: Sequence[Node]) -> Reached:
            return reached(near, forth=False)

        return Way(cause, effect, forth, back)

    return [way(hop.cause, hop.effect) for hop in HOPS]


async def seen_by_all(channel: str) -> bool:
    return True


async def from_(*names: str, world: Mapping[str, Sequence[str]] = WORLD) -> Chain:
    return await walk(ways(world), [node_of(name) for name in names], seen_by_all)


def names(chain: Chain) -> set[str]:
    return {node.name for node in chain.nodes}


async def test_a_release_is_walked_back_to_every_thumb_and_ticket() -> None:
    chain = await from_("release:REL-1")
    left_out = {"story:ST-2", "vote:story:ST-2/bob", "interaction:reply/y"}
    assert names(chain) == {*WORLD, "watch:REL-1"} - left_out
    assert chain.about == "release:REL-1"
    expected = {(a, b) for a, effects in WORLD.items() for b in effects if not {a, b} & left_out}
    assert {(link.cause, link.effect) for link in chain.links} == expected
    stages = [ORDER[node.stage] for node in chain.nodes]
    assert stages == sorted(stages)


async def test_a_ticket_is_walked_to_what_came_of_it_and_nothing_beside_it() -> None:
    chain = await from_("ticket:bank/2")
    assert "ticket:bank/1" not in names(chain)
    assert "vote:interaction:reply/x/cy" not in names(chain)
    assert {"story:ST-2", "vote:story:ST-2/bob", "release:REL-1", "watch:REL-1"} <= names(chain)


async def test_the_next_turn_of_the_wheel_is_shown_and_not_followed() -> None:
    assert "interaction:reply/y" not in names(await from_("interaction:reply/x"))
    chain = await from_("prompt:reply@2")
    assert "interaction:reply/y" in names(chain)
    back = await from_("interaction:reply/x")
    assert "prompt:reply@1" in names(back)
    circle = {**WORLD, "interaction:reply/y": ["vote:interaction:reply/y/di"]}
    assert "vote:interaction:reply/y/di" not in names(await from_("prompt:reply@2", world=circle))


async def test_what_may_not_be_seen_is_counted_and_not_passed() -> None:
    async def sees(channel: str) -> bool:
        return channel != "C7"

    chain = await walk(ways(WORLD), [node_of("ticket:bank/1")], sees)
    assert not names(chain) & set(PRIVATE)
    assert chain.left_out == ((Stage.STORY, 1),)
    assert "vote:story:ST-2/bob" not in str(chain.links)


async def test_a_hundred_of_a_stage_are_shown_and_the_rest_is_counted() -> None:
    many = {f"ticket:bank/{number}": ["theme:bank/a"] for number in range(130)}
    chain = await walk(ways(many, more=7), [node_of("theme:bank/a")], seen_by_all)
    assert len(chain.at(Stage.TICKET)) == MOST
    assert chain.more(Stage.TICKET) == 37
    assert headings(chain)[0].told == "137 tickets, 37 of them not shown here"


async def test_the_text_carries_everything() -> None:
    chain = await from_("release:REL-1")
    told = "\n".join(indented(chain))
    for node in chain.nodes:
        assert (node.by if node.stage is Stage.VOTE else node.id) in told
    assert "▸ REL-1" in told
    assert line(chain).startswith("2 tickets → “” → ST-1 → 1 output → 2 👎 by 1 person → 2 candidate cases")


def test_every_stage_can_be_found_by_name() -> None:
    assert set(FINDERS) == set(Stage)


def test_every_module_with_hops_is_listed() -> None:
    modules = [import_module(f"bot.services.chain.{each.name}") for each in iter_modules(chain.__path__)]
    there = {hop for module in modules for hop in getattr(module, "HOPS", ())}
    assert there == set(HOPS)
