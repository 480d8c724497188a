"""The life of a story in the database: ready, approved, edited, merged; and where it came from."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from zlib import crc32

import numpy as np
import pytest

from bot.domain.checks import evidence_tickets
from bot.domain.stories import Citation, EdgeCase, Example, Story, StoryBody, StoryState
from bot.domain.story_edits import EditRefused
from bot.domain.themes import ThemeEvidence
from bot.domain.tickets import RawTicket, Ticket
from bot.errors import DraftingStopped, InputError
from bot.importers import LogFile
from bot.ports import Embedder, Vectors
from bot.services.stories import Draft, OfflineDrafter, StoryService
from bot.services.themes import OfflineNamer, Themes, ThemeService
from bot.services.tickets import TicketService
from bot.services.vectors import Vectorizer
from bot.store import Store
from bot.workers import Workers
from tests.conftest import FixedClock
from tests.unit.checks.samples import STORY, TICKETS

MORE = {
    "n-1": "Nobody tells me when my new card will be delivered.",
    "n-2": "Is my card lost in the post? I ordered it in March.",
    "n-3": "Please say when the card gets here, I travel on Friday.",
    "n-4": "I want to follow my card on its way to me.",
}
SECOND = STORY.model_copy(
    update={
        "id": "ST-15",
        "theme_id": "4",
        "tickets": 4,
        "requesters": 4,
        "examples": tuple(
            Example(ticket_id=name, input=text, expected="says when it will come")
            for name, text in MORE.items()
        ),
        "edge_cases": (
            EdgeCase(ticket_id="b77-312", quote="only one of them came", note="two cards ordered"),
            EdgeCase(ticket_id="n-2", quote="Is my card lost in the post?", note="may be lost"),
        ),
        "citations": (
            Citation(ticket_id="b77-25", quote="where is it?"),
            Citation(ticket_id="n-3", quote="Please say when the card gets here"),
        ),
        "merge_with": ("ST-14",),
    }
)


class Embedding:
    """Equal texts alike, others not: enough where nothing is grouped."""

    name = "test"

    def embed(self, texts: Sequence[str]) -> Vectors:
        rows = [np.random.default_rng(crc32(text.encode())).normal(size=16) for text in texts]
        return np.array(rows, np.float32).reshape(-1, 16)


def embedder() -> Embedder:
    return Embedding()


@pytest.fixture
def stories(store: Store, clock: FixedClock) -> StoryService:
    return StoryService(store, clock, Vectorizer(store, embedder), OfflineDrafter())


@pytest.fixture
async def filled(store: Store, clock: FixedClock) -> None:
    """A source with tickets, two stories that say the same, and one that the first may merge with."""
    tickets = [Ticket(name, text, requester=f"person {n % 9}") for n, (name, text) in enumerate(_texts())]
    third = STORY.model_copy(update={"id": "ST-16", "merge_with": ("ST-15", "ST-14")})
    async with store.write() as unit:
        source = await unit.sources.get_or_add("bank", "csv", clock.now(), "C-PRIVATE")
        await unit.tickets.add(source.id, tickets)
        for story in (STORY, SECOND, third):
            await unit.stories.save(story, "bank", clock.now())


def _texts() -> Iterator[tuple[str, str]]:
    yield from {**TICKETS, **MORE}.items()


pytestmark = pytest.mark.usefixtures("filled")


async def test_a_draft_becomes_ready_and_a_named_person_approves(stories: StoryService) -> None:
    assert (await stories.ready("ST-14", by="U1")).state is StoryState.READY
    assert (await stories.ready("st-14", by="U2")).state is StoryState.READY
    approved = await stories.approve("ST-14", by="U3")
    assert (approved.state, approved.approved_by) == (StoryState.APPROVED, "U3")
    assert await stories.get("ST-14") == approved
    steps = [(change.before, change.after, change.author) for change in await stories.history("ST-14")]
    assert steps == [("draft", "ready", "U1"), ("ready", "approved", "U3")]
    for again in (stories.approve, stories.ready):
        with pytest.raises(InputError, match="approved already; U3 approved it"):
            await again("ST-14", by="U4")


async def test_a_draft_is_approved_at_once_where_nothing_is_missing(stories: StoryService) -> None:
    assert (await stories.approve("ST-14", by="U3")).state is StoryState.APPROVED


async def test_what_is_missing_stops_ready_and_approved(stories: StoryService, store: Store) -> None:
    async with store.write() as unit:
        bare = STORY.model_copy(update={"id": "ST-17", "cannot_do": None})
        await unit.stories.save(bare, "bank", FixedClock().now())
    with pytest.raises(DraftingStopped, match="cannot become ready yet: No example of what"):
        await stories.ready("ST-17", by="U1")
    with pytest.raises(DraftingStopped, match="cannot be approved yet: No example of what"):
        await stories.approve("ST-17", by="U1")


async def test_an_edit_can_be_tried_without_being_made(stories: StoryService) -> None:
    fine = {"title": "Cards that have not come", "criteria.0.threshold": "96"}
    assert await stories.try_edit("ST-14", fine) == {}
    wrong = await stories.try_edit("ST-14", {"title": "", "criteria.0.threshold": "many"})
    assert set(wrong) == {"title", "criteria.0.threshold"}
    quote = await stories.try_edit("ST-14", {"title": "Cards", "examples.1.input": "Nobody ever said this"})
    assert list(quote) == ["examples.1.input"]
    assert set(await stories.try_edit("ST-14", {"channel": "C2"})) == {"channel"}
    assert await stories.get("ST-14") == STORY
    assert await stories.history("ST-14") == []


async def test_an_edit_is_kept_as_a_correction(stories: StoryService) -> None:
    changed = await stories.edit("ST-14", {"criteria.0.threshold": "96", "title": "Cards, where?"}, "U1")
    assert (changed.criteria[0].threshold, changed.title) == (96, "Cards, where?")
    kept = [(change.field, change.before, change.after) for change in await stories.history("ST-14")]
    assert kept == [("criteria.0.threshold", "95.0", "96"), ("title", STORY.title, "Cards, where?")]
    with pytest.raises(EditRefused, match="ST-14, state: a story has no field 'state' to edit"):
        await stories.edit("ST-14", {"state": "approved"}, "U1")


async def test_an_approval_does_not_outlive_an_edit(stories: StoryService) -> None:
    await stories.approve("ST-14", by="U3")
    edited = await stories.edit("ST-14", {"title": "Other words"}, "U1")
    assert (edited.state, edited.approved_by) == (StoryState.DRAFT, "")
    last = (await stories.history("ST-14"))[-1]
    assert (last.field, last.before, last.after, last.author) == ("state", "approved", "draft", "U1")
    assert await stories.exportable(["ST-14"]) == [edited]
    with pytest.raises(InputError, match="No story is approved yet"):
        await stories.exportable()


async def test_merging_moves_the_evidence(stories: StoryService) -> None:
    merged = await stories.merge("ST-15", "ST-14", by="U1")
    assert merged == await stories.get("ST-14")
    assert [example.ticket_id for example in merged.examples] == ["b77-21", "b77-14", "b77-12", "n-1", "n-2"]
    assert {case.ticket_id for case in merged.edge_cases} == {"b77-27", "b77-312", "n-2"}
    cited = [citation.ticket_id for citation in merged.citations]
    assert sorted(cited) == sorted({"b77-14", "b77-19", "b77-21", "b77-25", "n-3", "n-4"})
    assert evidence_tickets(STORY) | evidence_tickets(SECOND) == evidence_tickets(merged)
    assert (merged.title, merged.criteria, merged.state) == (STORY.title, STORY.criteria, StoryState.DRAFT)
    assert (merged.tickets, merged.requesters) == (58, 51)  # what the larger has at least


async def test_nobody_is_counted_twice_in_a_merge(stories: StoryService, store: Store) -> None:
    members = {"3": list(TICKETS), "4": [*MORE, "b77-12"]}  # 9 people wrote these 12 tickets
    themes = [
        {"id": theme, "members": [{"ticket_id": name} for name in names]} for theme, names in members.items()
    ]
    small = {"tickets": 8, "requesters": 8}
    async with store.write() as unit:
        await unit.themes.add("bank", "normal", themes, FixedClock().now())
        for story in (STORY, SECOND):
            await unit.stories.save(story.model_copy(update=small), "bank", FixedClock().now())
    merged = await stories.merge("ST-15", "ST-14", by="U1")
    assert (merged.tickets, merged.requesters) == (12, 9)


async def test_the_merged_one_is_kept_but_out_of_sight(stories: StoryService) -> None:
    await stories.merge("ST-15", "ST-14", by="U1")
    gone = await stories.get("ST-15")
    assert (gone.state, gone.merged_into) == (StoryState.MERGED, "ST-14")
    assert [story.id for story in await stories.all()] == ["ST-14", "ST-16"]
    assert await stories.all(StoryState.MERGED) == [gone]
    assert (await stories.get("ST-16")).merge_with == ("ST-14",)
    told = {story_id: await stories.history(story_id) for story_id in ("ST-14", "ST-15")}
    assert [(x.kind, x.field, x.after, x.author) for x in told["ST-14"]] == [
        ("merge", "merged from", "ST-15", "U1")
    ]
    assert [(x.kind, x.field, x.after) for x in told["ST-15"]] == [
        ("merge", "merged into", "ST-14"),
        ("state", "state", "merged"),
    ]
    for doing in (stories.approve("ST-15", by="U1"), stories.edit("ST-15", {"title": "x"}, "U1")):
        with pytest.raises(InputError, match="ST-15 was merged into ST-14"):
            await doing
    with pytest.raises(InputError, match="was merged"):
        await stories.exportable(["ST-15"])


async def test_merging_once_more_changes_nothing(stories: StoryService) -> None:
    once = await stories.merge("ST-15", "ST-14", by="U1")
    assert await stories.merge("ST-15", "ST-14", by="U1") == once
    assert len(await stories.history("ST-14")) == 1


async def test_what_was_approved_is_a_draft_again_with_other_evidence(stories: StoryService) -> None:
    await stories.approve("ST-14", by="U3")
    merged = await stories.merge("ST-15", "ST-14", by="U1")
    assert (merged.state, merged.approved_by) == (StoryState.DRAFT, "")
    last = (await stories.history("ST-14"))[-1]
    assert (last.field, last.before, last.after) == ("state", "approved", "draft")


async def test_merges_that_make_no_sense_are_refused(stories: StoryService, store: Store) -> None:
    with pytest.raises(InputError, match="into itself"):
        await stories.merge("ST-14", "st-14", by="U1")
    async with store.write() as unit:
        elsewhere = STORY.model_copy(update={"id": "ST-18"})
        await unit.stories.save(elsewhere, "shop", FixedClock().now())
    with pytest.raises(InputError, match="different sources"):
        await stories.merge("ST-18", "ST-14", by="U1")
    await stories.approve("ST-15", by="U3")
    with pytest.raises(InputError, match="ST-15 is approved already"):
        await stories.merge("ST-15", "ST-14", by="U1")
    assert [story.id for story in await stories.all()] == ["ST-14", "ST-15", "ST-16", "ST-18"]


async def test_a_story_carries_the_channel_of_its_source(
    stories: StoryService, store: Store, clock: FixedClock
) -> None:
    finder = ThemeService(store, clock, Vectorizer(store, embedder), OfflineNamer())
    found: Themes = await finder.find("bank")
    drafted = await stories.draft(found, found.themes[:1])
    (story,) = drafted.stories
    assert (story.channel, (await stories.get(story.id)).channel) == ("C-PRIVATE", "C-PRIVATE")
    async with store.read() as unit:
        assert await unit.sources.origins() == {"bank": "C-PRIVATE"}


async def test_a_new_draft_never_replaces_what_somebody_decided_on_meanwhile(
    store: Store, clock: FixedClock
) -> None:
    class Interrupted(OfflineDrafter):
        """Somebody edits the old draft while the new one is being written."""

        async def draft(self, evidence: ThemeEvidence) -> Draft:
            made = await super().draft(evidence)
            if [story.id for story in await service.all()][-1] == "ST-17":
                await service.edit("ST-17", {"title": "As a person wants it"}, "U1")
            return made

    vectorizer = Vectorizer(store, embedder)
    service = StoryService(store, clock, vectorizer, Interrupted())
    found = await ThemeService(store, clock, vectorizer, OfflineNamer()).find("bank")
    (first,) = (await service.draft(found, found.themes[:1])).stories
    (second,) = (await service.draft(found, found.themes[:1])).stories
    assert (first.id, second.id) == ("ST-17", "ST-18")
    assert (await service.get("ST-17")).title == "As a person wants it"


async def test_stories_of_one_run_that_repeat_each_other_are_marked(store: Store, clock: FixedClock) -> None:
    class Template:
        """Prints one story whatever the theme is."""

        async def draft(self, evidence: ThemeEvidence) -> Draft:
            fields = {name: getattr(STORY, name) for name in StoryBody.model_fields}
            return Draft(StoryBody.model_validate(fields), "a template")

    vectorizer = Vectorizer(store, embedder)
    service = StoryService(store, clock, vectorizer, Template())
    found = await ThemeService(store, clock, vectorizer, OfflineNamer()).find("bank")
    run = [replace(found.themes[0], id=f"TH-{n}") for n in (11, 12, 13)]
    for story in (await service.draft(found, run)).stories:
        assert "backlog.same_criterion" in {finding.code for finding in story.findings}
        assert await service.get(story.id) == story


async def test_tickets_of_different_origin_never_share_a_source(store: Store, clock: FixedClock) -> None:
    service = TicketService(store, clock, Workers(0), lambda: b"key")

    async def add(name: str, channel: str, ticket_id: str) -> None:
        log = LogFile("csv", iter([RawTicket(1, ticket_id, "Where is my card?")]), [])
        await service.import_log(log, source=name, filename="x.csv", channel=channel)

    await add("new", "C-OTHER", "a")
    await add("new", "C-OTHER", "b")
    for name, channel in (("new", ""), ("new", "C-PRIVATE"), ("bank", "C-OTHER"), ("bank", "")):
        with pytest.raises(InputError, match="came from elsewhere") as caught:
            await add(name, channel, "c")
        assert "C-" not in caught.value.message + caught.value.hint
    async with store.read() as unit:
        new = await unit.sources.get("new")
        assert new is not None
        assert (new.channel, await unit.tickets.count(new.id)) == ("C-OTHER", 2)


async def test_two_people_deciding_at_once_leave_one_decision(stories: StoryService, store: Store) -> None:
    outcomes = await asyncio.gather(
        stories.approve("ST-14", by="U1"), stories.approve("ST-14", by="U2"), return_exceptions=True
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["InputError", "Story"]
    (winner,) = [outcome for outcome in outcomes if isinstance(outcome, Story)]
    assert (await stories.get("ST-14")).approved_by == winner.approved_by
