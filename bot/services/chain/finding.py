"""From what somebody typed to where a walk begins: "ST-14", "T-901", "refunds@3", a trace id."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType

from bot.domain.chain import Node, Stage
from bot.errors import InputError, NotFound
from bot.services.chain import candidates, cases, experiments, outputs, releases, stories, themes, tickets
from bot.services.chain.hop import MOST
from bot.services.chain.prompts import node as prompt_node
from bot.store import UnitOfWork
from bot.store.evidence import CandidatesWanted, CasesWanted

Find = Callable[[UnitOfWork, str], Awaitable[list[Node]]]

_STORY, _EXPERIMENT, _RELEASE = (
    re.compile(rf"{word}-[0-9]{{1,9}}", re.IGNORECASE) for word in ("ST", "EX", "REL")
)
_TRACE = re.compile(r"[0-9a-f]{32}")


async def find(unit: UnitOfWork, text: str) -> list[Node]:
    """All that this may name."""
    word = text.strip()
    stage, colon, rest = word.partition(":")
    if colon and stage in FINDERS:
        return await FINDERS[stage](unit, rest)
    if colon and stage == "message":
        return await _output(unit, word)
    return await _guessed(unit, word)


def chosen(found: Sequence[Node], text: str) -> Sequence[Node]:
    """What was meant: one thing, or all of one trace.

    Raises:
        NotFound: nothing of that name. InputError: several things have it.
    """
    word = text.strip()[:80]
    if not found:
        raise NotFound(
            f"Nothing is known as {word!r}.",
            hint="A ticket, a theme, ST-14, a case, refunds@2, EX-31, reply@4, REL-3, interaction:reply/abc.",
        )
    names = list(dict.fromkeys(node.name for node in found))
    if len(names) > 1 and not _TRACE.fullmatch(word):
        raise InputError(f"{word!r} may be {_or(names)}.", hint="Say which, in just those words.")
    return found


def _or(names: Sequence[str]) -> str:
    shown = [*names[:4], *(["others"] if len(names) > 4 else [])]
    return f"{', '.join(shown[:-1])} or {shown[-1]}"


async def _guessed(unit: UnitOfWork, word: str) -> list[Node]:
    for pattern, finder in ((_STORY, _story), (_EXPERIMENT, _experiment), (_RELEASE, _release)):
        if pattern.fullmatch(word) and (found := await finder(unit, word)):
            return found
    if "@" in word:
        return [*await _prompt(unit, word), *await _dataset(unit, word)]
    if "#" in word:
        return await _candidate(unit, word)
    return [
        node
        for finder in (_ticket, _theme, _case, _interaction, _traced)
        for node in await finder(unit, word)
    ]


async def _ticket(unit: UnitOfWork, word: str) -> list[Node]:
    source, slash, ticket = word.partition("/")
    found = await unit.evidence.tickets([word], "", MOST)
    if not found and slash:
        found = await unit.evidence.tickets([ticket], source, MOST)
    return [tickets.node(mark) for mark in found]


async def _theme(unit: UnitOfWork, word: str) -> list[Node]:
    named, slash, theme = word.partition("/")
    sources = [named] if slash else await unit.sources.names()
    found = []
    for source in sources[:MOST]:
        there = await themes.of(unit, source)
        found += [await themes.node(unit, source, each) for each in there if each["id"] == (theme or word)]
    return found


async def _story(unit: UnitOfWork, word: str) -> list[Node]:
    return [stories.node(mark) for mark in await unit.evidence.stories([word.upper()], 1)]


async def _interaction(unit: UnitOfWork, word: str) -> list[Node]:
    if word.startswith("message:"):
        return await _output(unit, word)
    feature, slash, key = word.partition("/")
    if not slash:
        return []
    found = await unit.interactions.get(feature, key)
    if found is not None:
        return [outputs.interaction_node(found)]
    return await _output(unit, f"interaction:{word}")  # it was judged, and its row is forgotten by now


async def _output(unit: UnitOfWork, name: str) -> list[Node]:
    return [outputs.node(mark) for mark in await unit.evidence.outputs([name], 1)]


async def _traced(unit: UnitOfWork, word: str) -> list[Node]:
    return [outputs.interaction_node(each) for each in (await unit.interactions.by_trace(word))[:MOST]]


async def _vote(unit: UnitOfWork, word: str) -> list[Node]:
    output, _, user = word.rpartition("/")
    marks = await unit.evidence.votes([output], MOST)
    return [outputs.vote_node(mark) for mark in marks if mark.vote.user == user]


async def _candidate(unit: UnitOfWork, word: str) -> list[Node]:
    dataset, _, number = word.partition("#")
    if not number.isdecimal() or len(number) > 9:
        return []
    wanted = CandidatesWanted(dataset=dataset, numbers=(int(number),))
    return [candidates.node(mark) for mark in await unit.evidence.candidates(wanted, 1)]


async def _case(unit: UnitOfWork, word: str) -> list[Node]:
    dataset, slash, case = word.partition("/")
    wanted = CasesWanted(dataset, ids=(case,)) if slash else CasesWanted(ids=(word,))
    marks = await unit.evidence.cases(wanted, MOST)
    return list({cases.node(mark).name: cases.node(mark) for mark in marks}.values())


async def _dataset(unit: UnitOfWork, word: str) -> list[Node]:
    return [cases.version_node(mark) for mark in await unit.evidence.versions([cases.parse_version(word)], 1)]


async def _experiment(unit: UnitOfWork, word: str) -> list[Node]:
    return [experiments.node(each) for each in await unit.evidence.experiments_by_id([word.upper()], 1)]


async def _prompt(unit: UnitOfWork, word: str) -> list[Node]:
    found = await prompt_node(unit, word)
    return [] if found is None else [found]


async def _release(unit: UnitOfWork, word: str) -> list[Node]:
    found = await unit.releases.get(word)
    return [] if found is None else [releases.node(found)]


async def _watch(unit: UnitOfWork, word: str) -> list[Node]:
    found = await unit.releases.get(word)
    return [] if found is None else [releases.watch_node(found)]


FINDERS: Mapping[str, Find] = MappingProxyType(
    {
        Stage.TICKET: _ticket,
        Stage.THEME: _theme,
        Stage.STORY: _story,
        Stage.INTERACTION: _interaction,
        Stage.VOTE: _vote,
        Stage.CANDIDATE: _candidate,
        Stage.CASE: _case,
        Stage.DATASET: _dataset,
        Stage.EXPERIMENT: _experiment,
        Stage.PROMPT: _prompt,
        Stage.RELEASE: _release,
        Stage.WATCH: _watch,
    }
)
"""How to find a node by its id, by stage."""
