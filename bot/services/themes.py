"""Finding the themes of a support log, and keeping what people change about them."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol, get_args

from pydantic import TypeAdapter

from bot.domain.themes import Theme, ThemeEvidence
from bot.domain.tickets import Ticket
from bot.errors import DraftingStopped, InputError, NotFound
from bot.ports import Clock
from bot.services.progress import Progress, silent
from bot.services.vectors import Vectorizer
from bot.store import Store

if TYPE_CHECKING:  # grouping brings numeric libraries that take seconds to import: who groups waits for them
    from bot.domain.clustering import ThemeEdit

Granularity = Literal["fewer", "normal", "more"]
THEMES: TypeAdapter[list[Theme]] = TypeAdapter(list[Theme])


@cache
def _edits() -> "TypeAdapter[ThemeEdit]":
    from bot.domain.clustering import ThemeEdit

    return TypeAdapter(ThemeEdit)


@dataclass(frozen=True, slots=True)
class ThemesWanted:
    """How a person wants the themes: fewer or more of them, and which they expect."""

    granularity: str = "normal"
    seeds: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.granularity not in get_args(Granularity):
            raise InputError(
                f"{self.granularity!r} is no granularity.",
                hint=f"One of: {', '.join(get_args(Granularity))}.",
            )


@dataclass(frozen=True)
class Themes:
    """The themes of a scope with the tickets they were found in."""

    scope: str
    themes: tuple[Theme, ...]
    by_id: Mapping[str, Ticket] = field(repr=False)

    @property
    def tickets(self) -> int:
        return len(self.by_id)

    @cached_property
    def theme_by_id(self) -> Mapping[str, Theme]:
        return {theme.id: theme for theme in self.themes}

    def choose(self, ids: Sequence[str], top: int | None) -> list[Theme]:
        """The named themes, or the ``top`` that matter most: rising ones, then the largest that stand clearly
        apart from the others (None: all of them). Emerging ones only by name or in all."""
        if ids:
            missing = [theme_id for theme_id in ids if theme_id not in self.theme_by_id]
            if missing:
                raise NotFound(
                    f"{self.scope} has no theme {missing[0]}.", hint=f"It has {', '.join(self.theme_by_id)}."
                )
            return [self.theme_by_id[theme_id] for theme_id in ids]
        if top is None:
            return list(self.themes)
        solid = [theme for theme in self.themes if not theme.emerging]
        return sorted(solid, key=lambda theme: (not theme.trend.rising, -_clear_size(theme)))[:top]

    def evidence(self, theme: Theme) -> ThemeEvidence:
        from bot.domain.clustering import theme_evidence

        return theme_evidence(theme, self.themes, self.by_id, sources=(self.scope,))

    def as_json(self) -> list[dict[str, Any]]:
        """One object per theme, in the documented form."""
        dumped: list[dict[str, Any]] = THEMES.dump_python(list(self.themes), mode="json")
        for theme, data in zip(self.themes, dumped, strict=True):
            data["ticket_ids"] = list(theme.ticket_ids)
            data["tickets"] = theme.tickets
            del data["members"]
        return dumped


def _clear_size(theme: Theme) -> float:
    """Tickets, each weighed by how much nearer it sits to its theme than to any other."""
    return sum(member.margin for member in theme.members)


class ThemeNamer(Protocol):
    """Renames themes, except those in ``keep``, which a person named."""

    async def rename(self, themes: Sequence[Theme], keep: Collection[str] = ()) -> list[Theme]: ...


class OfflineNamer:
    """Without a model the names found in the tickets stay."""

    async def rename(self, themes: Sequence[Theme], keep: Collection[str] = ()) -> list[Theme]:
        return list(themes)


class ThemeService:
    """Themes of a source; every run is kept, so that ids and people's edits stay."""

    def __init__(self, store: Store, clock: Clock, vectorizer: Vectorizer, namer: ThemeNamer) -> None:
        self._store = store
        self._clock = clock
        self._vectorizer = vectorizer
        self._namer = namer

    async def find(
        self,
        scope: str,
        ticket_ids: Sequence[str] | None = None,
        wanted: ThemesWanted | None = None,
        progress: Progress = silent,
    ) -> Themes:
        """Group the tickets of a source, or those of them that are named.

        Raises:
            NotFound: no such source.
            DraftingStopped: there are no tickets.
        """
        wanted = wanted or ThemesWanted()
        tickets, previous, edits = await self._load(scope, ticket_ids)
        vectors = await self._vectorizer.vectors([ticket.text for ticket in tickets], progress)
        seeds = await self._vectorizer.vectors(wanted.seeds)
        progress("Grouping", 0, None)

        from bot.domain.clustering import build_themes, group_tickets

        def group() -> list[Theme]:
            grouping = group_tickets(
                tickets, vectors, granularity=wanted.granularity, seeds=wanted.seeds, seed_vectors=seeds
            )
            return build_themes(
                tickets, vectors, grouping, previous=previous, edits=edits, now=self._clock.now()
            )

        named = {edit.theme_id for edit in edits if edit.kind == "rename"}
        themes = await self._namer.rename(await asyncio.to_thread(group), keep=named)
        async with self._store.write() as unit:
            dumped = THEMES.dump_python(themes, mode="json")
            await unit.themes.add(scope, wanted.granularity, dumped, self._clock.now())
        return Themes(scope, tuple(themes), {ticket.ticket_id: ticket for ticket in tickets})

    async def newest(self, scope: str) -> Themes | None:
        """The themes as they were found last, without grouping again; None where they never were.

        Raises:
            NotFound: no such source.
        """
        async with self._store.read() as unit:
            source = await unit.sources.get(scope)
            if source is None:
                raise _no_source(scope, await unit.sources.names())
            themes = THEMES.validate_python(await unit.themes.newest(scope))
            members = {ticket_id for theme in themes for ticket_id in theme.ticket_ids}
            if len(members) < await unit.tickets.count(source.id):
                tickets = await unit.tickets.some(source.id, sorted(members))
            else:
                tickets = await unit.tickets.all(source.id)
        return Themes(scope, tuple(themes), {x.ticket_id: x for x in tickets}) if themes else None

    async def listed(self, scope: str) -> tuple[Theme, ...]:
        """The themes as they were found last, for showing; empty where there are none."""
        async with self._store.read() as unit:
            stored = await unit.themes.newest(scope)
        return tuple(await asyncio.to_thread(THEMES.validate_python, stored))

    async def edit(self, scope: str, edits: "Sequence[ThemeEdit]", author: str) -> None:
        """Keep a person's rename, merge, move or exclude; it holds from the next run on.

        Raises:
            NotFound: a theme that the newest run of this scope does not have.
        """
        from bot.domain.clustering import remember

        async with self._store.write() as unit:
            themes = THEMES.validate_python(await unit.themes.newest(scope))
            known = {theme.id for theme in themes}
            for edit in edits:
                missing = {edit.theme_id, edit.into} - known - {""}
                if missing:
                    raise NotFound(
                        f"{scope} has no theme {min(missing)}.",
                        hint=f"plumb story themes {scope} shows them.",
                    )
                kept = _edits().dump_python(remember(edit, themes), mode="json")
                await unit.themes.add_edit(scope, kept, author, self._clock.now())

    async def _load(
        self, scope: str, ticket_ids: Sequence[str] | None
    ) -> "tuple[list[Ticket], list[Theme], list[ThemeEdit]]":
        async with self._store.read() as unit:
            source = await unit.sources.get(scope)
            if source is None:
                raise _no_source(scope, await unit.sources.names())
            if ticket_ids is None or len(ticket_ids) == await unit.tickets.count(source.id):
                tickets = await unit.tickets.all(source.id)
            else:
                tickets = await unit.tickets.some(source.id, ticket_ids)
            previous = THEMES.validate_python(await unit.themes.newest(scope))
            edits = [_edits().validate_python(edit) for edit in await unit.themes.edits(scope)]
        if not tickets:
            raise DraftingStopped(f"{scope} holds no tickets.", hint="Import some: plumb data import FILE")
        return tickets, previous, edits


def _no_source(scope: str, names: Sequence[str]) -> NotFound:
    return NotFound(
        f"There is no file or source named {scope!r}.",
        hint=f"Known sources: {', '.join(names) or 'none yet'}.",
    )
