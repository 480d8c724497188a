"""The flywheel at the wire: a correction waits, an experiment is suggested once, a release is told of, all of
it is traced in words and as a picture."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.domain.features import Duty, Record, Watched
from bot.domain.feedback import Explanation, Given, Mark
from bot.domain.interactions import Interaction
from bot.domain.people import Person
from handlers.ask import Ask
from handlers.flywheel.turning import turn
from tests.slack.office import (
    ADA,
    BEN,
    CHLOE,
    DEV,
    LEADS,
    MOSS,
    PATIENCE,
    Json,
    Office,
    open_office,
    shows,
    value_of,
)
from tests.slack.test_sets import block_of
from tests.unit.checks.samples import STORY

pytestmark = pytest.mark.asyncio(loop_scope="module")
TEXT = "# System\nYou answer customers.\n# User\n{{ input }}\n"
OWNER = Person(BEN, "Ben", is_admin=True)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """reply@1 is live, reply@2 is a draft, Chloe decides on it; three answers were corrected."""
    folder: Path = tmp_path_factory.mktemp("flywheel")
    async with open_office(folder, suggest_after=3) as opened:
        services = opened.bot.services
        for text in (TEXT, TEXT.replace("customers", "customers with a date")):
            await services.prompts.save("reply", text, OWNER)
        await services.prompts.promote("reply@1", Person(DEV, "Dev"), override="it was always live")
        feature = Watched("reply", owners={Duty.PROMPTING: CHLOE}, prompts=("reply",), dataset="refunds")
        now = services.clock.now()
        async with services.store.write() as unit:
            await unit.features.save(Record(feature, ADA, now, now))
            await unit.stories.save(STORY, "bank", now)
        await answered(opened, range(3), "reply@1", wrong=3)
        await services.flywheel.collector.collect_all()
        yield opened


async def answered(
    office: Office, numbers: range, prompt: str, *, wrong: int, at: datetime | None = None
) -> None:
    """Answers of the product; the first ``wrong`` of them were corrected, the others liked."""
    services = office.bot.services
    now = at or services.clock.now()
    made = [
        Interaction(f"i{n}", "reply", now, f"Where is refund {n}?", "Soon.", prompt=prompt) for n in numbers
    ]
    async with services.store.write() as unit:
        await unit.interactions.add(made, now)
    given = [
        Given(each.name, "product:1", Mark("product", "down" if place < wrong else "up", now))
        for place, each in enumerate(made)
    ]
    why = Explanation(now, ("wrong_facts",), correction="Name the day.")
    await services.feedback.give([*given, *(Given(each.name, "product:1", why) for each in made[:wrong])])


@dataclass
class Said:
    """What somebody's direct messages with the bot hold."""

    office: Office
    user: str

    async def all(self, text: str) -> list[Json]:
        await self.office.settled()
        direct = await self.office.direct(self.user)
        async with self.office.person(self.user) as person:
            messages = await person.messages(direct)
        return [each for each in messages if text in f"{each.get('text')} {each.get('blocks')}"]


async def turned(office: Office) -> None:
    """The daily job."""
    await turn(await office.bot.desks.at(Ask("event", "flywheel:test", "", "")))


async def test_what_is_corrected_in_slack_waits_as_a_candidate_at_once(office: Office) -> None:
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(direct, f"/plumb story show {STORY.id}")
        card = await ada.wait_for_message(shows("story_trace"), PATIENCE, channel=direct, after=before)
        before = ada.mark
        await ada.click(vote_action(card), channel=direct, ts=card["ts"], value=f"down:story:{STORY.id}")
        view = await ada.wait_for_modal(
            lambda v: v.get("callback_id") == "feedback_reason", PATIENCE, after=before
        )
        correction = next(b for b in view["blocks"] if b.get("block_id") == "correction")
        await ada.submit(
            view["id"], {"correction": {correction["element"]["action_id"]: "Say on which day."}}
        )
    await office.settled()
    (waiting,) = await office.bot.services.candidates.all("stories")
    assert (waiting.case.expected, waiting.proposed_by) == ("Say on which day.", ADA)


def vote_action(card: Json) -> str:
    (thumbs,) = [
        element
        for block in card["blocks"]
        for element in block.get("elements", [])
        if element.get("type") == "feedback_buttons"
    ]
    return str(thumbs["action_id"])


async def test_enough_corrections_suggest_an_experiment_exactly_once(office: Office) -> None:
    async with office.person(DEV) as dev:
        before = dev.mark
        await dev.command(MOSS, "/plumb set review refunds")
        told = await dev.wait_for_message(shows("set_accept"), PATIENCE, channel=MOSS, after=before)
        block = block_of(told, "set_accept", "refunds:1,2,3")
        await dev.click("set_accept", channel=MOSS, ts=told["ts"], block_id=block, value="refunds:1,2,3")
    told_once = await Said(office, CHLOE).all("new cases")
    assert len(told_once) == 1
    assert "wrong facts" in str(told_once)
    await turned(office)
    await turned(office)
    assert len(await Said(office, CHLOE).all("new cases")) == 1
    (message,) = told_once
    direct = await office.direct(CHLOE)
    async with office.person(CHLOE) as chloe:
        before = chloe.mark
        await chloe.click("suggest_run", channel=direct, ts=message["ts"], value="refunds@1")
        view = await chloe.wait_for_modal(lambda v: v.get("callback_id") == "exp_run", PATIENCE, after=before)
    chosen = str([block.get("element") for block in view["blocks"]])
    assert all(word in chosen for word in ("reply@1", "reply@2", "refunds@1"))
    await office.settled()
    ((suggested),) = await stored(office)
    assert suggested.answer == "taken"


async def stored(office: Office) -> list[Any]:
    async with office.bot.services.store.read() as unit:
        return list(await unit.releases.suggested("refunds"))


async def test_never_is_for_the_set(office: Office) -> None:
    (message,) = await Said(office, CHLOE).all("refunds@1")
    direct = await office.direct(CHLOE)
    async with office.person(CHLOE) as chloe:
        await chloe.click("suggest_never", channel=direct, ts=message["ts"], value="refunds@1")
    (edited,) = await Said(office, CHLOE).all("refunds@1")
    assert "Never for this set" in str(edited)
    assert [each.answer for each in await stored(office)] == ["never"]


async def test_a_trace_answers_in_words_and_with_a_picture(office: Office) -> None:
    async with office.person(BEN) as ben:
        before = ben.mark
        await ben.command(MOSS, "/plumb trace interaction:reply/i1")
        told = await ben.wait_for_message(
            shows("refunds@1", "reply/i1"), PATIENCE, channel=MOSS, after=before
        )
        assert told.get("ephemeral")
        assert "a user of the product" in str(told)
        direct = await office.direct(BEN)
        posted = await ben.wait_for_message(
            lambda message: bool(message.get("files")), PATIENCE, channel=direct, after=before
        )
        (file,) = posted["files"]
        assert file["name"] == "trace-interaction-reply-i1.png"
        assert "Chain of evidence around reply/i1" in str(file)
        before = ben.mark
        await ben.command(MOSS, "/plumb trace ST-999")
        await ben.wait_for_message(shows("Nothing is known as"), PATIENCE, channel=MOSS, after=before)


async def test_the_button_answers_beside_its_card(office: Office) -> None:
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(direct, "/plumb prompt show reply@1")
        card = await ada.wait_for_message(shows("prompt_rollback"), PATIENCE, channel=direct, after=before)
        name = value_of(card, "trace_open")
        assert name == "prompt:reply@1"
        before = ada.mark
        await ada.click("trace_open", channel=direct, ts=card["ts"], value=name)
        told = await ada.wait_for_message(shows("REL-1"), PATIENCE, channel=direct, after=before)
        assert told.get("thread_ts") == card["ts"]


async def test_a_release_that_is_worse_is_told_of_once_with_a_way_back(office: Office) -> None:
    services = office.bot.services
    move = await services.prompts.promote("reply@2", Person(DEV, "Dev"), override="hurry")
    moment = timedelta(milliseconds=1)  # the span before is as long as the one since
    await answered(office, range(100, 140), "reply@1", wrong=2, at=move.at - moment)
    await answered(office, range(200, 230), "reply@2", wrong=28, at=move.at + moment)
    await services.flywheel.watch.look()  # a run that was cut off before it told anybody
    for _ in range(2):
        await turned(office)
    (told,) = await Said(office, CHLOE).all("clearly worse")
    assert "prompt_rollback" in str(told)
    assert "because of" not in str(told)


async def test_what_came_from_a_private_channel_is_traced_there_only(office: Office) -> None:
    services = office.bot.services
    async with office.person(ADA) as ada:
        await ada.invite(LEADS, "U0APP")
    async with services.store.write() as unit:
        hidden = STORY.model_copy(update={"id": "ST-70", "channel": LEADS})
        await unit.stories.save(hidden, "leads", services.clock.now())
    for user, place, shown in ((BEN, MOSS, "Nothing is known"), (ADA, LEADS, "What stands behind ST-70")):
        async with office.person(user) as person:
            before = person.mark
            await person.command(place, "/plumb trace ST-70")
            await person.wait_for_message(shows(shown), PATIENCE, channel=place, after=before)


async def test_the_stages_are_counted_in_slack(office: Office) -> None:
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(MOSS, "/plumb fb flywheel reply last 7d")
        told = await ada.wait_for_message(
            shows("The flywheel of reply"), PATIENCE, channel=MOSS, after=before
        )
    assert "refunds#1" in str(told)
    assert "REL-2" in str(told)
