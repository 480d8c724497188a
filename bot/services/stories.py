"""Drafting, editing, approving, merging and exporting stories."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.domain.checks import check_backlog, check_story, story_text, verify_citations
from bot.domain.drafting import draft_story
from bot.domain.stories import Finding, Story, StoryBody, StoryState
from bot.domain.story_edits import EditRefused, edited
from bot.domain.themes import Correction, Theme, ThemeEvidence
from bot.errors import InputError, PlumblineError
from bot.ports import Clock
from bot.services.progress import Progress, silent
from bot.services.story_merging import checked_again, merge_stories
from bot.services.story_rules import (
    DECIDED,
    check_merge,
    check_ready,
    check_unmerged,
    story_of,
    undecided,
    untouched,
)
from bot.services.story_shelf import Shelf
from bot.services.themes import Themes
from bot.services.vectors import Vectorizer
from bot.store import Store, UnitOfWork
from bot.store.repositories import Change

OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a drafter hands back: the body and where its words came from. ``examples`` are the outputs whose
    corrections it was shown."""

    body: StoryBody
    drafted_by: str
    prompt: str = ""
    fingerprint: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drafted:
    """Stories that were drafted and saved, and the themes whose draft failed, with why."""

    stories: tuple[Story, ...]
    failures: tuple[tuple[Theme, PlumblineError], ...]


Corrections = Callable[[ThemeEvidence], Awaitable[Sequence[Correction]]]


class Drafter(Protocol):
    """Turns the evidence of one theme into a draft."""

    async def draft(self, evidence: ThemeEvidence) -> Draft: ...


class OfflineDrafter:
    """Deterministic and extractive; labelled "drafted without a model"."""

    async def draft(self, evidence: ThemeEvidence) -> Draft:
        return Draft(await asyncio.to_thread(draft_story, evidence), OFFLINE)


class StoryService:
    """The life of a story: draft -> ready -> approved -> exported."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        vectorizer: Vectorizer,
        drafter: Drafter,
        corrections: Corrections | None = None,
    ) -> None:
        """``corrections`` finds those of earlier outputs that a drafter may see."""
        self._store = store
        self._corrections = corrections
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
        return Drafted(await self._compared(stories, themes.scope), tuple(failures))

    async def _compared(self, stories: Sequence[Story], scope: str) -> tuple[Story, ...]:
        """The stories of one run with what shows only when they are read together: criteria that repeat."""
        repeats = await asyncio.to_thread(check_backlog, stories)
        compared = [
            story.model_copy(update={"findings": (*story.findings, *more)}) if more else story
            for story, more in zip(stories, repeats, strict=True)
        ]
        async with self._store.write() as unit:
            for before, after in zip(stories, compared, strict=True):
                if after is not before and await untouched(unit, after.id):
                    await unit.stories.save(after, scope, self._clock.now())
        return tuple(compared)

    async def _draft_one(self, themes: Themes, theme: Theme) -> tuple[Draft, ThemeEvidence]:
        evidence = await asyncio.to_thread(themes.evidence, theme)
        if self._corrections is not None:
            evidence = replace(evidence, corrections=await self._corrections(evidence))
        return await self._drafter.draft(evidence), evidence

    async def all(self, state: StoryState | None = None) -> list[Story]:
        """Stories in a state; by default all but merged ones."""
        async with self._store.read() as unit:
            stories = await unit.stories.all()
        return [x for x in stories if (x.state is state if state else x.state is not StoryState.MERGED)]

    async def get(self, story_id: str) -> Story:
        async with self._store.read() as unit:
            story, _scope = await story_of(unit, story_id)
        return story

    async def source_of(self, story_id: str) -> str:
        """The name of the source whose tickets a story was drafted from."""
        async with self._store.read() as unit:
            _story, scope = await story_of(unit, story_id)
        return scope

    async def history(self, story_id: str) -> list[Change]:
        async with self._store.read() as unit:
            story, _scope = await story_of(unit, story_id)
            return await unit.stories.history(story.id)

    async def edit(self, story_id: str, values: Mapping[str, str], author: str) -> Story:
        """Set fields by dotted path ("criteria.0.threshold"). Each change is kept as a correction.

        A story that was approved is a draft again: nobody approved these words.

        Raises:
            EditRefused: no such field, a value that does not fit it, a quote that its ticket does not hold.
            InputError: the story was merged into another.
        """
        now = self._clock.now()
        async with self._store.write() as unit:
            story, scope, before = await _edited(unit, story_id, values)
            changes = [Change("edit", path, before[path], values[path], author, now) for path in values]
            if story.state in DECIDED:
                changes.append(
                    Change("state", "state", story.state.value, StoryState.DRAFT.value, author, now)
                )
                story = story.model_copy(update={"state": StoryState.DRAFT, "approved_by": ""})
            await unit.stories.save(story, scope, now)
            await unit.stories.record(story.id, changes)
        return story

    async def try_edit(self, story_id: str, values: Mapping[str, str]) -> Mapping[str, str]:
        """What is wrong with an edit, by path; nothing is changed."""
        try:
            async with self._store.read() as unit:
                await _edited(unit, story_id, values)
        except EditRefused as refused:
            return refused.problems
        return {}

    async def ready(self, story_id: str, by: str) -> Story:
        """A draft enters the reviewers' queue; one that is there stays.

        Raises:
            DraftingStopped: the story cannot become ready; the message lists why.
            InputError: it is past that.
        """
        async with self._store.write() as unit:
            story, scope = await undecided(unit, story_id)
            check_ready(story, "become ready")
            if story.state is StoryState.READY:
                return story
            ready = story.model_copy(update={"state": StoryState.READY})
            await self._step(unit, story, ready, scope, by)
        return ready

    async def approve(self, story_id: str, by: str) -> Story:
        """A named person approves a draft or a ready story.

        Raises:
            DraftingStopped: the story cannot become ready; the message lists why.
            InputError: somebody approved it before, or it was merged into another.
        """
        async with self._store.write() as unit:
            story, scope = await undecided(unit, story_id)
            check_ready(story, "be approved")
            approved = story.model_copy(update={"state": StoryState.APPROVED, "approved_by": by})
            await self._step(unit, story, approved, scope, by)
        return approved

    async def exportable(self, story_ids: Sequence[str] = ()) -> list[Story]:
        """The named stories, or all that are approved.

        Raises:
            InputError: a named one was merged into another, or none is approved.
        """
        if not story_ids:
            stories = [story for story in await self.all() if story.state in DECIDED]
        else:
            stories = [await self.get(story_id) for story_id in story_ids]
        for story in stories:
            check_unmerged(story)
        if not stories:
            raise InputError(
                "No story is approved yet.", hint="Approve one (`plumb story approve ID`) or name some."
            )
        return stories

    async def mark_exported(self, stories: Sequence[Story], by: str) -> None:
        """Approved stories become exported; others keep their state."""
        for story in stories:
            async with self._store.write() as unit:
                now, scope = await story_of(unit, story.id)
                if now.state is StoryState.APPROVED:
                    exported = now.model_copy(update={"state": StoryState.EXPORTED})
                    await self._step(unit, now, exported, scope, by)

    async def merge(self, story_id: str, into: str, by: str) -> Story:
        """Move the evidence of a story into another of the same source; returns that one, checked anew.

        What was ready or approved is a draft again: nobody has seen it with this evidence. Merging once more
        changes nothing.

        Raises:
            InputError: the same story, stories of two sources, or one that is approved or merged already.
        """
        async with self._store.write() as unit:
            story, scope = await story_of(unit, story_id)
            target, target_scope = await story_of(unit, into)
            if story.merged_into == target.id:
                return target
            check_merge(story, scope, target, target_scope)
            return await merge_stories(unit, story, target, scope, by, self._clock.now())

    async def _step(self, unit: UnitOfWork, before: Story, after: Story, scope: str, by: str) -> None:
        now = self._clock.now()
        await unit.stories.save(after, scope, now)
        change = Change("state", "state", before.state.value, after.state.value, by, now)
        await unit.stories.record(after.id, [change])

    async def _shelf(self, themes: Themes) -> Shelf:
        async with self._store.read() as unit:
            source = await unit.sources.get(themes.scope)
            stories = [x for x in await unit.stories.all(themes.scope) if not x.merged_into]
            touched = await unit.stories.edited_ids()
        vectors = await self._vectorizer.vectors([story_text(story) for story in stories])
        by_id = {story.id: story for story in stories}
        return Shelf(themes, source.channel if source else "", touched, by_id, list(vectors))

    async def _keep(self, draft: Draft, evidence: ThemeEvidence, shelf: Shelf) -> Story:
        """Verify, check and save one draft; an untouched older draft of the same theme is replaced."""
        theme = evidence.theme
        texts = {ticket.ticket_id: ticket.text for ticket in evidence.tickets}
        body, findings = await asyncio.to_thread(_examine, draft.body, texts)
        (vector,) = await self._vectorizer.vectors([story_text(body)])
        similar = await asyncio.to_thread(shelf.similar, body, theme, vector)
        async with self._store.write() as unit:
            replaced = shelf.replaceable(theme.id)
            if replaced and not await untouched(unit, replaced):  # somebody decided on it meanwhile
                replaced = None
            story = Story(
                **dict(body),
                id=replaced or f"ST-{await unit.stories.next_number()}",
                theme_id=theme.id,
                theme_name=theme.name,
                tickets=theme.tickets,
                requesters=theme.requesters,
                drafted_by=draft.drafted_by,
                prompt=draft.prompt,
                fingerprint=draft.fingerprint,
                learned_from=draft.examples,
                findings=findings,
                merge_with=similar,
                channel=shelf.channel,
            )
            await unit.stories.save(story, shelf.themes.scope, self._clock.now())
        shelf.put(story, vector)
        return story


async def _edited(
    unit: UnitOfWork, story_id: str, values: Mapping[str, str]
) -> tuple[Story, str, Mapping[str, str]]:
    story, scope = await story_of(unit, story_id)
    check_unmerged(story)
    changed, before = edited(story, values)
    checked, dropped = await checked_again(unit, changed, scope)
    if dropped:
        problems = {_path_of(finding, values): finding.message for finding in dropped}
        raise EditRefused(story.id, problems)
    return checked, scope, before


def _path_of(finding: Finding, values: Mapping[str, str]) -> str:
    """The edited path that a finding is about: "examples[0]" is told by "examples.0.input"."""
    place = finding.field.replace("[", ".").replace("]", "")
    return next((path for path in values if path.startswith(place)), place)


def _examine(body: StoryBody, texts: Mapping[str, str]) -> tuple[StoryBody, tuple[Finding, ...]]:
    """The body without what its tickets do not carry, and all that the checks find."""
    verified, dropped = verify_citations(body, texts)
    return verified, (*dropped, *check_story(verified, texts))
