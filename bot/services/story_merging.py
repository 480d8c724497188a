"""Moving one story's evidence into another, inside one transaction."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.checks import check_story, evidence_tickets, verify_citations
from bot.domain.stories import Finding, Story, StoryState
from bot.domain.story_edits import body_of
from bot.domain.story_union import united
from bot.store import UnitOfWork
from bot.store.repositories import Change


async def checked_again(unit: UnitOfWork, story: Story, scope: str) -> tuple[Story, tuple[Finding, ...]]:
    """The story with only the quotes that its tickets hold and what the checks find; and what was dropped."""
    source = await unit.sources.get(scope)
    tickets = await unit.tickets.some(source.id, sorted(evidence_tickets(story))) if source else []
    texts = {ticket.ticket_id: ticket.text for ticket in tickets}
    body, dropped = verify_citations(body_of(story), texts)
    return story.model_copy(update={**dict(body), "findings": check_story(body, texts)}), dropped


async def merge_stories(
    unit: UnitOfWork, story: Story, into: Story, scope: str, by: str, now: datetime
) -> Story:
    """Both saved, the histories of both told, and offers to merge with the one point at the other."""
    tickets, requesters = await _weight(unit, [into, story], scope)
    update = {"state": StoryState.DRAFT, "approved_by": "", "tickets": tickets, "requesters": requesters}
    merged, _dropped = await checked_again(unit, united(into, story).model_copy(update=update), scope)
    gone = story.model_copy(update={"state": StoryState.MERGED, "merged_into": into.id})
    await unit.stories.save(merged, scope, now)
    await unit.stories.record(merged.id, _changes(into, merged, "merged from", story.id, by, now))
    await unit.stories.save(gone, scope, now)
    await unit.stories.record(gone.id, _changes(story, gone, "merged into", into.id, by, now))
    await _point_at(unit, story.id, into.id, scope, now)
    return merged


def _changes(before: Story, after: Story, field: str, other: str, by: str, now: datetime) -> list[Change]:
    changes = [Change("merge", field, "", other, by, now)]
    if after.state is not before.state:
        changes.append(Change("state", "state", before.state.value, after.state.value, by, now))
    return changes


async def _weight(unit: UnitOfWork, stories: Sequence[Story], scope: str) -> tuple[int, int]:
    """How many tickets and people stand behind stories together, nobody counted twice.

    Where the newest themes do not hold a story's theme any more, its own counts are the least there are.
    """
    themes = {theme["id"]: theme for theme in await unit.themes.newest(scope)}
    found = [themes[story.theme_id] for story in stories if story.theme_id in themes]
    ids = {member["ticket_id"] for theme in found for member in theme["members"]}
    ids.update(*(evidence_tickets(story) for story in stories))
    source = await unit.sources.get(scope)
    tickets = await unit.tickets.some(source.id, sorted(ids)) if source else []
    people = {ticket.requester for ticket in tickets if ticket.requester}
    return (
        max(len(tickets), *(story.tickets for story in stories)),
        max(len(people), *(story.requesters for story in stories)),
    )


async def _point_at(unit: UnitOfWork, gone: str, into: str, scope: str, now: datetime) -> None:
    for story in await unit.stories.all(scope):
        if gone in story.merge_with and not story.merged_into:
            offers = dict.fromkeys(into if other == gone else other for other in story.merge_with)
            kept = tuple(other for other in offers if other != story.id)
            await unit.stories.save(story.model_copy(update={"merge_with": kept}), scope, now)
