"""Tracking, numbers and the labelling queue at the wire, and who may see what of them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain.features import Watched
from bot.domain.feedback import message_name
from bot.domain.people import Role
from bot.sandbox import Person
from tests.slack.judged import desk_of, judged_message, said_by_bot
from tests.slack.office import (
    ADA,
    BEN,
    CHLOE,
    DEV,
    EMI,
    FRANK,
    LEADS,
    MOSS,
    PATIENCE,
    SUPPORT,
    Json,
    Office,
    inputs,
    open_office,
    shows,
    value_of,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")
VOTERS = (ADA, BEN, CHLOE, DEV, EMI, "U0HANA")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    folder: Path = tmp_path_factory.mktemp("asking")
    async with open_office(folder) as opened:
        async with opened.person(ADA) as ada:
            await ada.invite(LEADS, "U0APP")
        yield opened


async def give(office: Office, user: str, role: Role) -> None:
    _, desk = await desk_of(office, ADA)
    await office.bot.services.people.give(user, role, by=await desk.slack.person(ADA))


async def test_another_bots_message_is_tracked_and_votes_on_it_count(office: Office) -> None:
    services = office.bot.services
    async with office.person(CHLOE) as chloe:
        question = await chloe.post(SUPPORT, "When is the box locked? Mail me at c@example.com")
        asked = question["message"]["ts"] if "message" in question else question["ts"]
        ts = said_by_bot(office, "On Thursday at noon.", thread_ts=asked)
        before = chloe.mark
        await chloe.react(SUPPORT, ts, "+1")  # nobody tracks it yet
        await chloe.message_shortcut("track_output", SUPPORT, ts)
        view = await chloe.wait_for_modal(
            lambda v: v.get("callback_id") == "track_output", PATIENCE, after=before
        )
        assert "When is the box locked?" in str(view)  # what was said just before it
        refused = await chloe.submit(view["id"], inputs(view, prompt="nothing@9"))
        assert "prompt" in refused["errors"]
        before = chloe.mark
        await chloe.submit(view["id"], inputs(view, prompt=""))
        told = await chloe.wait_for_message(shows("Tracked.", "output_feedback"), PATIENCE, after=before)
        assert told.get("ephemeral")
        name = message_name(SUPPORT, ts)
        assert value_of_thumbs(told) == f"up:{name}"
        async with office.person(BEN) as ben:
            await ben.react(SUPPORT, ts, "+1::skin-tone-2")
        await chloe.click("output_feedback", channel=SUPPORT, ts=told["ts"], value=f"down:{name}")
        await office.settled()
    found = await services.outputs.get(name)
    assert found is not None
    assert found.text == "On Thursday at noon."
    assert "c@example" not in str(found.input["asked"])
    assert {vote.user: vote.thumb for vote in await services.feedback.votes(name)} == {
        BEN: "up",
        CHLOE: "down",
    }
    async with office.person(DEV) as dev:
        before = dev.mark
        await dev.command(SUPPORT, "/plumb fb track")
        listed = await dev.wait_for_message(shows("On Thursday at noon."), PATIENCE, after=before)
        assert "Track this output" in str(listed)


def value_of_thumbs(told: Json) -> str:
    (block,) = [block for block in told["blocks"] if block["type"] == "context_actions"]
    return str(block["elements"][0]["positive_button"]["value"])


async def test_what_was_said_in_private_is_tracked_only_for_who_is_there(office: Office) -> None:
    ts = said_by_bot(office, "The price doubles in May.", channel=LEADS)
    _, desk = await desk_of(office)
    await office.bot.services.features.add(Watched("prices"), await desk.slack.person(ADA))
    async with office.person(ADA) as ada, office.person(BEN) as ben:
        before = ada.mark
        await ada.message_shortcut("track_output", LEADS, ts)
        view = await ada.wait_for_modal(
            lambda v: v.get("callback_id") == "track_output", PATIENCE, after=before
        )
        await ada.submit(view["id"], inputs(view, feature="prices"))
        await ada.wait_for_message(shows("Tracked."), PATIENCE, after=before)
        await ada.react(LEADS, ts, "-1")
        await office.settled()
        direct = await office.direct(BEN)
        for words in ("fb track", "fb summary prices", "fb reasons prices", "fb queue prices"):
            before = ben.mark
            await ben.command(direct, f"/plumb {words}")
            told = await ben.wait_for_message(lambda m: True, PATIENCE, channel=direct, after=before)
            assert "price doubles" not in str(told)
            assert "1 vote" not in str(told)
        before = ada.mark
        mine = await office.direct(ADA)
        await ada.command(mine, "/plumb fb summary prices")
        await ada.wait_for_message(shows("1 vote by 1 person"), PATIENCE, channel=mine, after=before)
    assert (await office.bot.services.outputs.get(message_name(LEADS, ts))).channel == LEADS  # type: ignore[union-attr]


async def test_a_message_among_people_is_tracked_for_who_chose_it_alone(office: Office) -> None:
    async with office.person(CHLOE) as chloe, office.person(BEN) as ben:
        opened = await chloe.open_im(BEN)
        theirs = opened["channel"]["id"] if isinstance(opened.get("channel"), dict) else opened["channel"]
        said = await ben.post(theirs, "The tool told me to use salt.")
        before = chloe.mark
        await chloe.message_shortcut("track_output", theirs, (said.get("message") or said)["ts"])
        view = await chloe.wait_for_modal(
            lambda v: v.get("callback_id") == "track_output", PATIENCE, after=before
        )
        await chloe.submit(view["id"], {})
        direct = await office.direct(CHLOE)
        told = await chloe.wait_for_message(shows("I see no emoji there"), PATIENCE, channel=direct)
        name = value_of_thumbs(told).removeprefix("up:")
        await chloe.click("output_feedback", channel=direct, ts=told["ts"], value=f"up:{name}")
        before = ben.mark
        await ben.command(await office.direct(BEN), "/plumb fb track")
        listed = await ben.wait_for_message(shows("Track this output"), PATIENCE, after=before)
        assert "salt" not in str(listed)
    await office.settled()
    found = await office.bot.services.outputs.get(name)
    assert found is not None
    assert (found.text, found.channel) == ("The tool told me to use salt.", direct)
    assert [vote.user for vote in await office.bot.services.feedback.votes(name)] == [CHLOE]


async def test_numbers_carry_their_n_and_are_shared_with_their_thumbs(office: Office) -> None:
    feedback = office.bot.services.feedback
    for number in range(3):
        name, _ = await judged_message(office, ADA, f"Answer {number} to be counted", feature="reply")
        for at, user in enumerate(VOTERS):
            await feedback.vote(name, user, "down" if at < 2 else "up")
            if at < 2:
                await feedback.explain(name, user, ["wrong_tone"], "It sounds rude and cold.")
    async with office.person(BEN) as ben:
        before = ben.mark
        await ben.command(MOSS, "/plumb fb summary for replay last 4 weeks")
        await ben.wait_for_message(shows("There is no feature"), PATIENCE, after=before)
        before = ben.mark
        await ben.command(MOSS, "/plumb fb summary for reply, last 4 weeks")
        told = await ben.wait_for_message(shows("66.7 % 👍 of 18 votes by 6 people"), PATIENCE, after=before)
        assert told.get("ephemeral")
        before = ben.mark
        await ben.click("fb_reasons", channel=MOSS, ts=told["ts"], value=value_of(told, "fb_reasons"))
        why = await ben.wait_for_message(shows("Wrong tone", "6 👎"), PATIENCE, after=before)
        assert "sounds rude" in str(why)
        assert "Too few to judge" in str(why)  # six reasons are no share
        before = ben.mark
        await ben.click("answer_share", channel=MOSS, ts=told["ts"], value=value_of(told, "answer_share"))
        view = await ben.wait_for_modal(
            lambda v: v.get("callback_id") == "answer_share", PATIENCE, after=before
        )
        async with office.person(CHLOE) as chloe:
            await ben.submit(view["id"], inputs(view, to=MOSS))
            shared = await chloe.wait_for_message(shows("66.7 %", "Shared by"), PATIENCE, channel=MOSS)
            await chloe.react(MOSS, shared["ts"], "+1")
    await office.settled()
    (vote,) = await feedback.votes(value_of_thumbs(shared).removeprefix("up:"))
    assert (vote.user, vote.output.partition(":")[0]) == (CHLOE, "summary")


async def test_guests_read_nothing_and_viewers_do_not_track_or_judge(office: Office) -> None:
    await give(office, DEV, Role.VIEWER)
    ts = said_by_bot(office, "An answer to be tracked.")
    async with office.person(FRANK) as frank, office.person(DEV) as dev:
        for words in ("fb summary", "fb reasons", "fb track"):
            before = frank.mark
            await frank.command(SUPPORT, f"/plumb {words}")
            await frank.wait_for_message(shows("guests"), PATIENCE, after=before)
        before = dev.mark
        await dev.message_shortcut("track_output", SUPPORT, ts)
        await dev.wait_for_modal(lambda v: "contributor" in str(v), PATIENCE, after=before)
        before = dev.mark
        await dev.command(SUPPORT, "/plumb fb queue")
        await dev.wait_for_message(shows("reviewer"), PATIENCE, after=before)


async def test_ten_outputs_are_judged_on_home_one_in_place_of_the_other(office: Office) -> None:
    labelling = office.bot.services.labelling
    for number in range(4):
        await judged_message(office, ADA, f"Answer {number} to be looked at", MOSS, feature="search")
    await give(office, EMI, Role.REVIEWER)
    async with office.person(EMI) as emi:
        before = emi.mark
        await emi.open_home()
        home: Json = await emi.wait_for_home(lambda v: "label_start" in str(v), PATIENCE, after=before)
        waiting = int(value_label(home).removeprefix("Start (").removesuffix(")"))
        home = await press(emi, home, "label_start")
        said = ["label_agree", "label_skip", "label_disagree", "label_undo", "label_unsure"]
        seen = []
        for action in said:
            seen.append(str(home["blocks"][0]["text"]["text"]))
            home = await press(emi, home, action)
        assert seen == [f"{n} of {waiting} · Would you have answered so?" for n in (1, 2, 3, 4, 3)]
        home = await press(emi, home, "label_stop")
        assert "You judged 2 outputs, 1 skipped." in str(home)
        assert "Too few to say" in str(home)
        before = emi.mark
        await emi.click("home_refresh", view_id=home["id"])
        await emi.wait_for_home(lambda v: "Emi" in str(v), PATIENCE, after=before)
    labels = [label for label in await labelling.labels() if label.user == EMI]
    assert sorted(label.label for label in labels) == ["agree", "unsure"]


def value_label(view: Json) -> str:
    return next(
        str(block["accessory"]["text"]["text"])
        for block in view["blocks"]
        if (block.get("accessory") or {}).get("action_id") == "label_start"
    )


async def press(person: Person, view: Json, action: str) -> Json:
    """Click on App Home and wait for what takes its place."""
    before = person.mark
    await person.click(action, view_id=view["id"])
    return await person.wait_for_home(lambda v: True, PATIENCE, after=before)


async def test_the_same_in_direct_messages_edits_one_message(office: Office) -> None:
    direct = await office.direct(CHLOE)
    async with office.person(CHLOE) as chloe:
        before = chloe.mark
        await chloe.command(SUPPORT, "/plumb fb queue search")
        card = await chloe.wait_for_message(shows("1 of 4"), PATIENCE, channel=direct, after=before)
        for number in range(2, 5):
            before = chloe.mark
            await chloe.click(
                "label_agree", channel=direct, ts=card["ts"], value=value_of(card, "label_agree")
            )
            card = await chloe.wait_for_message(shows(f"{number} of 4"), PATIENCE, after=before)
        before = chloe.mark
        await chloe.click("label_agree", channel=direct, ts=card["ts"], value=value_of(card, "label_agree"))
        over = await chloe.wait_for_message(shows("You judged 4 outputs."), PATIENCE, after=before)
        assert over["ts"] == card["ts"]
