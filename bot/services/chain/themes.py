"""Themes: and the stories drafted from them."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.chain import Link, Node, Stage
from bot.services.chain import stories
from bot.services.chain.hop import MOST, Hop, Reached
from bot.store import UnitOfWork


async def of(unit: UnitOfWork, source: str) -> list[dict[str, Any]]:
    """The themes of a source as they were found last, as they are stored."""
    return await unit.themes.newest(source)


async def node(unit: UnitOfWork, source: str, theme: Mapping[str, Any]) -> Node:
    found = await unit.sources.get(source)
    channel = found.channel if found else ""
    title = f"{theme['name']} ({len(theme['members'])} tickets)"
    return Node(Stage.THEME, f"{source}/{theme['id']}", title, channel=channel)


async def _stories(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    steps = []
    for each in nodes:
        source, _, theme = each.id.partition("/")
        for mark in await unit.evidence.stories_of_theme(source, theme, MOST):
            far = stories.node(mark)
            steps.append((far, Link(each.name, far.name, "drafted into")))
    return Reached(tuple(steps))


async def _themes_of_stories(unit: UnitOfWork, nodes: Sequence[Node]) -> Reached:
    """A theme that a later grouping no longer has is known by its name alone."""
    steps = []
    for mark in await unit.evidence.stories([each.id for each in nodes], MOST):
        there = {theme["id"]: theme for theme in await of(unit, mark.source)}
        known = there.get(mark.story.theme_id)
        if known is not None:
            far = await node(unit, mark.source, known)
        else:
            far = Node(
                Stage.THEME, f"{mark.source}/{mark.story.theme_id}", mark.story.theme_name,
                channel=mark.story.channel,
            )  # fmt: skip
        steps.append((far, Link(far.name, f"story:{mark.story.id}", "drafted into")))
    return Reached(tuple(steps))


HOPS = (Hop(Stage.THEME, Stage.STORY, _stories, _themes_of_stories),)
