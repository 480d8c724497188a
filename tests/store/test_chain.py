"""The chain's first half on both databases: tickets, themes, stories, and the cases they became."""

import pytest

from bot.domain.chain import Stage
from bot.domain.experiments.cells import Case
from bot.domain.themes import Member, Theme, Trend
from bot.domain.tickets import Ticket
from bot.errors import InputError, NotFound
from bot.services.datasets.sources import CaseSources
from bot.services.people import PeopleService
from bot.services.themes import THEMES, OfflineNamer, ThemeService
from bot.services.vectors import Vectorizer
from bot.store import Store
from tests.conftest import FixedClock
from tests.store.dataset_samples import put
from tests.store.test_flywheel import OfWords
from tests.store.wheel import Wheel, wheel_over
from tests.unit.checks.samples import STORY, TICKETS

THEME = STORY.theme_id


@pytest.fixture
async def wheel(store: Store, clock: FixedClock, people: PeopleService) -> Wheel:
    """Eight tickets of a bank in one theme, the story of it, one more ticket elsewhere with a known id."""
    wheel = wheel_over(store, clock, people)
    members = tuple(Member(ticket, 0.9, 0.1) for ticket in TICKETS)
    theme = Theme(THEME, "card not here", ("card",), "", "", members, 8, Trend())
    async with store.write() as unit:
        bank = await unit.sources.get_or_add("bank", "csv", clock.now())
        shop = await unit.sources.get_or_add("shop", "csv", clock.now(), channel="C7")
        await unit.tickets.add(bank.id, [Ticket(id_, text) for id_, text in TICKETS.items()])
        await unit.tickets.add(shop.id, [Ticket("b77-40", "Where is my lamp?")])
        await unit.themes.add("bank", "normal", THEMES.dump_python([theme], mode="json"), clock.now())
        await unit.stories.save(STORY, "bank", clock.now())
    return wheel


def sources(wheel: Wheel) -> CaseSources:
    vectors = Vectorizer(wheel.store, lambda: OfWords())
    return CaseSources(wheel.store, ThemeService(wheel.store, wheel.clock, vectors, OfflineNamer()), vectors)


async def test_a_ticket_leads_to_its_theme_its_story_and_the_cases_made_of_it(wheel: Wheel) -> None:
    made = await sources(wheel).from_story("ST-14")
    themed = await sources(wheel).from_theme(THEME, source="bank", most=2)
    await put(wheel.datasets, *made.cases, *themed.cases, name="cards")
    chain = await wheel.chain.trace("b77-21")
    assert chain.about == "ticket:bank/b77-21"
    names = {node.name for node in chain.nodes}
    assert {f"theme:bank/{THEME}", "story:ST-14", "dataset:cards@1"} <= names
    links = {(link.cause, link.effect, link.says) for link in chain.links}
    assert ("ticket:bank/b77-21", "story:ST-14", "cited by") in links
    assert ("ticket:bank/b77-21", f"theme:bank/{THEME}", "grouped into") in links
    examples = {link.effect for link in chain.links if link.says == "gave an example"}
    assert len(examples) == len(STORY.examples) + 1


async def test_a_set_is_walked_back_to_tickets(wheel: Wheel) -> None:
    themed = await sources(wheel).from_theme(THEME, source="bank", most=2)
    await put(wheel.datasets, *themed.cases, Case("own", {"input": "by hand"}, expected="x"), name="cards")
    chain = await wheel.chain.trace("cards@1")
    assert {node.id for node in chain.at(Stage.TICKET)} == {f"bank/{each}" for each in list(TICKETS)[:2]}
    assert len(chain.at(Stage.CASE)) == 3


async def test_a_correction_of_a_story_leads_back_to_its_tickets(wheel: Wheel) -> None:
    await wheel.feedback.vote("story:ST-14", "U1", "down")
    await wheel.feedback.explain("story:ST-14", "U1", ["too_long"], correction="One sentence.")
    assert await wheel.turning.collector.collect("story:ST-14", "U1") is not None
    chain = await wheel.chain.trace("stories#1")
    stages = {stage: len(chain.at(stage)) for stage in chain.stages}
    assert stages == {Stage.TICKET: 8, Stage.THEME: 1, Stage.STORY: 1, Stage.VOTE: 1, Stage.CANDIDATE: 1}


async def test_a_name_that_several_things_have_is_asked_about_and_private_ones_are_not_told(
    wheel: Wheel,
) -> None:
    async def nobody(channel: str) -> bool:
        return False

    with pytest.raises(InputError, match="may be ticket:bank/b77-40 or ticket:shop/b77-40"):
        await wheel.chain.trace("b77-40")
    chain = await wheel.chain.trace("b77-40", nobody)
    assert chain.about == "ticket:bank/b77-40"
    with pytest.raises(NotFound, match="Nothing is known"):
        await wheel.chain.trace("shop/b77-40", nobody)
