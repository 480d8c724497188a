"""Who sees a story where: guests none, nobody what came from a conversation that they are not in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain.stories import StoryState
from tests.slack.office import (
    ADA,
    BEN,
    CHLOE,
    FRANK,
    LEADS,
    MOSS,
    PATIENCE,
    SUPPORT,
    Json,
    Office,
    inputs,
    is_card,
    open_office,
    shows,
    small_log,
    value_of,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    folder: Path = tmp_path_factory.mktemp("privacy")
    async with open_office(folder) as opened:
        yield opened


async def drafted(office: Office, name: str, channel: str = SUPPORT) -> Json:
    """Ada's first card of a draft from a file that she shared in a channel."""
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        await ada.upload(name, small_log(mark=name[:2]), channel=channel)
        before = ada.mark
        await ada.command(channel, f"/plumb story draft from {name} top 1")
        card = await ada.wait_for_message(is_card, PATIENCE, channel=direct, after=before)
    await office.settled()
    return card


async def test_a_guest_sees_no_story_whatever_they_click_or_type(office: Office) -> None:
    card = await drafted(office, "guest.csv")
    story_id = value_of(card, "story_trace")
    story = await office.bot.services.stories.get(story_id)
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.click("story_share", channel=direct, ts=card["ts"], value=story_id)
        view = await ada.wait_for_modal(
            lambda v: v.get("callback_id") == "story_share", PATIENCE, after=before
        )
        before = ada.mark
        await ada.submit(view["id"], inputs(view, to=SUPPORT))
        shared = await ada.wait_for_message(is_card, PATIENCE, channel=SUPPORT, after=before)
    async with office.person(FRANK) as frank:
        for action in ("story_edges", "story_trace", "story_approve"):
            before = frank.mark
            await frank.click(action, channel=SUPPORT, ts=shared["ts"], value=story_id)
            told = await frank.wait_for_message(shows("guests"), PATIENCE, channel=SUPPORT, after=before)
            assert story.citations[0].quote not in str(told)
        for typed in ("list", f"show {story_id}"):
            before = frank.mark
            await frank.command(SUPPORT, f"/plumb story {typed}")
            told = await frank.wait_for_message(shows("guests"), PATIENCE, channel=SUPPORT, after=before)
            assert story.title not in str(told)
        before = frank.mark
        await frank.click("story_edit", channel=SUPPORT, ts=shared["ts"], value=story_id)
        window = await frank.wait_for_modal(lambda v: "guests" in str(v), PATIENCE, after=before)
        assert story.title not in str(window)
    assert (await office.bot.services.stories.get(story_id)).state is StoryState.DRAFT


async def test_a_private_channel_that_is_gone_keeps_its_stories_and_nobody_from_the_others(
    office: Office,
) -> None:
    async with office.person(ADA) as ada:
        await ada.invite(LEADS, "U0APP")
    open_card = await drafted(office, "seen.csv")
    closed_card = await drafted(office, "kept.csv", channel=LEADS)
    office.sandbox.hub.world.channel(LEADS).members.pop("U0APP")
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(direct, "/plumb story list")
        listed = await ada.wait_for_message(
            shows(value_of(open_card, "story_trace")), PATIENCE, channel=direct, after=before
        )
        assert value_of(closed_card, "story_trace") not in str(listed)
        before = ada.mark
        await ada.open_home()
        await ada.wait_for_home(lambda v: "Ada" in str(v), timeout=PATIENCE, after=before)


async def test_a_message_from_where_the_bot_is_not_is_its_drafters_alone(office: Office) -> None:
    async with office.person(CHLOE) as chloe:
        said = await chloe.post(LEADS, "Growers cannot tell whether the pump is broken or just quiet.")
        ts = said["message"]["ts"] if "message" in said else said["ts"]
        before = chloe.mark
        await chloe.message_shortcut("message_story", LEADS, ts)
        view = await chloe.wait_for_modal(lambda v: v.get("callback_id") == "story_from_message", PATIENCE)
        await chloe.submit(view["id"], {})
        direct = await office.direct(CHLOE)
        card = await chloe.wait_for_message(is_card, PATIENCE, channel=direct, after=before)
        story_id = value_of(card, "story_trace")
        before = chloe.mark
        await chloe.command(direct, f"/plumb story show {story_id}")
        await chloe.wait_for_message(is_card, PATIENCE, channel=direct, after=before)
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(MOSS, f"/plumb story show {story_id}")
        await ada.wait_for_message(shows("There is no story"), PATIENCE, channel=MOSS, after=before)


async def test_in_a_conversation_among_people_the_answer_is_for_the_asker_alone(office: Office) -> None:
    async with office.person(ADA) as ada:
        opened = await ada.open_im(BEN)
        theirs = opened["channel"]["id"] if isinstance(opened.get("channel"), dict) else opened["channel"]
        before = ada.mark
        await ada.command(theirs, "/plumb story list")
        told = await ada.wait_for_message(shows("tor"), PATIENCE, after=before)
        assert told.get("ephemeral")
    await office.settled()
    refused = [x for x in office.sandbox.calls("chat.postMessage") if x["arguments"].get("channel") == theirs]
    assert refused == []


async def test_a_private_source_is_found_there_by_the_name_that_is_shown(office: Office) -> None:
    async with office.person(ADA) as ada:
        await ada.invite(LEADS, "U0APP")
    await drafted(office, "named.csv", channel=LEADS)
    direct = await office.direct(ADA)
    async with office.person(ADA) as ada:
        before = ada.mark
        await ada.command(LEADS, "/plumb story draft from named top 1")
        await ada.wait_for_message(is_card, PATIENCE, channel=direct, after=before)


async def test_two_who_edit_at_once_do_not_undo_each_other(office: Office) -> None:
    card = await drafted(office, "both.csv")
    story_id, direct = value_of(card, "story_trace"), await office.direct(ADA)
    async with office.person(ADA) as ada:
        await ada.click("story_edit", channel=direct, ts=card["ts"], value=story_id)
        view = await ada.wait_for_modal(lambda v: v.get("callback_id") == "story_edit", PATIENCE)
        await office.bot.services.stories.edit(
            story_id, {"title": "Let buyers see where a parcel is"}, author=BEN
        )
        clash = await ada.submit(view["id"], inputs(view, title="Let buyers follow a parcel"))
        assert "changed this" in clash["errors"]["title"]
        kept = await ada.submit(view["id"], inputs(view, role="buyer who waits"))
        assert kept["ok"]
    await office.settled()
    story = await office.bot.services.stories.get(story_id)
    assert (story.title, story.role) == ("Let buyers see where a parcel is", "buyer who waits")


async def test_a_hidden_story_and_none_at_all_are_told_in_the_same_words(office: Office) -> None:
    async with office.person(ADA) as ada:
        await ada.invite(LEADS, "U0APP")
    hidden = value_of(await drafted(office, "hush.csv", channel=LEADS), "story_trace")
    answers = []
    async with office.person(BEN) as ben:
        for story_id in (hidden, "ST-9999"):
            before = ben.mark
            await ben.command(MOSS, f"/plumb story show {story_id}")
            told = await ben.wait_for_message(shows("no story"), PATIENCE, channel=MOSS, after=before)
            answers.append(told["text"].replace(story_id, "ST"))
    assert answers[0] == answers[1]
    assert "/plumb story list" in answers[0]


async def test_what_keeps_a_story_from_approval_is_mended_in_slack(office: Office) -> None:
    async with office.person(CHLOE) as chloe:
        said = await chloe.post(SUPPORT, "The lamp hums all night and nobody tells me why.")
        ts = said["message"]["ts"] if "message" in said else said["ts"]
        direct, before = await office.direct(CHLOE), chloe.mark
        await chloe.message_shortcut("message_story", SUPPORT, ts)
        view = await chloe.wait_for_modal(
            lambda v: v.get("callback_id") == "story_from_message", PATIENCE, after=before
        )
        await chloe.submit(view["id"], {})
        card = await chloe.wait_for_message(is_card, PATIENCE, channel=direct, after=before)
        before = chloe.mark
        await chloe.command(direct, f"/plumb story approve {value_of(card, 'story_trace')}")
        told = await chloe.wait_for_message(shows("Mend it"), PATIENCE, channel=direct, after=before)
        assert "plumb story edit" not in str(told)
