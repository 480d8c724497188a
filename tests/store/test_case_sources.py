"""Cases from themes, stories and the first inputs of a log, on both databases."""

from collections.abc import Sequence

import pytest

from bot.domain.stories import Story, StoryState
from bot.domain.themes import Member, Theme, Trend
from bot.domain.tickets import Ticket
from bot.errors import InputError, NotFound
from bot.services.datasets import CaseSources, DatasetService
from bot.services.themes import THEMES, OfflineNamer, ThemeService
from bot.services.vectors import Vectorizer
from bot.store import Store
from bot.workers import Workers
from tests.conftest import FixedClock
from tests.store.test_stories import embedder
from tests.unit.checks.samples import STORY, TICKETS


@pytest.fixture
def datasets(store: Store, clock: FixedClock) -> DatasetService:
    return DatasetService(store, clock, Workers(0), lambda: b"key")


@pytest.fixture
def sources(store: Store, clock: FixedClock) -> CaseSources:
    vectorizer = Vectorizer(store, embedder)
    return CaseSources(store, ThemeService(store, clock, vectorizer, OfflineNamer()), vectorizer)


@pytest.fixture
async def bank(store: Store, clock: FixedClock) -> None:
    """A private log with two themes, and a story of it."""
    tickets = [
        Ticket(name, text, requester=f"p{n % 3}", fields={"plan": "pro"})
        for n, (name, text) in enumerate(TICKETS.items())
    ]
    names = list(TICKETS)
    themes = [_theme("TH-1", names[:6]), _theme("TH-2", names[6:])]
    async with store.write() as unit:
        source = await unit.sources.get_or_add("bank", "csv", clock.now(), "C-PRIVATE")
        await unit.tickets.add(source.id, tickets)
        await unit.themes.add("bank", "normal", THEMES.dump_python(themes, mode="json"), clock.now())
        await unit.stories.save(STORY.model_copy(update={"channel": "C-PRIVATE"}), "bank", clock.now())


def _theme(name: str, tickets: Sequence[str]) -> Theme:
    members = tuple(Member(each, 0.9 - place / 100, 0.1) for place, each in enumerate(tickets))
    return Theme(name, f"theme {name}", (), "", tickets[0], members, 3, Trend())


@pytest.mark.usefixtures("bank")
async def test_tickets_of_a_theme_become_cases_without_answers(
    sources: CaseSources, datasets: DatasetService
) -> None:
    incoming = await sources.from_theme("TH-1", most=3)
    assert [case.origin for case in incoming.cases] == ["ticket b77-12", "ticket b77-14", "ticket b77-19"]
    assert incoming.cases[0].slices == {"plan": "pro", "theme": "theme TH-1"}
    assert (incoming.cases[0].cluster, incoming.channel) == ("p0", "C-PRIVATE")
    await datasets.commit(await datasets.propose("cards", incoming), "ann")
    found = await datasets.get("cards")
    assert (found.channel, found.scoring.unanswered) == ("C-PRIVATE", 3)
    for theme, source, sentence in (
        ("TH-9", "", "no theme TH-9"),
        ("TH-9", "bank", "no theme TH-9"),
        ("TH-1", "x", "named 'x'"),
    ):
        with pytest.raises(NotFound, match=sentence):
            await sources.from_theme(theme, source=source)
    with pytest.raises(NotFound, match="no theme TH-1"):
        await sources.from_theme("TH-1", among=[])


@pytest.mark.usefixtures("bank")
async def test_a_theme_of_two_logs_must_say_which(
    sources: CaseSources, store: Store, clock: FixedClock
) -> None:
    async with store.write() as unit:
        await unit.sources.get_or_add("shop", "csv", clock.now())
        dumped = THEMES.dump_python([_theme("TH-1", ["x"])], mode="json")
        await unit.themes.add("shop", "normal", dumped, clock.now())
    with pytest.raises(InputError, match="TH-1 is a theme of bank, shop"):
        await sources.from_theme("TH-1")
    assert (await sources.from_theme("TH-1", among=["bank"])).source == "theme TH-1 of bank"


@pytest.mark.usefixtures("bank")
async def test_a_storys_examples_become_cases_with_what_must_not_be_done(
    sources: CaseSources, store: Store, clock: FixedClock
) -> None:
    incoming = await sources.from_story("ST-14")
    assert [case.expected for case in incoming.cases[:-1]] == [each.expected for each in STORY.examples]
    cannot = incoming.cases[-1]
    assert STORY.cannot_do is not None
    assert cannot.slices["kind"] == "cannot do"
    assert STORY.cannot_do.condition in cannot.assertions[0].value
    assert incoming.channel == "C-PRIVATE"
    assert not await sources.is_approved("ST-14")
    assert "nobody approved" in incoming.notes[0]
    approved: Story = STORY.model_copy(update={"state": StoryState.APPROVED, "approved_by": "U3"})
    async with store.write() as unit:
        await unit.stories.save(approved, "bank", clock.now())
    assert await sources.is_approved("ST-14")


@pytest.mark.usefixtures("bank")
async def test_the_first_inputs_are_the_same_every_time(sources: CaseSources) -> None:
    one, two = await sources.first("bank", 5), await sources.first("bank", 5)
    assert one.cases == two.cases
    assert len({case.origin for case in one.cases}) == 5
    assert {case.slices["theme"] for case in one.cases} == {"theme TH-1", "theme TH-2"}
    assert one.channel == "C-PRIVATE"
    few = await sources.first("bank", 50)
    assert (len(few.cases), few.notes[0]) == (8, "the log holds no more than 8 inputs that differ")
