"""Drafting, editing, approving and exporting stories."""

import asyncio
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from pydantic import ValidationError

from bot.domain.checks import (
    can_become_ready,
    check_story,
    evidence_tickets,
    find_similar,
    story_text,
    verify_citations,
)
from bot.domain.drafting import draft_story
from bot.domain.stories import Finding, Story, StoryBody, StoryState
from bot.domain.themes import Theme, ThemeEvidence
from bot.errors import DraftingStopped, InputError, NotFound, PlumblineError
from bot.ports import Clock
from bot.services.progress import Progress, silent
from bot.services.themes import Themes
from bot.services.vectors import Vectorizer
from bot.store import Store
from bot.store.repositories import Change

OFFLINE = "offline"
Vector = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a drafter hands back: the body and where its words came from."""

    body: StoryBody
    drafted_by: str
    prompt: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """Stories that were drafted and saved, and the themes whose draft failed, with why."""

    stories: tuple[Story, ...]
    failures: tuple[tuple[Theme, PlumblineError], ...]


class Drafter(Protocol):
    """Turns the evidence of one theme into a draft."""

    async def draft(self, evidence: ThemeEvidence) -> Draft: ...


class OfflineDrafter:
    """Deterministic and extractive; labelled "drafted without a model"."""

    async def draft(self, evidence: ThemeEvidence) -> Draft:
        return Draft(await asyncio.to_thread(draft_story, evidence), OFFLINE)


class StoryService:
    """The life of a story: draft -> ready -> approved -> exported."""

    def __init__(self, store: Store, clock: Clock, vectorizer: Vectorizer, drafter: Drafter) -> None:
        self._store = store
        self._clock = clock
        self._vectorizer = vectorizer
        self._drafter = drafter

    async def draft(self, themes: Themes, chosen: Sequence[Theme], progress: Progress = silent) -> Drafted:
        """Draft a story for each chosen theme, checked and saved one by one: what is done stays done, and a
        theme whose draft fails does not stop the others."""
        shelf = await self._shelf(themes)
        tasks = [asyncio.create_task(self._draft_one(themes, theme)) for theme in chosen]
        stories: list[Story] = []
        failures: list[tuple[Theme, PlumblineError]] = []
        try:
            for theme, task in zip(chosen, tasks, strict=True):
                try:
                    draft, evidence = await task
                except PlumblineError as error:
                    failures.append((theme, error))
                    continue
                stories.append(await self._keep(draft, evidence, shelf))
                progress("Drafting stories", len(stories), len(chosen))
        finally:
            for task in tasks:
                task.cancel()
        return Drafted(tuple(stories), tuple(failures))

    async def _draft_one(self, themes: Themes, theme: Theme) -> tuple[Draft, ThemeEvidence]:
        evidence = await asyncio.to_thread(themes.evidence, theme)
        return await self._drafter.draft(evidence), evidence

    async def all(self, state: StoryState | None = None) -> list[Story]:
        async with self._store.read() as unit:
            stories = await unit.stories.all()
        return [story for story in stories if state is None or story.state is state]

    async def get(self, story_id: str) -> Story:
        story, _scope = await self._get(story_id)
        return story

    async def history(self, story_id: str) -> list[Change]:
        story = await self.get(story_id)
        async with self._store.read() as unit:
            return await unit.stories.history(story.id)

    async def edit(self, story_id: str, values: Mapping[str, str], author: str) -> Story:
        """Set fields by dotted path ("criteria.0.threshold"). Each change is kept as a correction.

        Raises:
            InputError: no such field, a value that does not fit it, or a quote that its ticket does not hold.
        """
        story, scope = await self._get(story_id)
        changes: list[Change] = []
        data = story.model_dump(mode="json")
        for path, value in values.items():
            before = _set(data, path, value)
            changes.append(Change("edit", path, str(before), value, author, self._clock.now()))
        try:
            edited = Story.model_validate(data)
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise InputError(f"{story.id}, {where}: {first['msg']}.", hint="Nothing was changed.") from None
        return await self._save_edit(edited, scope, changes)

    async def approve(self, story_id: str, by: str) -> Story:
        """A named person approves.

        Raises:
            DraftingStopped: the story cannot become ready; the message lists why.
        """
        story, scope = await self._get(story_id)
        blocking = can_become_ready(story)
        if blocking:
            raise DraftingStopped(
                f"{story.id} cannot be approved yet: " + " ".join(finding.message for finding in blocking),
                hint=f"Mend it: plumb story edit {story.id} --set FIELD=VALUE; or draft from more tickets.",
            )
        approved = story.model_copy(update={"state": StoryState.APPROVED, "approved_by": by})
        await self._step(story, approved, scope, by)
        return approved

    async def mark_exported(self, stories: Sequence[Story], by: str) -> None:
        """Approved stories become exported; others keep their state."""
        for story in stories:
            if story.state is StoryState.APPROVED:
                _, scope = await self._get(story.id)
                await self._step(story, story.model_copy(update={"state": StoryState.EXPORTED}), scope, by)

    async def _step(self, before: Story, after: Story, scope: str, by: str) -> None:
        now = self._clock.now()
        async with self._store.write() as unit:
            await unit.stories.save(after, scope, now)
            change = Change("state", "state", before.state.value, after.state.value, by, now)
            await unit.stories.record(after.id, [change])

    async def _shelf(self, themes: Themes) -> "_Shelf":
        async with self._store.read() as unit:
            stories = await unit.stories.all(themes.scope)
            touched = await unit.stories.edited_ids()
        vectors = await self._vectorizer.vectors([story_text(story) for story in stories])
        return _Shelf(
            themes, touched, dict(zip((s.id for s in stories), stories, strict=True)), list(vectors)
        )

    async def _keep(self, draft: Draft, evidence: ThemeEvidence, shelf: "_Shelf") -> Story:
        """Verify, check and save one draft; an untouched older draft of the same theme is replaced."""
        theme = evidence.theme
        texts = {ticket.ticket_id: ticket.text for ticket in evidence.tickets}
        body, findings = await asyncio.to_thread(_examine, draft.body, texts)
        (vector,) = await self._vectorizer.vectors([story_text(body)])
        similar = await asyncio.to_thread(shelf.similar, body, theme, vector)
        async with self._store.write() as unit:
            story = Story(
                **dict(body),
                id=shelf.replaceable(theme.id) or f"ST-{await unit.stories.next_number()}",
                theme_id=theme.id,
                theme_name=theme.name,
                tickets=theme.tickets,
                requesters=theme.requesters,
                drafted_by=draft.drafted_by,
                prompt=draft.prompt,
                fingerprint=draft.fingerprint,
                findings=findings,
                merge_with=similar,
            )
            await unit.stories.save(story, shelf.themes.scope, self._clock.now())
        shelf.put(story, vector)
        return story

    async def _save_edit(self, edited: Story, scope: str, changes: Sequence[Change]) -> Story:
        async with self._store.write() as unit:
            source = await unit.sources.get(scope)
            tickets = await unit.tickets.some(source.id, evidence_tickets(edited)) if source else []
            texts = {ticket.ticket_id: ticket.text for ticket in tickets}
            body = StoryBody.model_validate({name: getattr(edited, name) for name in StoryBody.model_fields})
            _, dropped = verify_citations(body, texts)
            if dropped:
                raise InputError(
                    f"{edited.id}, {dropped[0].field}: {dropped[0].message}", hint="Nothing was changed."
                )
            checked = edited.model_copy(update={"findings": check_story(body, texts)})
            await unit.stories.save(checked, scope, self._clock.now())
            await unit.stories.record(edited.id, changes)
        return checked

    async def _get(self, story_id: str) -> tuple[Story, str]:
        async with self._store.read() as unit:
            found = await unit.stories.get(story_id)
        if found is None:
            raise NotFound(f"There is no story {story_id}.", hint="`plumb story list` shows them.")
        return found


class _Shelf:
    """The stories of a scope while new ones are drafted, and what each is about."""

    def __init__(
        self, themes: Themes, touched: Set[str], stories: dict[str, Story], vectors: Sequence[Vector]
    ) -> None:
        self.themes = themes
        self._touched = touched
        self._stories = stories
        self._vectors = dict(zip(stories, vectors, strict=True))

    def replaceable(self, theme_id: str) -> str | None:
        """The draft of this theme that nobody has edited or approved."""
        for story in self._stories.values():
            if (
                story.theme_id == theme_id
                and story.state is StoryState.DRAFT
                and story.id not in self._touched
            ):
                return story.id
        return None

    def similar(self, body: StoryBody, theme: Theme, vector: Vector) -> tuple[str, ...]:
        """Ids of stories that may say the same: offered as merges, decided by a person."""
        replaced = self.replaceable(theme.id)
        rivals = [story for story in self._stories.values() if story.id != replaced]
        members = self.themes.theme_by_id
        tickets_of = {x.id: members[x.theme_id].ticket_ids for x in rivals if x.theme_id in members}
        found = find_similar(
            body,
            rivals,
            tickets=theme.ticket_ids,
            tickets_of=tickets_of,
            vector=vector,
            vectors_of=self._vectors,
        )
        return tuple(similar.story_id for similar in found)

    def put(self, story: Story, vector: Vector) -> None:
        self._stories[story.id] = story
        self._vectors[story.id] = vector


def _examine(body: StoryBody, texts: Mapping[str, str]) -> tuple[StoryBody, tuple[Finding, ...]]:
    """The body without what its tickets do not carry, and all that the checks find."""
    verified, dropped = verify_citations(body, texts)
    return verified, (*dropped, *check_story(verified, texts))


LOCKED = frozenset(
    {"id", "theme_id", "theme_name", "tickets", "requesters", "drafted_by", "prompt", "fingerprint"}
    | {"state", "approved_by", "findings", "merge_with"}
)


def _set(data: dict[str, Any], path: str, value: str) -> object:
    """Set one field by dotted path in place; returns what was there."""
    parts = path.split(".")
    holder: Any = data
    try:
        if parts[0] in LOCKED:
            raise KeyError(parts[0])
        for part in parts[:-1]:
            holder = holder[int(part)] if isinstance(holder, list) else holder[part]
        key: Any = int(parts[-1]) if isinstance(holder, list) else parts[-1]
        before = holder[key]
    except (KeyError, IndexError, ValueError, TypeError):
        names = ", ".join(sorted(set(StoryBody.model_fields)))
        raise InputError(f"A story has no field {path!r} to edit.", hint=f"Fields: {names}.") from None
    if isinstance(before, dict | list):
        raise InputError(f"{path} has parts; name one.", hint=f"For example {path}.{next(iter(before), 0)}")
    holder[key] = value
    return before
