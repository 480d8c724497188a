"""Where an output comes from that nobody tracked before it was judged: looked up by its kind, and kept."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from bot.domain.experiments.experiment import Experiment
from bot.domain.feedback import TrackedOutput
from bot.domain.interactions import Interaction
from bot.domain.stories import Story
from bot.domain.telling import article
from bot.services.feedback import cells
from bot.store import Store, UnitOfWork

LATE = 5_000
"""Judged outputs that are looked for again; older ones stay unknown."""


async def remember(unit: UnitOfWork, names: Collection[str], now: datetime) -> None:
    """Keep what the outputs of these names were, as far as that is known and not kept yet: what was judged
    stays known when the interaction is long deleted or the story has changed."""
    known = await unit.outputs.some(names)
    await unit.outputs.put_all(await look_up(unit, set(names) - known.keys()), now)


async def catch_up(store: Store, now: datetime) -> None:
    """Remember outputs that were judged before they were known: a product may send a vote first and the
    interaction later, or never, where interactions are sampled."""
    async with store.read() as unit:
        missing = await unit.votes.unknown_outputs(tuple(KINDS), LATE)
        found = await look_up(unit, missing)
    if found:
        async with store.write() as unit:
            await remember(unit, {output.name for output in found}, now)


async def find(unit: UnitOfWork, name: str) -> TrackedOutput | None:
    """An output as it was kept, else as it is."""
    kept = await unit.outputs.get(name)
    return kept or next(iter(await look_up(unit, [name])), None)


async def look_up(unit: UnitOfWork, names: Collection[str]) -> list[TrackedOutput]:
    """Those of the outputs whose kind says where to look and that are there, in order of their names."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        kind, _, rest = name.partition(":")
        by_kind[kind].append(rest)
    return [
        each for kind, look in KINDS.items() if kind in by_kind for each in await look(unit, by_kind[kind])
    ]


async def _stories(unit: UnitOfWork, names: Sequence[str]) -> list[TrackedOutput]:
    found = [await unit.stories.get(name) for name in names]
    return [of_story(story) for story, _scope in filter(None, found)]


async def _interactions(unit: UnitOfWork, names: Sequence[str]) -> list[TrackedOutput]:
    by_feature: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        feature, _, id_ = name.partition("/")
        by_feature[feature].append(id_)
    return [
        of_interaction(each)
        for feature, ids in by_feature.items()
        for each in await unit.interactions.some(feature, ids)
    ]


async def _experiments(unit: UnitOfWork, names: Sequence[str]) -> list[TrackedOutput]:
    found = [await unit.experiments.get(name) for name in names]
    return [of_experiment(each) for each in found if each is not None]


async def _themes(unit: UnitOfWork, names: Sequence[str]) -> list[TrackedOutput]:
    origins = await unit.sources.origins()
    listed = {name: await unit.themes.newest(name) for name in names if name in origins}
    return [of_themes(name, found, origins[name]) for name, found in listed.items() if found]


async def _traces(_unit: UnitOfWork, names: Sequence[str]) -> list[TrackedOutput]:
    """Only of what: a trace is made for who asked, of what they may see."""
    return [TrackedOutput(f"trace:{name}", title=f"Trace of {name.partition(':')[2]}") for name in names]


def of_story(story: Story) -> TrackedOutput:
    """A story as an output that may be judged: what it was made from is what it quotes."""
    quotes = "\n".join(dict.fromkeys(citation.quote for citation in story.citations))
    return TrackedOutput(
        name=f"story:{story.id}",
        text=f"{article(story.role)} {story.role}, I want {story.want}, so that {story.benefit}",
        title=story.title,
        input={"theme": story.theme_name, "tickets": quotes},
        prompt=story.prompt,
        fingerprint=story.fingerprint,
        model=story.drafted_by,
        trace={"theme": story.theme_id},
        channel=story.channel,
    )


def of_experiment(experiment: Experiment) -> TrackedOutput:
    """An experiment's verdict as an output that may be judged. Without a text: nobody can judge it from that
    alone, so it is not laid before people who label."""
    order = experiment.order
    return TrackedOutput(
        name=f"experiment:{experiment.id}",
        title=f"{order.title} · {experiment.dataset}",
        input={"prompts": list(order.prompts), "models": list(order.models), "dataset": experiment.dataset},
        channel=experiment.channel,
    )


def of_themes(source: str, themes: Sequence[Mapping[str, Any]], channel: str) -> TrackedOutput:
    """The themes of a log, as they were grouped, as one output."""
    names = [str(theme["name"]) for theme in themes if not theme.get("emerging")]
    shown = source.partition("@")[0]
    return TrackedOutput(
        name=f"themes:{source}",
        text="\n".join(names),
        title=f"What {shown} is about",
        input={"tickets": shown},
        channel=channel,
    )


def of_interaction(interaction: Interaction) -> TrackedOutput:
    """An interaction as an output that may be judged; its texts are redacted already."""
    known = {
        "trace": interaction.trace,
        "span": interaction.span,
        "confidence": interaction.confidence,
        "outcome": interaction.outcome.value,
        "final": interaction.final,
    }
    return TrackedOutput(
        name=interaction.name,
        text=interaction.output,
        feature=interaction.feature,
        input={"input": interaction.input} if interaction.input else {},
        prompt=interaction.prompt,
        fingerprint=interaction.fingerprint,
        model=interaction.model,
        trace={key: value for key, value in known.items() if value not in ("", None)},
        created_at=interaction.at,
    )


Look = Callable[[UnitOfWork, Sequence[str]], Awaitable[list[TrackedOutput]]]
KINDS: Mapping[str, Look] = MappingProxyType(
    {
        "story": _stories,
        "interaction": _interactions,
        "experiment": _experiments,
        "themes": _themes,
        cells.KIND: cells.look_up,
        "trace": _traces,
    }
)
"""How to find outputs, by the word before the colon of their names ("story:ST-14")."""
