"""Cases from what the team has already: tickets of a theme, a story's examples, the first twenty of a log."""

import asyncio
from collections.abc import Collection, Sequence

from bot.domain.datasets.answers import literal
from bot.domain.datasets.lint import CANNOT_DO
from bot.domain.datasets.model import case_id_of
from bot.domain.datasets.starter import FIRST, first_inputs
from bot.domain.experiments.cells import Case
from bot.domain.scoring import Assertion
from bot.domain.stories import Story, StoryState
from bot.domain.themes import Theme
from bot.domain.tickets import Ticket
from bot.errors import DraftingStopped, InputError, NotFound
from bot.services.datasets.privacy import tidy
from bot.services.datasets.proposals import Incoming
from bot.services.progress import Progress, silent
from bot.services.story_rules import story_of
from bot.services.themes import Themes, ThemeService
from bot.services.vectors import Vectorizer
from bot.store import Store

INPUT = "input"  # the variable a ticket's text becomes, where nobody names another
MOST_SLICE = 60  # characters; a longer value is no segment
NO_ANSWERS = "nobody has written the right answers yet: each of these cases needs one"


class CaseSources:
    """Reads cases out of tickets, themes and stories; all of them redacted already. Nothing is stored."""

    def __init__(self, store: Store, themes: ThemeService, vectorizer: Vectorizer) -> None:
        self._store = store
        self._themes = themes
        self._vectorizer = vectorizer

    async def from_theme(
        self,
        theme_id: str,
        *,
        source: str = "",
        among: Collection[str] | None = None,
        most: int | None = None,
        variable: str = INPUT,
    ) -> Incoming:
        """The tickets of a theme, the most typical first, without answers. ``among``: the sources that may be
        looked into where none is named.

        Raises:
            NotFound: no such source or theme. InputError: themes of several sources have this id.
        """
        name = source or await self._source_of(theme_id, among)
        found = await self._themes.newest(name)
        theme = found.theme_by_id.get(theme_id) if found else None
        if found is None or theme is None:
            raise NotFound(f"{name} has no theme {theme_id}.", hint=f"plumb story themes {name} shows them.")
        tickets = [found.by_id[each] for each in theme.ticket_ids if each in found.by_id][:most]
        return Incoming(
            cases=[_ticket_case(ticket, theme.name, variable) for ticket in tickets],
            source=f"theme {theme_id} of {name}",
            channel=await self._channel(name),
            notes=(NO_ANSWERS,),
        )

    async def from_story(self, story_id: str, *, variable: str = INPUT) -> Incoming:
        """A story's examples with their expected answers, and what it must not do.

        Raises:
            NotFound: no such story. InputError: it has no examples.
        """
        async with self._store.read() as unit:
            story, scope = await story_of(unit, story_id)
            source = await unit.sources.get(scope)
            ids = {example.ticket_id for example in story.examples}
            ids |= {story.cannot_do.ticket_id} if story.cannot_do else set()
            tickets = await unit.tickets.some(source.id, sorted(ids)) if source else []
        people = {ticket.ticket_id: ticket.requester or "" for ticket in tickets}
        cases = [*_examples(story, people, variable), *_cannot_do(story, people, variable)]
        if not cases:
            raise InputError(f"{story.id} has no examples.", hint="Draft or edit the story first.")
        return Incoming(cases, source=f"story {story.id}", channel=story.channel, notes=_approval(story))

    async def first(
        self, source: str, n: int = FIRST, *, variable: str = INPUT, progress: Progress = silent
    ) -> Incoming:
        """``n`` inputs of a log that stand for all of it: a share for each theme by its size, typical, unlike
        each other; without answers. The same log and themes give the same cases.

        Raises:
            NotFound: no such source. DraftingStopped: it holds no tickets.
        """
        found = await self._themes_of(source, progress)
        tickets = await self._tickets(source)
        vectors = await self._vectorizer.vectors([ticket.text for ticket in tickets], progress)
        picks = await asyncio.to_thread(first_inputs, found.themes, tickets, vectors, n)
        few = (f"the log holds no more than {len(picks)} inputs that differ",) if len(picks) < n else ()
        return Incoming(
            cases=[_ticket_case(pick.ticket, pick.theme, variable) for pick in picks],
            source=f"first {len(picks)} of {source}",
            channel=await self._channel(source),
            notes=(*few, NO_ANSWERS),
        )

    async def is_approved(self, story_id: str) -> bool:
        """Whether a person stands behind a story's examples."""
        async with self._store.read() as unit:
            story, _scope = await story_of(unit, story_id)
        return story.state in {StoryState.APPROVED, StoryState.EXPORTED}

    async def _themes_of(self, source: str, progress: Progress) -> Themes:
        return await self._themes.newest(source) or await self._themes.find(source, progress=progress)

    async def _tickets(self, name: str) -> list[Ticket]:
        async with self._store.read() as unit:
            source = await unit.sources.get(name)
            tickets = await unit.tickets.all(source.id) if source else []
        if not tickets:
            raise DraftingStopped(f"{name} holds no tickets.", hint="Import some: plumb data import FILE")
        return tickets

    async def _channel(self, name: str) -> str:
        async with self._store.read() as unit:
            source = await unit.sources.get(name)
        return source.channel if source else ""

    async def _source_of(self, theme_id: str, among: Collection[str] | None) -> str:
        async with self._store.read() as unit:
            names = [name for name in await unit.sources.names() if among is None or name in among]
        having = [name for name in names if _has(await self._themes.listed(name), theme_id)]
        if not having:
            raise NotFound(f"There is no theme {theme_id}.", hint="plumb story themes SOURCE shows them.")
        if len(having) > 1:
            raise InputError(
                f"{theme_id} is a theme of {', '.join(having)}.", hint="Say which source: --source NAME."
            )
        return having[0]


def _has(themes: Sequence[Theme], theme_id: str) -> bool:
    return any(theme.id == theme_id for theme in themes)


def _ticket_case(ticket: Ticket, theme: str, variable: str) -> Case:
    values = {variable: tidy(ticket.text)}
    fields = {name: value for name, value in ticket.fields.items() if value and len(value) <= MOST_SLICE}
    return Case(
        id=case_id_of(values),
        vars=values,
        slices={**fields, "theme": theme} if theme else fields,
        cluster=ticket.requester or "",
        origin=f"ticket {ticket.ticket_id}",
    )


def _examples(story: Story, people: dict[str, str], variable: str) -> list[Case]:
    """What is expected says what the answer does, not how it reads: a judge checks it."""
    return [
        Case(
            id=case_id_of({variable: example.input}),
            vars={variable: example.input},
            assertions=(Assertion("llm-rubric", literal(example.expected)),),
            slices={"story": story.id, "kind": "example"},
            cluster=people.get(example.ticket_id, ""),
            origin=f"ticket {example.ticket_id}, example of {story.id}",
            expected=example.expected,
        )
        for example in story.examples
    ]


def _cannot_do(story: Story, people: dict[str, str], variable: str) -> list[Case]:
    """Scored by what must not happen too: the request is not carried out, the fallback is offered."""
    example = story.cannot_do
    if example is None:
        return []
    rubric = (
        f"This must not be done: {example.condition}. The answer does not do it and does not claim to have; "
        f"instead: {example.expected}"
    )
    return [
        Case(
            id=case_id_of({variable: example.input}),
            vars={variable: example.input},
            assertions=(Assertion("llm-rubric", literal(rubric)),),
            description=f"Must not: {example.condition}",
            slices={"story": story.id, "kind": CANNOT_DO},
            cluster=people.get(example.ticket_id, ""),
            origin=f"ticket {example.ticket_id}, cannot-do of {story.id}",
            expected=example.expected,
        )
    ]


def _approval(story: Story) -> tuple[str, ...]:
    if story.state in {StoryState.APPROVED, StoryState.EXPORTED}:
        return (f"{story.id} was approved by {story.approved_by}",)
    return (f"{story.id} is a draft that nobody approved: read each expected answer before you accept it",)
